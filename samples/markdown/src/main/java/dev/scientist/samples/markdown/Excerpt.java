package dev.scientist.samples.markdown;

import dev.scientist.samples.markdown.Terminal.Ink;
import java.util.ArrayList;
import java.util.List;

/**
 * A text for the terminal, wrapped, and cut to the lines around the first difference. Differences are coloured, or
 * marked »like this« on a terminal without colours.
 */
final class Excerpt {

    private static final int MOST_LINES = 6;
    private static final int LINES_BEFORE = 2;
    private static final String NOTHING = "‸";

    private final Terminal terminal;
    private final int width;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private int columns;
    private int firstMarked = -1;

    private Excerpt(Terminal terminal, int width) {
        this.terminal = terminal;
        this.width = width;
    }

    static List<String> of(String text, Terminal terminal, int width) {
        Excerpt excerpt = new Excerpt(terminal, width);
        excerpt.append(Printable.text(text), false);
        return excerpt.cut();
    }

    static List<String> of(Highlight text, Terminal terminal, int width) {
        Excerpt excerpt = new Excerpt(terminal, width);
        for (Highlight.Segment segment : text.segments()) {
            if (segment.differs()) {
                excerpt.append(excerpt.marked(segment.text()), true);
            } else {
                excerpt.append(Printable.text(segment.text()), false);
            }
        }
        return excerpt.cut();
    }

    // A difference is marked by its colour. Where a text has nothing at a difference, a sign is coloured instead.
    private String marked(String text) {
        if (terminal.coloured()) {
            return text.isEmpty() ? NOTHING : Printable.blanks(text);
        }
        return "»" + Printable.blanks(text) + "«";
    }

    private void append(String text, boolean marked) {
        if (marked && firstMarked < 0) {
            firstMarked = lines.size();
        }
        StringBuilder run = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            if (character == '\n' || columns == width) {
                flush(run, marked);
                lines.add(line.toString());
                line.setLength(0);
                columns = 0;
            }
            if (character != '\n') {
                run.appendCodePoint(character == '\t' ? '→' : character);
                columns++;
            }
        }
        flush(run, marked);
    }

    private void flush(StringBuilder run, boolean marked) {
        if (!run.isEmpty()) {
            line.append(marked ? terminal.paint(Ink.DIFFERING, run.toString()) : run);
            run.setLength(0);
        }
    }

    private List<String> cut() {
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        int from = Math.max(0, Math.min(firstMarked - LINES_BEFORE, lines.size() - MOST_LINES));
        int to = Math.min(lines.size(), from + MOST_LINES);
        List<String> cut = new ArrayList<>(lines.subList(from, to));
        if (from > 0) {
            cut.add(0, terminal.paint(Ink.QUIET, "…"));
        }
        if (to < lines.size()) {
            cut.add(terminal.paint(Ink.QUIET, "…"));
        }
        return cut;
    }
}
