package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is sent with an order.
 *
 * @param recipient the fields of the address, by name; a field without a value is there, and null: the printer's template
 *     insists on it
 */
public record Invoice(long orderId, Map<String, @Nullable Object> recipient, BigDecimal total) {}
