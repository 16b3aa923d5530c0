package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The differences of two answers, for people and for programs to read. Every value passes a {@link Redactor} first.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: may be kept and rendered later, while the values do not change.
 *
 * @since 0.1.0
 */
public final class DifferenceReport {

    private static final int LONGEST_VALUE = 200; // characters; chosen: two of them still fit on a screen

    private static final String HIDDEN = "<differs>";

    private final List<Difference> differences;
    private final Redactor redactor;

    private DifferenceReport(List<Difference> differences, Redactor redactor) {
        this.differences = List.copyOf(differences);
        this.redactor = requireNonNull(redactor, "redactor");
    }

    /** A report that shows types instead of values. */
    public static DifferenceReport of(List<Difference> differences) {
        return of(differences, Redactor.hidingAll());
    }

    /** A report that shows what the redactor leaves of the values. */
    public static DifferenceReport of(List<Difference> differences, Redactor redactor) {
        return new DifferenceReport(differences, redactor);
    }

    /** Gives one line for each difference: {@code changed at /total: 10.00 -> 10.01}. Long values are cut. */
    public String text() {
        return differences.stream().map(this::line).collect(Collectors.joining("\n"));
    }

    /**
     * Gives one or more hunks for each difference, headed by its path: the lines of the primary's value that must go,
     * and the lines of the candidate's that must come. A text is shown with its own lines, anything else as indented
     * JSON.
     */
    public String unifiedDiff() {
        List<String> lines = new ArrayList<>(List.of("--- primary", "+++ candidate"));
        for (Difference difference : differences) {
            lines.addAll(hunks(difference));
        }
        return String.join("\n", lines);
    }

    /**
     * Gives a JSON Patch (RFC 6902). Applied to the primary's document it gives the candidate's, if no value is
     * redacted, no rule hides anything, and the list of differences is complete. Where arrays come in any order, it
     * gives the candidate's elements in another order. Errors are left out.
     */
    public String jsonPatch() {
        return JsonText.of(Patch.of(differences, redactor));
    }

    /** Gives the same as {@link #text}. */
    @Override
    public String toString() {
        return text();
    }

    private String line(Difference difference) {
        String weight = difference.severity() == Severity.MAJOR
                ? ""
                : " (" + difference.severity().tag() + ")";
        return difference.kind().tag() + weight + " at " + place(difference) + ": " + values(difference);
    }

    private String values(Difference difference) {
        return switch (difference.kind()) {
            case MISSING -> cut(primary(difference)) + " -> nothing";
            case UNEXPECTED -> "nothing -> " + cut(candidate(difference));
            case CHANGED, TYPE_CHANGED, REORDERED, ERROR ->
                cut(primary(difference)) + " -> " + cut(candidate(difference));
        };
    }

    private List<String> hunks(Difference difference) {
        String place = place(difference);
        return switch (difference.kind()) {
            case MISSING -> oneSided("-", place, lines(primary(difference)));
            case UNEXPECTED -> oneSided("+", place, lines(candidate(difference)));
            case CHANGED, TYPE_CHANGED, REORDERED, ERROR -> twoSided(difference, place);
        };
    }

    private List<String> twoSided(Difference difference, String place) {
        String primary = lines(primary(difference));
        String candidate = lines(candidate(difference));
        if (primary.equals(candidate)) { // the redactor hides the difference, or it lies in no line
            return List.of("@@ -1,1 +1,1 @@ " + place, "-" + HIDDEN, "+" + HIDDEN);
        }
        return LineDiff.hunks(place, primary, candidate);
    }

    private static List<String> oneSided(String mark, String place, String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(mark + line);
        }
        String size = "1," + lines.size();
        lines.add(0, mark.equals("-") ? "@@ -" + size + " +0,0 @@ " + place : "@@ -0,0 +" + size + " @@ " + place);
        return lines;
    }

    private @Nullable Object primary(Difference difference) {
        return redactor.redact(difference.path(), difference.primary());
    }

    private @Nullable Object candidate(Difference difference) {
        return redactor.redact(difference.path(), difference.candidate());
    }

    private static String place(Difference difference) {
        return difference.path().isEmpty() ? "(whole answer)" : JsonText.withoutControls(difference.path());
    }

    private static String lines(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return JsonText.pretty(value);
        }
        return text.lines().map(JsonText::withoutControls).collect(Collectors.joining("\n"));
    }

    private static String cut(@Nullable Object value) {
        String text = JsonText.of(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }
}
