package dev.scientist.samples.markdown;

import dev.scientist.Verdict;

/** Draws the shares of all verdicts as one bar. */
final class VerdictBar {

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 34;
    private static final double GAP = 2;

    private VerdictBar() {}

    static void draw(Markup page, Verdicts verdicts) {
        StringBuilder description = new StringBuilder();
        for (Verdict verdict : Verdict.values()) {
            description
                    .append(description.isEmpty() ? "" : ", ")
                    .append(verdict.tag())
                    .append(' ')
                    .append(Figures.count(verdicts.count(verdict)));
        }
        page.open(
                "svg",
                "class",
                "bar",
                "viewBox",
                "0 0 " + Chart.number(WIDTH) + " " + Chart.number(HEIGHT),
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-labelledby",
                "bar-title bar-description");
        page.leaf("title", "Calls by verdict", "id", "bar-title");
        page.leaf("desc", description.toString(), "id", "bar-description");
        double x = 0;
        for (Verdict verdict : Verdict.values()) {
            double width = WIDTH * verdicts.count(verdict) / Math.max(1, verdicts.sum());
            if (width > 0) {
                page.empty(
                        "rect",
                        "class",
                        verdict.tag(),
                        "x",
                        Chart.number(x),
                        "y",
                        "0",
                        "width",
                        Chart.number(Math.max(1, width - GAP)),
                        "height",
                        Chart.number(HEIGHT));
            }
            x += width;
        }
        page.close().line();
    }
}
