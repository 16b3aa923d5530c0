package dev.scientist.samples.shop.rewrite;

/**
 * What pricing needs to know of a customer.
 *
 * @param tier such as {@code GOLD}
 * @param business whether the customer accounts for tax itself where the law lets it
 */
record Buyer(String tier, boolean business) {}
