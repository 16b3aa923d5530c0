package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Bounds for a true quantile of latency that are valid however often one looks: the probability that a bound is ever
 * wrong is at most alpha.
 *
 * <p>The quantile q is below x exactly if the rate of calls slower than x is below 1 - q, which {@link EProcess} can
 * show. The upper bound is the smallest edge of the histogram at which this is shown, the lower bound is the largest
 * edge at which the opposite is shown. Calls that never answered, such as timeouts, count as slower than all others.
 * Histograms are merged by adding them; quantiles are never averaged. Source: Howard and Ramdas (Bernoulli 28, 2022).
 *
 * <p>Units are those of the histogram. Pure functions; the histogram must not change meanwhile.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // the type is of an optional library, which every user of this class has
public final class QuantileBounds {

    private QuantileBounds() {}

    /**
     * The upper bound.
     *
     * @param answered the latencies of the calls that answered
     * @param unanswered calls that never did, 0 or more
     * @param quantile such as 0.99, between 0 and 1, both exclusive
     * @param alpha the chance of ever being wrong, between 0 and 1, both exclusive
     * @return an edge of the histogram; {@link Long#MAX_VALUE} if the data give no bound yet
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static long upper(AbstractHistogram answered, long unanswered, double quantile, double alpha) {
        return LatencyBounds.upper(latency(answered, unanswered), quantile, alpha);
    }

    /**
     * The lower bound.
     *
     * @param answered the latencies of the calls that answered
     * @param unanswered calls that never did, 0 or more
     * @param quantile such as 0.99, between 0 and 1, both exclusive
     * @param alpha the chance of ever being wrong, between 0 and 1, both exclusive
     * @return an edge of the histogram; 0 if the data give no bound yet
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static long lower(AbstractHistogram answered, long unanswered, double quantile, double alpha) {
        return LatencyBounds.lower(latency(answered, unanswered), quantile, alpha);
    }

    /** Converts a histogram to plain counts. */
    static Latency latency(AbstractHistogram answered, long unanswered) {
        List<Span> spans = new ArrayList<>();
        for (HistogramIterationValue bucket :
                requireNonNull(answered, "answered").recordedValues()) {
            long value = bucket.getValueIteratedTo();
            spans.add(new Span(
                    answered.lowestEquivalentValue(value) - 1,
                    answered.highestEquivalentValue(value),
                    bucket.getCountAtValueIteratedTo()));
        }
        return Latency.of(spans, unanswered);
    }
}
