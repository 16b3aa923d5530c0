package dev.scientist.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as text for a person: a line for each claim, and below it what stands beside it. */
public final class Table {

    private static final String INDENT = " ".repeat(8);
    private static final int WIDTH = 118;

    private Table() {}

    /** The whole report. */
    public static String of(Results results) {
        List<String> lines = new ArrayList<>();
        lines.add("%s%s, %s".formatted(results.benchmark(), results.quick() ? " (quick)" : "", results.date()));
        lines.add(results.machine());
        lines.add(results.jdk() + number(", load average %s", results.loadAverage()));
        lines.add(
                "Figures are medians over interleaved rounds; in brackets the 10th and 90th percentile of the rounds.");
        String before = "";
        for (Goal goal : results.goals()) {
            if (!goal.id().equals(before)) {
                lines.add("");
            }
            before = goal.id();
            lines.addAll(lines(goal));
        }
        long met = results.goals().stream().filter(Goal::met).count();
        lines.add("");
        lines.add("%d of %d met".formatted(met, results.goals().size()));
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> lines(Goal goal) {
        List<String> lines = new ArrayList<>();
        lines.add("%-7s %-8s %s".formatted(goal.id(), goal.met() ? "met" : "NOT MET", goal.statement()));
        Double measured = goal.measured();
        if (measured != null) {
            lines.add(INDENT
                    + " ".repeat(9)
                    + "%s%s, limit %s"
                            .formatted(
                                    with(measured, goal.unit()),
                                    range(goal.p10(), goal.p90()),
                                    with(goal.limit(), goal.unit())));
        }
        List<String> rivals = new ArrayList<>();
        for (Map.Entry<String, Goal.Figure> rival : goal.rivals().entrySet()) {
            Goal.Figure figure = rival.getValue();
            rivals.add("%s %s%s"
                    .formatted(
                            rival.getKey(), with(figure.median(), figure.unit()), range(figure.p10(), figure.p90())));
        }
        lines.addAll(wrapped(rivals, " | "));
        String note = goal.note();
        if (note != null) {
            lines.addAll(wrapped(List.of(note.split(" ")), " "));
        }
        return lines;
    }

    private static List<String> wrapped(List<String> words, String separator) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            boolean isFull = line.length() + separator.length() + word.length() > WIDTH - INDENT.length() - 9;
            if (isFull && !line.isEmpty()) {
                lines.add(INDENT + " ".repeat(9) + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : separator).append(word);
        }
        if (!line.isEmpty()) {
            lines.add(INDENT + " ".repeat(9) + line);
        }
        return lines;
    }

    private static String range(@Nullable Double p10, @Nullable Double p90) {
        return p10 == null || p90 == null || p10.equals(p90) ? "" : " [" + number(p10) + " to " + number(p90) + "]";
    }

    private static String with(double figure, String unit) {
        return unit.isEmpty() ? number(figure) : number(figure) + " " + unit;
    }

    /** Three digits or so, which is more than such figures are worth. */
    static String number(double figure) {
        double size = Math.abs(figure);
        if (figure == Math.rint(figure) || size >= 100) {
            return number("%.0f", figure);
        }
        if (size >= 10) {
            return number("%.1f", figure);
        }
        return number(size >= 1 ? "%.2f" : "%.3f", figure);
    }

    private static String number(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
