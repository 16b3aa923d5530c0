package dev.scientist.samples.markdown;

import java.util.List;

/** Draws bars of block characters, with a resolution of an eighth of a character. */
final class Bars {

    private static final String ROWS = "▏▎▍▌▋▊▉█";
    private static final String COLUMNS = "▁▂▃▄▅▆▇█";

    private Bars() {}

    /** A bar from left to right; a share above 0 shows at least an eighth of a character. */
    static String horizontal(double share, int width) {
        int eighths = (int) Math.round(Math.min(1, share) * width * 8);
        if (eighths == 0) {
            return share > 0 ? ROWS.substring(0, 1) : "";
        }
        int rest = eighths % 8;
        return "█".repeat(eighths / 8) + (rest == 0 ? "" : ROWS.substring(rest - 1, rest));
    }

    /** One upright bar for each share; a share above 0 shows at least an eighth of a character. */
    static String vertical(List<Double> shares, double highest) {
        StringBuilder bars = new StringBuilder();
        for (double share : shares) {
            int eighths = highest <= 0 ? 0 : (int) Math.round(share / highest * 8);
            bars.append(share <= 0 ? ' ' : COLUMNS.charAt(Math.max(0, Math.min(8, eighths) - 1)));
        }
        return bars.toString();
    }
}
