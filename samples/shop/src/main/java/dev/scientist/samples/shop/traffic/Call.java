package dev.scientist.samples.shop.traffic;

import org.jspecify.annotations.Nullable;

/**
 * One request of a customer.
 *
 * @param path the path, with its query
 * @param body the JSON to POST, or null for a GET
 */
record Call(String path, @Nullable String body) {}
