package dev.scientist.samples.shop.domain;

import java.util.List;

/** An order to be placed. */
public record NewOrder(long customerId, String card, List<QuoteRequest.Item> items) {}
