package dev.scientist.samples.shop.domain;

import org.jspecify.annotations.Nullable;

/**
 * The availability of a product.
 *
 * @param sku the product
 * @param quantity how many of it there are in all warehouses
 * @param warehouse the warehouse that has most of them, or null if there are none
 */
public record Availability(
        String sku, int quantity, @Nullable String warehouse) {}
