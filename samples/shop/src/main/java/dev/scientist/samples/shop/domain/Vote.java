package dev.scientist.samples.shop.domain;

import jakarta.persistence.Embeddable;

/**
 * What somebody thinks of a review.
 *
 * @param voter who
 * @param helpful whether it was of use
 */
@Embeddable
public record Vote(String voter, boolean helpful) {}
