package dev.scientist.samples.shop.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks what some items cost.
 *
 * @param customerId who asks
 * @param country where the items go, two letters
 * @param currency in which to pay, three letters
 * @param coupon a code, or null; a code that is unknown gives nothing
 * @param channel how the question came in, such as {@code web} or {@code monitoring}
 * @param items at least one
 */
public record QuoteRequest(
        long customerId,
        String country,
        String currency,
        @Nullable String coupon,
        String channel,
        List<Item> items) {

    /**
     * Some of one product.
     *
     * @param sku which product
     * @param quantity how many
     */
    public record Item(String sku, int quantity) {}
}
