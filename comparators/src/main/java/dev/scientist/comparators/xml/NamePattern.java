package dev.scientist.comparators.xml;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Places of a document, by names from the root down.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance serves all comparisons.
 */
record NamePattern(String path, Pattern expression) {

    private static final Pattern PATH = Pattern.compile("(/[^/@]+)*/(@?[^/@]+)");

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    static NamePattern of(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path must be names, each after a slash, such as /order/item/@price, but was \"" + path + "\"");
        }
        String expression = Arrays.stream(path.substring(1).split("/", -1))
                .map(NamePattern::expression)
                .collect(Collectors.joining());
        return new NamePattern(path, Pattern.compile(expression));
    }

    private static String expression(String segment) {
        return switch (segment) {
            case "**" -> "(?:/[^/@][^/]*)*";
            case "*" -> "/[^/@][^/]*";
            case "@*" -> "/@[^/]+";
            default -> Pattern.quote("/" + segment);
        };
    }

    /** Whether these names are such a place. */
    boolean matches(String names) {
        return expression.matcher(names).matches();
    }

    @Override
    public String toString() {
        return path;
    }
}
