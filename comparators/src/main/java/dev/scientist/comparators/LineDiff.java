package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.List;

/**
 * Two texts, line by line, as a unified diff: the fewest lines that must go and come (Myers 1986), in hunks with three
 * lines around them. Where the texts have too little in common for that, all lines between the first and the last common
 * ones go and come.
 */
final class LineDiff {

    private static final int CONTEXT = 3; // as everyone does
    private static final int MOST_CHANGES = 1_000; // chosen: 4 MB while it runs, and more than anyone reads

    private final List<String> primary;
    private final List<String> candidate;
    private final List<String> lines = new ArrayList<>(); // with their mark in front
    private final String place;

    private LineDiff(String place, String primary, String candidate) {
        this.place = place;
        this.primary = List.of(primary.split("\n", -1));
        this.candidate = List.of(candidate.split("\n", -1));
    }

    /**
     * The hunks.
     *
     * @param place what stands behind the line numbers of each hunk
     */
    static List<String> hunks(String place, String primary, String candidate) {
        LineDiff diff = new LineDiff(place, primary, candidate);
        diff.mark();
        return diff.hunks();
    }

    private void mark() {
        int most = Math.min(primary.size(), candidate.size());
        int head = 0;
        while (head < most && primary.get(head).equals(candidate.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && primary.get(primary.size() - 1 - tail).equals(candidate.get(candidate.size() - 1 - tail))) {
            tail++;
        }
        primary.subList(0, head).forEach(line -> lines.add(" " + line));
        lines.addAll(between(
                primary.subList(head, primary.size() - tail), candidate.subList(head, candidate.size() - tail)));
        primary.subList(primary.size() - tail, primary.size()).forEach(line -> lines.add(" " + line));
    }

    /** Myers' greedy search: how far one gets with so many changes, on each diagonal. */
    private static List<String> between(List<String> from, List<String> to) {
        int most = Math.min(MOST_CHANGES, from.size() + to.size());
        int[] reach = new int[2 * most + 3];
        List<int[]> trace = new ArrayList<>();
        for (int changes = 0; changes <= most; changes++) {
            trace.add(reach.clone());
            for (int diagonal = -changes; diagonal <= changes; diagonal += 2) {
                int at = diagonal + most + 1;
                boolean isDown = diagonal == -changes || (diagonal != changes && reach[at - 1] < reach[at + 1]);
                int x = isDown ? reach[at + 1] : reach[at - 1] + 1;
                while (x < from.size()
                        && x - diagonal < to.size()
                        && from.get(x).equals(to.get(x - diagonal))) {
                    x++;
                }
                reach[at] = x;
                if (x >= from.size() && x - diagonal >= to.size()) {
                    return back(from, to, trace, most);
                }
            }
        }
        List<String> all = new ArrayList<>();
        from.forEach(line -> all.add("-" + line));
        to.forEach(line -> all.add("+" + line));
        return all;
    }

    private static List<String> back(List<String> from, List<String> to, List<int[]> trace, int most) {
        List<String> reversed = new ArrayList<>();
        int x = from.size();
        int y = to.size();
        for (int changes = trace.size() - 1; changes >= 0; changes--) {
            int[] reach = trace.get(changes);
            int diagonal = x - y;
            int at = diagonal + most + 1;
            boolean isDown = diagonal == -changes || (diagonal != changes && reach[at - 1] < reach[at + 1]);
            int before = changes == 0 ? 0 : reach[isDown ? at + 1 : at - 1];
            int beforeY = changes == 0 ? 0 : before - (isDown ? diagonal + 1 : diagonal - 1);
            while (x > before && y > beforeY) {
                reversed.add(" " + from.get(--x));
                y--;
            }
            if (changes > 0) {
                reversed.add(isDown ? "+" + to.get(--y) : "-" + from.get(--x));
            }
        }
        List<String> marked = new ArrayList<>();
        for (int i = reversed.size() - 1; i >= 0; i--) {
            marked.add(reversed.get(i));
        }
        return marked;
    }

    private List<String> hunks() {
        List<String> hunks = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (i < end || lines.get(i).startsWith(" ")) {
                continue;
            }
            int start = Math.max(end, i - CONTEXT);
            end = endOfHunk(i);
            hunks.add(header(start, end));
            hunks.addAll(lines.subList(start, end));
        }
        return hunks;
    }

    private int endOfHunk(int change) {
        int last = change;
        for (int i = change; i < lines.size() && i <= last + 2 * CONTEXT + 1; i++) {
            if (!lines.get(i).startsWith(" ")) {
                last = i;
            }
        }
        return Math.min(lines.size(), last + CONTEXT + 1);
    }

    private String header(int start, int end) {
        return "@@ -" + range(start, end, "+") + " +" + range(start, end, "-") + " @@ " + place;
    }

    /** First line and number of lines on one side. */
    private String range(int start, int end, String otherSide) {
        long before = lines.subList(0, start).stream()
                .filter(line -> !line.startsWith(otherSide))
                .count();
        long size = lines.subList(start, end).stream()
                .filter(line -> !line.startsWith(otherSide))
                .count();
        return (size == 0 ? before : before + 1) + "," + size;
    }
}
