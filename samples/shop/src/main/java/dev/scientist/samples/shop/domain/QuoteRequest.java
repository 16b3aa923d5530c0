package dev.scientist.samples.shop.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question what some items cost.
 *
 * @param customerId the customer who asks
 * @param country the country the items go to, two letters
 * @param currency the currency to pay in, three letters
 * @param coupon a coupon code, or null; an unknown code gives no discount
 * @param channel the channel of the request, such as {@code web} or {@code monitoring}
 * @param items the items, at least one
 */
public record QuoteRequest(
        long customerId,
        String country,
        String currency,
        @Nullable String coupon,
        String channel,
        List<Item> items) {

    /**
     * A quantity of one product.
     *
     * @param sku the product
     * @param quantity how many of it
     */
    public record Item(String sku, int quantity) {}
}
