package dev.scientist.samples.markdown;

import dev.scientist.decision.ConfidenceSequence;

/**
 * Bounds of the true rate, given {@code bad} of {@code compared} calls, that are valid however often one looks.
 *
 * @param lower the lower bound, 0 to 1; the probability that the true rate is ever below it is at most alpha
 * @param upper the upper bound, 0 to 1; the probability that the true rate is ever above it is at most alpha
 */
record MismatchBounds(double lower, double upper) {

    static MismatchBounds of(long compared, long bad, double alpha) {
        return new MismatchBounds(
                ConfidenceSequence.lower(compared, bad, alpha), ConfidenceSequence.upper(compared, bad, alpha));
    }
}
