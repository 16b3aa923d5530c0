package dev.scientist.architecture;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of code that stand somewhere else too: those of every window of eight lines that occurs twice or more. Blank
 * lines, comments, imports and the name of the package do not count, and neither does indentation.
 */
final class Duplication {
    private static final int WINDOW = 8;

    private final Map<List<String>, List<Window>> windows = new HashMap<>();
    private final Map<String, BitSet> marked = new HashMap<>();
    private long lines;

    /** Where a window begins, in counted lines of a file. */
    private record Window(String file, int first) {}

    void add(String file, List<String> codeLines) {
        List<String> counted = codeLines.stream().filter(Duplication::counts).toList();
        lines += counted.size();
        for (int first = 0; first + WINDOW <= counted.size(); first++) {
            List<String> window = List.copyOf(counted.subList(first, first + WINDOW));
            windows.computeIfAbsent(window, text -> new ArrayList<>()).add(new Window(file, first));
        }
    }

    /** The share of lines that stand twice, in percent. */
    double percent() {
        marked.clear();
        for (List<Window> places : windows.values()) {
            if (places.size() > 1) {
                places.forEach(this::mark);
            }
        }
        long twice = marked.values().stream().mapToLong(BitSet::cardinality).sum();
        return lines == 0 ? 0 : 100.0 * twice / lines;
    }

    /** The windows that stand twice, each with its files, for who has to find them. */
    List<String> places() {
        return windows.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getValue().stream()
                                .map(Window::file)
                                .distinct()
                                .sorted()
                                .toList() + " " + entry.getKey().get(0))
                .sorted()
                .toList();
    }

    private void mark(Window window) {
        marked.computeIfAbsent(window.file(), file -> new BitSet()).set(window.first(), window.first() + WINDOW);
    }

    private static boolean counts(String line) {
        return !line.isEmpty() && !line.startsWith("import ") && !line.startsWith("package ");
    }
}
