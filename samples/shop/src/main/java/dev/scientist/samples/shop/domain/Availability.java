package dev.scientist.samples.shop.domain;

import org.jspecify.annotations.Nullable;

/**
 * Whether a product can be had.
 *
 * @param sku which product
 * @param quantity how many there are in all warehouses
 * @param warehouse the one that has most of them, or null if there are none
 */
public record Availability(
        String sku, int quantity, @Nullable String warehouse) {}
