package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names one place in a document, or many: a JSON Pointer (RFC 6901) in which the segment {@code *} stands for any one
 * key or index and {@code **} for any number of segments, none included. A key that contains a star is written with
 * {@code ~2} for it.
 *
 * @param text as it was written
 * @param steps the segments: a {@code String} without escapes, or a {@link Wildcard}
 */
record PathPattern(String text, List<Object> steps) {

    private static final Pattern INDEX = Pattern.compile("\\d+|-");
    private static final Pattern ESCAPED = Pattern.compile("(?:[^~]|~[012])*+");

    /** The segments that are not names. */
    enum Wildcard {
        ONE,
        MANY
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is not one; the message completes a sentence that begins with the rule
     */
    static PathPattern parse(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw invalid("must start with \"/\" as a JSON Pointer does", text);
        }
        List<Object> steps = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String segment : text.substring(1).split("/", -1)) {
                steps.add(step(segment, text));
            }
        }
        return new PathPattern(text, List.copyOf(steps));
    }

    /** Whether this is the whole document, alone or among others. */
    boolean isWhole() {
        return steps.stream().allMatch(Wildcard.MANY::equals);
    }

    /**
     * Whether this names places inside the elements of a list only, and the same ones in each: never the list itself,
     * one of its elements as a whole, or places in some elements and not in others.
     */
    boolean isInsideElements() {
        int first = 0;
        while (first < steps.size() && steps.get(first) == Wildcard.MANY) {
            first++;
        }
        if (first == steps.size()) {
            return false;
        }
        boolean isNamed =
                steps.get(first) instanceof String name && !INDEX.matcher(name).matches();
        boolean isBelowOne = first == 0
                && steps.get(0) == Wildcard.ONE
                && steps.stream().skip(1).anyMatch(step -> step != Wildcard.MANY);
        return isNamed || isBelowOne;
    }

    /** Whether a place, given by its segments, is one of these places or below one of them. */
    boolean covers(List<String> place) {
        int step = 0;
        int segment = 0;
        int many = -1; // the last step of any length that was met, and what it stands for so far
        int stretched = 0;
        while (step < steps.size()) {
            Object next = steps.get(step);
            if (next == Wildcard.MANY) {
                many = step++;
                stretched = segment;
            } else if (segment < place.size() && (next == Wildcard.ONE || next.equals(place.get(segment)))) {
                step++;
                segment++;
            } else if (many >= 0 && stretched < place.size()) {
                step = many + 1;
                segment = ++stretched;
            } else {
                return false;
            }
        }
        return true;
    }

    boolean has(Wildcard wildcard) {
        return steps.contains(wildcard);
    }

    private static Object step(String segment, String text) {
        if (segment.equals("*")) {
            return Wildcard.ONE;
        }
        if (segment.equals("**")) {
            return Wildcard.MANY;
        }
        if (segment.indexOf('*') >= 0) {
            throw invalid("must have a wildcard as a whole segment, and \"~2\" for a star that is none", text);
        }
        if (!ESCAPED.matcher(segment).matches()) {
            throw invalid("must have \"~\" only in \"~0\", \"~1\" and \"~2\"", text);
        }
        return segment.replace("~2", "*").replace("~1", "/").replace("~0", "~"); // "~0" last, or "~01" would become "/"
    }

    private static IllegalArgumentException invalid(String requirement, String text) {
        return new IllegalArgumentException("path " + requirement + " but was \"" + text + "\"");
    }

    @Override
    public String toString() {
        return text;
    }
}
