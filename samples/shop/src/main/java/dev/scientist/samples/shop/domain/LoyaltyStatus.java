package dev.scientist.samples.shop.domain;

/**
 * Where a customer stands.
 *
 * @param tier such as {@code GOLD}
 * @param points collected so far
 * @param pointsToNextTier 0 at the top
 */
public record LoyaltyStatus(long customerId, String tier, int points, int pointsToNextTier) {}
