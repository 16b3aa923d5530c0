package dev.scientist.samples.shop.domain;

import java.time.Instant;

/**
 * Asks when an order would arrive.
 *
 * @param country where it goes, two letters
 * @param express whether the customer pays for speed
 * @param placedAt when the order is placed
 */
public record DeliveryRequest(String country, boolean express, Instant placedAt) {}
