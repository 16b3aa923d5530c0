package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;
import java.time.LocalDate;

/** One order in a customer's history. */
public record OrderSummary(long id, LocalDate placedOn, String status, int lines, BigDecimal total) {}
