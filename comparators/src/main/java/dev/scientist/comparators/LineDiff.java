package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.List;

/**
 * Two texts, line by line, as a unified diff: the fewest lines that must go and come ({@link Alignment}), in hunks with
 * three lines around them. Where the texts have too little in common for that, all lines between the first and the last
 * common ones go and come.
 */
final class LineDiff {

    private static final int CONTEXT = 3; // lines; chosen: as diff tools do

    private final List<String> primary;
    private final List<String> candidate;
    private final List<String> lines = new ArrayList<>(); // each with its mark in front
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
        int[] counterparts = Alignment.of(primary, candidate);
        int next = 0;
        for (int i = 0; i < counterparts.length; i++) {
            if (counterparts[i] == Alignment.NONE) {
                lines.add("-" + primary.get(i));
            } else {
                come(next, counterparts[i]);
                next = counterparts[i] + 1;
                lines.add(" " + primary.get(i));
            }
        }
        come(next, candidate.size());
    }

    private void come(int from, int to) {
        candidate.subList(from, to).forEach(line -> lines.add("+" + line));
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

    /** Gives the first line and the number of lines of one side. */
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
