package dev.scientist.decision;

import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;

/** Computes the bounds of {@link QuantileBounds} from plain counts. Pure functions. */
final class LatencyBounds {

    private LatencyBounds() {}

    /** The upper bound, an edge of the histogram; {@link Long#MAX_VALUE} if the data give no bound yet. */
    static long upper(Latency latency, double quantile, double alpha) {
        long n = latency.n();
        double share = 1 - CountChecks.requireRate(quantile, "quantile");
        double enough = ConfidenceSequence.enough(alpha);
        // Each slower call reduces the evidence that their share is small, so there is a first number that is too many.
        long tooMany = BinarySearch.first(
                0, n + 1, slower -> slower >= n * share || Bets.BELOW.lnWon(slower, 0, n, share) < enough);
        long slower = n;
        for (Span span : latency.spans()) {
            slower -= span.count();
            if (slower < tooMany) {
                return span.upTo();
            }
        }
        return Long.MAX_VALUE;
    }

    /** The lower bound, an edge of the histogram; 0 if the data give no bound yet. */
    static long lower(Latency latency, double quantile, double alpha) {
        long n = latency.n();
        double share = 1 - CountChecks.requireRate(quantile, "quantile");
        double enough = ConfidenceSequence.enough(alpha);
        long enoughSlower = BinarySearch.first(
                0, n + 1, slower -> slower > n * share && Bets.ABOVE.lnWon(-slower, 0, n, share) >= enough);
        long slower = n;
        long edge = 0;
        if (slower < enoughSlower) {
            return edge;
        }
        for (Span span : latency.spans()) {
            slower -= span.count();
            if (slower < enoughSlower) {
                return Math.max(0, span.over());
            }
            edge = span.upTo();
        }
        return edge; // the unanswered calls alone are enough
    }
}
