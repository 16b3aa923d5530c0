package dev.scientist.samples.markdown;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/** The percentiles of a latency distribution that the reports show. */
final class Percentiles {

    private Percentiles() {}

    /** The percentiles p50, p90 and p99 and the maximum, in nanoseconds and in this order. */
    static Map<String, Long> of(AbstractHistogram histogram) {
        Map<String, Long> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", histogram.getValueAtPercentile(50));
        percentiles.put("p90", histogram.getValueAtPercentile(90));
        percentiles.put("p99", histogram.getValueAtPercentile(99));
        percentiles.put("max", histogram.getMaxValue());
        return percentiles;
    }
}
