package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.decision.Stratum.Latency;
import dev.scientist.decision.Stratum.Span;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Reads histograms of HdrHistogram, which must not change meanwhile. Only this class and its callers need that library.
 */
final class LatencyHistograms {

    private LatencyHistograms() {}

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
