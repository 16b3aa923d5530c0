package dev.scientist.samples.markdown;

import java.util.Locale;

/** The frame of a plot in inline SVG: its coordinates, and its texts for screen readers. */
final class Chart {

    static final double WIDTH = 560;
    static final double HEIGHT = 270;
    static final double LEFT = 52;
    static final double RIGHT = 530;
    static final double TOP = 34;
    static final double BOTTOM = 232;

    private final Markup page;

    private Chart(Markup page) {
        this.page = page;
    }

    /** Starts a plot; {@link #end} ends it. */
    static Chart begin(Markup page, String id, String title, String description) {
        page.open(
                "svg",
                "viewBox",
                "0 0 " + number(WIDTH) + " " + number(HEIGHT),
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-description");
        page.leaf("title", title, "id", id + "-title");
        page.leaf("desc", description, "id", id + "-description");
        return new Chart(page);
    }

    Chart line(String style, double fromX, double fromY, double toX, double toY) {
        page.empty(
                "line", "class", style, "x1", number(fromX), "y1", number(fromY), "x2", number(toX), "y2", number(toY));
        return this;
    }

    Chart text(String style, double x, double y, String text) {
        page.leaf("text", text, "class", style, "x", number(x), "y", number(y));
        return this;
    }

    Chart path(String style, String path) {
        page.empty("path", "class", style, "d", path);
        return this;
    }

    void end() {
        page.close().line();
    }

    /** Adds a line to a point to a path; the first point of a path is moved to. */
    static void point(StringBuilder path, double x, double y) {
        path.append(path.isEmpty() ? "M" : "L").append(number(x)).append(' ').append(number(y));
    }

    static double x(double position) {
        return LEFT + position * (RIGHT - LEFT);
    }

    static double y(double position) {
        return BOTTOM - position * (BOTTOM - TOP);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
    }
}
