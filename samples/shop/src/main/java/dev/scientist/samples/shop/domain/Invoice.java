package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The invoice of an order.
 *
 * @param recipient the fields of the address, by name; a field without a value is present and null, because the
 *     printer's template needs it
 */
public record Invoice(long orderId, Map<String, @Nullable Object> recipient, BigDecimal total) {}
