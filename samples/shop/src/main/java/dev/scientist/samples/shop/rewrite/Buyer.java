package dev.scientist.samples.shop.rewrite;

/**
 * The properties of a customer that matter for pricing.
 *
 * @param tier the loyalty tier, such as {@code GOLD}
 * @param business whether the customer accounts for tax itself where the law allows that
 */
record Buyer(String tier, boolean business) {}
