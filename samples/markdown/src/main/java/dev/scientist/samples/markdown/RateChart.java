package dev.scientist.samples.markdown;

import java.util.List;

/** The mismatch rate of the generated documents over the run, with its bounds closing in. */
final class RateChart {

    private static final int GRID_LINES = 4;
    private static final List<Double> SCALES = List.of(0.04, 0.08, 0.2, 0.4, 0.8, 1.0);

    private RateChart() {}

    static void draw(Markup page, Report report) {
        List<RatePoint> trail = report.trail();
        if (trail.isEmpty()) {
            return;
        }
        RatePoint last = trail.get(trail.size() - 1);
        MismatchBounds bounds = Report.bounds(last.compared(), last.bad());
        double top = scale(Math.max(2 * last.rate(), 1.2 * bounds.upper()));
        Chart chart = Chart.begin(
                page,
                "rate",
                "Mismatch rate over the run, with bounds",
                "After " + Figures.count(last.compared(), "call") + " the rate is " + Figures.percent(last.rate())
                        + ", and the bounds are " + Figures.percent(bounds.lower()) + " and "
                        + Figures.percent(bounds.upper()) + ".");
        grid(chart, last.compared(), top);
        StringBuilder rate = new StringBuilder();
        StringBuilder band = new StringBuilder();
        for (RatePoint point : trail) {
            double x = x(point.compared(), last.compared());
            Chart.point(rate, x, y(point.rate(), top));
            Chart.point(band, x, y(Report.bounds(point.compared(), point.bad()).upper(), top));
        }
        for (int i = trail.size() - 1; i >= 0; i--) {
            RatePoint point = trail.get(i);
            Chart.point(
                    band,
                    x(point.compared(), last.compared()),
                    y(Report.bounds(point.compared(), point.bad()).lower(), top));
        }
        chart.path("band", band + "Z").path("curve bad", rate.toString());
        chart.text(
                "label end bad",
                Chart.RIGHT,
                Chart.TOP - 8,
                Figures.percent(last.rate()) + " (99 %: " + Figures.percent(bounds.lower()) + " to "
                        + Figures.percent(bounds.upper()) + ")");
        chart.end();
    }

    private static void grid(Chart chart, long calls, double top) {
        for (int i = 0; i <= GRID_LINES; i++) {
            double y = Chart.y((double) i / GRID_LINES);
            chart.line(i == 0 ? "axis" : "grid", Chart.LEFT, y, Chart.RIGHT, y);
            chart.text("tick end", Chart.LEFT - 8, y + 4, Math.round(100 * top * i / GRID_LINES) + " %");
        }
        for (long tick = 1; tick <= calls; tick *= 10) {
            double x = x(tick, calls);
            chart.text("tick middle", x, Chart.BOTTOM + 22, Figures.count(tick));
        }
    }

    private static double scale(double highest) {
        return SCALES.stream().filter(scale -> scale >= highest).findFirst().orElse(1.0);
    }

    private static double x(long compared, long last) {
        return Chart.x(last == 1 ? 0 : Math.log((double) compared) / Math.log((double) last));
    }

    private static double y(double rate, double top) {
        return Chart.y(Math.min(1, rate / top));
    }
}
