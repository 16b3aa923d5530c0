package dev.scientist.samples.shop.traffic;

import org.jspecify.annotations.Nullable;

/**
 * One request of a customer.
 *
 * @param path with query
 * @param body JSON to post, or null to get
 */
record Call(String path, @Nullable String body) {}
