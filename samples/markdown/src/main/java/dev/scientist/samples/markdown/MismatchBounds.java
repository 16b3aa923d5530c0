package dev.scientist.samples.markdown;

import dev.scientist.decision.ConfidenceSequence;

/**
 * Bounds for the true rate behind {@code bad} of {@code compared} calls, that hold however often one looks.
 *
 * @param lower 0 to 1; the true rate is ever below with probability at most alpha
 * @param upper 0 to 1; the true rate is ever above with probability at most alpha
 */
record MismatchBounds(double lower, double upper) {

    static MismatchBounds of(long compared, long bad, double alpha) {
        return new MismatchBounds(
                ConfidenceSequence.lower(compared, bad, alpha), ConfidenceSequence.upper(compared, bad, alpha));
    }
}
