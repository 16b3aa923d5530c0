package dev.scientist.samples.markdown;

import java.util.List;
import org.HdrHistogram.AbstractHistogram;

/** Draws both latency distributions, one over the other, on a logarithmic scale. */
final class LatencyChart {

    private static final int BINS = 72;
    private static final double LABEL_WIDTH = 140;

    private LatencyChart() {}

    static void draw(Markup page, Report report) {
        Latencies latencies = report.latencies();
        LatencyBins bins = LatencyBins.of(latencies, BINS);
        Chart chart = Chart.begin(
                page,
                "latency",
                "How long both sides took",
                "Share of calls by duration. The median of the primary is " + median(latencies.primary())
                        + ", that of the candidate " + median(latencies.candidate()) + ".");
        for (double decade : bins.decades()) {
            double x = Chart.x(bins.position(decade));
            chart.line("grid", x, Chart.TOP, x, Chart.BOTTOM);
            chart.text(
                    "tick middle",
                    x,
                    Chart.BOTTOM + 22,
                    Figures.time(Math.round(decade)).replace(".0", ""));
        }
        curve(chart, "primary", bins.primary(), bins.highest());
        curve(chart, "candidate", bins.candidate(), bins.highest());
        chart.line("axis", Chart.LEFT, Chart.BOTTOM, Chart.RIGHT, Chart.BOTTOM);
        boolean primaryIsFaster = latencies.primary().getValueAtPercentile(50)
                <= latencies.candidate().getValueAtPercentile(50);
        median(chart, "primary", primaryIsFaster, latencies.primary(), bins);
        median(chart, "candidate", !primaryIsFaster, latencies.candidate(), bins);
        chart.end();
    }

    private static void curve(Chart chart, String side, List<Double> shares, double highest) {
        StringBuilder path = new StringBuilder();
        Chart.point(path, Chart.LEFT, Chart.BOTTOM);
        for (int i = 0; i < shares.size(); i++) {
            Chart.point(path, Chart.x((i + 0.5) / shares.size()), Chart.y(shares.get(i) / Math.max(highest, 1e-9)));
        }
        Chart.point(path, Chart.RIGHT, Chart.BOTTOM);
        chart.path("area " + side, path + "Z");
        chart.path("curve " + side, path.toString());
    }

    // The label of the faster side is to the left of its line and the other one to the right, so they never overlap.
    private static void median(
            Chart chart, String side, boolean isFaster, AbstractHistogram histogram, LatencyBins bins) {
        double x = Chart.x(bins.position((double) histogram.getValueAtPercentile(50)));
        chart.line("median " + side, x, Chart.TOP - 12, x, Chart.BOTTOM);
        chart.text(
                "label " + side + (isFaster ? " end" : ""),
                isFaster ? Math.max(LABEL_WIDTH, x - 6) : x + 6,
                Chart.TOP - 8,
                side + " " + median(histogram));
    }

    private static String median(AbstractHistogram histogram) {
        return Figures.time(histogram.getValueAtPercentile(50));
    }
}
