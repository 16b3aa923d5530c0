package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;

/**
 * What can be bought.
 *
 * @param sku which product
 * @param title its name for people
 * @param priceEur what one of it costs, in euros, before discounts
 */
public record Product(String sku, String title, BigDecimal priceEur) {}
