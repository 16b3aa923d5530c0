package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.decision.EvidenceSnapshot.Latency;
import dev.scientist.decision.EvidenceSnapshot.Span;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Bounds for a true quantile of latency that hold however often one looks: each is ever wrong with probability at most
 * alpha.
 *
 * <p>A quantile q is below x exactly if the rate of calls slower than x is below 1 - q, which is a question for {@link
 * EProcess}. The upper bound is the smallest edge of the histogram at which it is answered yes, the lower bound the largest
 * edge at which the opposite is. Calls that never answered, such as timeouts, are slower than everything. Histograms are
 * merged by adding; quantiles are never averaged. Source: Howard and Ramdas (Bernoulli 28, 2022).
 *
 * <p>Units are those of the histogram. Pure functions; the histogram must not change meanwhile.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // of an optional library: whoever calls this has it
public final class QuantileBounds {

    private QuantileBounds() {}

    /**
     * The upper bound.
     *
     * @param answered the latencies of the calls that answered
     * @param unanswered calls that never did, 0 or more
     * @param quantile such as 0.99, between 0 and 1, both exclusive
     * @param alpha the chance of ever being wrong, between 0 and 1, both exclusive
     * @return an edge of the histogram; {@link Long#MAX_VALUE} where the data bound nothing yet
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
     * @return an edge of the histogram; 0 where the data bound nothing yet
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static long lower(AbstractHistogram answered, long unanswered, double quantile, double alpha) {
        return LatencyBounds.lower(latency(answered, unanswered), quantile, alpha);
    }

    /** The counts of a histogram. */
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
        return new Latency(spans, unanswered);
    }
}
