package dev.scientist.samples.shop.domain;

import java.util.List;

/** What a customer buys. */
public record NewOrder(long customerId, String card, List<QuoteRequest.Item> items) {}
