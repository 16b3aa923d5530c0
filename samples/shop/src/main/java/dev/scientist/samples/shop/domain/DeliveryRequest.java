package dev.scientist.samples.shop.domain;

import java.time.Instant;

/**
 * A question when an order would arrive.
 *
 * @param country the country it goes to, two letters
 * @param express whether the customer pays for express delivery
 * @param placedAt when the order is placed
 */
public record DeliveryRequest(String country, boolean express, Instant placedAt) {}
