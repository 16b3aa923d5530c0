package dev.scientist.samples.shop.domain;

import jakarta.persistence.Embeddable;

/**
 * A vote of a reader on a review.
 *
 * @param voter the name of the reader
 * @param helpful whether the reader found the review helpful
 */
@Embeddable
public record Vote(String voter, boolean helpful) {}
