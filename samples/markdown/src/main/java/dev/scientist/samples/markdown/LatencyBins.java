package dev.scientist.samples.markdown;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;

/**
 * Both latency distributions cut into the same bins, equally wide on a logarithmic scale.
 *
 * @param from the lower edge of the first bin, in nanoseconds
 * @param to the upper edge of the last bin, in nanoseconds
 * @param primary the share of the primary's calls in each bin
 * @param candidate the share of the candidate's calls in each bin
 */
record LatencyBins(double from, double to, List<Double> primary, List<Double> candidate) {

    // Chosen: a factor that leaves some room beside the fastest and the slowest call.
    private static final double MARGIN = 1.2;

    static LatencyBins of(Latencies latencies, int bins) {
        AbstractHistogram primary = latencies.primary();
        AbstractHistogram candidate = latencies.candidate();
        double least = (double) Math.max(1, Math.min(primary.getMinNonZeroValue(), candidate.getMinNonZeroValue()));
        double most = (double) Math.max(10, Math.max(primary.getMaxValue(), candidate.getMaxValue()));
        double from = Math.min(least, most / 10) / MARGIN;
        double to = most * MARGIN;
        return new LatencyBins(from, to, shares(primary, from, to, bins), shares(candidate, from, to, bins));
    }

    /** The powers of ten between both ends of the scale, in nanoseconds. */
    List<Double> decades() {
        List<Double> decades = new ArrayList<>();
        for (double decade = Math.pow(10, Math.ceil(Math.log10(from))); decade <= to; decade *= 10) {
            decades.add(decade);
        }
        return decades;
    }

    /** The position of a duration on the logarithmic scale, from 0 to 1. */
    double position(double nanos) {
        return position(nanos, from, to);
    }

    /** The largest share in any bin of either side. */
    double highest() {
        return Math.max(
                primary.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                candidate.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }

    private static List<Double> shares(AbstractHistogram histogram, double from, double to, int bins) {
        double[] counts = new double[bins];
        for (var value : histogram.recordedValues()) {
            int bin = (int) (position((double) value.getValueIteratedTo(), from, to) * bins);
            counts[Math.min(bins - 1, bin)] += (double) value.getCountAddedInThisIterationStep();
        }
        List<Double> shares = new ArrayList<>();
        for (double count : counts) {
            shares.add(count / Math.max(1.0, (double) histogram.getTotalCount()));
        }
        return List.copyOf(shares);
    }

    private static double position(double nanos, double from, double to) {
        return Math.log(Math.max(from, nanos) / from) / Math.log(to / from);
    }
}
