package dev.scientist.samples.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Shortens a Markdown text to the relevant lines: it leaves lines out, first many at once and then fewer, as long as a
 * condition holds.
 */
final class Shortener {

    private Shortener() {}

    static String shorten(String markdown, Predicate<String> holds) {
        List<String> lines = List.of(markdown.split("\n", -1));
        for (int size = lines.size() / 2; size >= 1; size /= 2) {
            int from = 0;
            while (from < lines.size()) {
                List<String> fewer = without(lines, from, Math.min(from + size, lines.size()));
                if (holds.test(String.join("\n", fewer))) {
                    lines = fewer;
                } else {
                    from += size;
                }
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> without(List<String> lines, int from, int to) {
        List<String> fewer = new ArrayList<>(lines.subList(0, from));
        fewer.addAll(lines.subList(to, lines.size()));
        return fewer;
    }
}
