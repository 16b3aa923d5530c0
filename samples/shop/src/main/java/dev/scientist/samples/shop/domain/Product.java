package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;

/**
 * A product that can be bought.
 *
 * @param sku the identifier of the product
 * @param title its name for people
 * @param priceEur the price of one, in euros, before discounts
 */
public record Product(String sku, String title, BigDecimal priceEur) {}
