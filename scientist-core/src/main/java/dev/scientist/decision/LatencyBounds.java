package dev.scientist.decision;

import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;

/**
 * Bounds for a true quantile of latency that are valid however often one looks: the probability that a bound is ever
 * wrong is at most alpha.
 *
 * <p>The quantile q is below x exactly if the rate of calls slower than x is below 1 - q, which {@link EProcess} can
 * show. The upper bound is the smallest edge of the histogram at which this is shown, the lower bound is the largest
 * edge at which the opposite is shown. Calls that never answered, such as timeouts, count as slower than all others.
 * Histograms are merged by adding them; quantiles are never averaged. Source: Howard and Ramdas (Bernoulli 28, 2022).
 *
 * <p>Units are those of the histogram. Pure functions.
 */
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
