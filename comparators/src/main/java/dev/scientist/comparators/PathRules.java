package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names places in a document by patterns. A pattern is a JSON Pointer (RFC 6901) in which the segment {@code *} stands
 * for any one segment and {@code **} for any number of them, none included; a key that is made of stars is written with
 * {@code ~2} for each of them. Immutable.
 *
 * <p>All patterns together are one small machine: a {@link Reach} is the set of positions that a path has come to, and
 * one more segment leads to the next.
 */
final class PathRules {

    static final PathRules NONE = new PathRules(List.of(), List.of());

    /** Every place, the whole document included. */
    static final PathRules EVERYWHERE = new PathRules(List.of("/**"), List.of(Step.MANY, Step.END));

    private static final Pattern ESCAPED = Pattern.compile("(?:[^~]|~[012])*+");

    private final List<String> patterns;
    private final List<Object> steps; // a String or a Step; the patterns one after the other, each closed by END
    private final Reach root;

    private PathRules(List<String> patterns, List<Object> steps) {
        this.patterns = patterns;
        this.steps = steps;
        this.root = start();
    }

    /**
     * These rules and more.
     *
     * @param option what the user called, for the message
     * @throws IllegalArgumentException if a pattern is not one, or names the whole document
     */
    PathRules and(String option, String... more) {
        List<String> allPatterns = new ArrayList<>(patterns);
        List<Object> allSteps = new ArrayList<>(steps);
        for (String pattern : requireNonNull(more, "paths")) {
            allSteps.addAll(parse(option, requireNonNull(pattern, "path")));
            allSteps.add(Step.END);
            allPatterns.add(pattern);
        }
        return new PathRules(List.copyOf(allPatterns), List.copyOf(allSteps));
    }

    /** Where every path begins: the whole document. */
    Reach root() {
        return root;
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    @Override
    public String toString() {
        return patterns.toString();
    }

    private static List<Object> parse(String option, String pattern) {
        if (!pattern.startsWith("/")) {
            throw invalid(option, "start with \"/\" as a JSON Pointer does", pattern);
        }
        List<Object> parsed = new ArrayList<>();
        for (String segment : pattern.substring(1).split("/", -1)) {
            parsed.add(parseSegment(option, segment, pattern));
        }
        if (parsed.stream().allMatch(Step.MANY::equals)) {
            throw invalid(option, "name a part of the document, not the whole", pattern);
        }
        return parsed;
    }

    private static Object parseSegment(String option, String segment, String pattern) {
        if (segment.equals("*")) {
            return Step.ONE;
        }
        if (segment.equals("**")) {
            return Step.MANY;
        }
        if (segment.indexOf('*') >= 0) {
            throw invalid(option, "have a wildcard as a whole segment, and \"~2\" for a star that is none", pattern);
        }
        if (!ESCAPED.matcher(segment).matches()) {
            throw invalid(option, "have \"~\" only in \"~0\", \"~1\" and \"~2\"", pattern);
        }
        return segment.replace("~2", "*").replace("~1", "/").replace("~0", "~"); // "~0" last, or "~01" would become "/"
    }

    private static IllegalArgumentException invalid(String option, String rule, String pattern) {
        return new IllegalArgumentException(option + " path must " + rule + " but was \"" + pattern + "\"");
    }

    private Reach start() {
        Positions positions = new Positions();
        boolean isStart = true;
        for (int i = 0; i < steps.size(); i++) {
            if (isStart) {
                positions.add(i);
            }
            isStart = steps.get(i) == Step.END;
        }
        return new Reach(positions.toArray());
    }

    /** What one segment of a pattern can be, besides a name. */
    private enum Step {
        ONE,
        MANY,
        END
    }

    /** How far a path has come in the patterns. Immutable. */
    final class Reach {

        private final int[] positions;
        private final boolean isNamed;
        private final boolean needsNames;

        private Reach(int[] positions) {
            this.positions = positions;
            this.isNamed = Arrays.stream(positions).anyMatch(position -> steps.get(position) == Step.END);
            this.needsNames = Arrays.stream(positions).anyMatch(position -> steps.get(position) instanceof String);
        }

        /** Whether a pattern names this place. */
        boolean isNamed() {
            return isNamed;
        }

        /** The place one segment further down. */
        Reach child(String segment) {
            if (positions.length == 0) {
                return this;
            }
            Positions next = new Positions();
            for (int position : positions) {
                Object step = steps.get(position);
                if (step == Step.MANY) {
                    next.add(position);
                } else if (step == Step.ONE || step.equals(segment)) {
                    next.add(position + 1);
                }
            }
            int[] reached = next.toArray();
            return Arrays.equals(reached, positions) ? this : new Reach(reached);
        }

        /** The array element one segment further down. */
        Reach child(int index) {
            return child(needsNames ? Integer.toString(index) : "");
        }
    }

    /** Positions while they are collected: ascending where the patterns are, each at most once. */
    private final class Positions {

        private final int[] collected = new int[steps.size()];
        private int size;

        void add(int position) {
            for (int i = 0; i < size; i++) {
                if (collected[i] == position) {
                    return;
                }
            }
            collected[size++] = position;
            if (steps.get(position) == Step.MANY) {
                add(position + 1); // which may also stand for no segment at all
            }
        }

        int[] toArray() {
            return Arrays.copyOf(collected, size);
        }
    }
}
