package dev.scientist.samples.shop.domain;

/**
 * The loyalty status of a customer.
 *
 * @param tier the tier, such as {@code GOLD}
 * @param points the points collected so far
 * @param pointsToNextTier the points missing to the next tier, 0 in the highest one
 */
public record LoyaltyStatus(long customerId, String tier, int points, int pointsToNextTier) {}
