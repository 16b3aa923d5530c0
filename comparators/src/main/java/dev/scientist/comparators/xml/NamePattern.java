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

    private static final String NAMES_ALONE = "names alone, without number or prefix";
    private static final Pattern NUMBER = Pattern.compile("/\\d+(?=/|$)|\\[[^/]*]"); // no name begins with a digit
    private static final Pattern PREFIX = Pattern.compile("(?<=[/@])[^/@:]*:");
    private static final Pattern PART_OF_NAME = Pattern.compile("[^/@*]\\*|\\*[^/*]|\\*{3}|@\\*\\*");

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    static NamePattern of(String path) {
        if (!PATH.matcher(path).matches()) {
            throw invalid("names, each after a slash, such as /order/item/@price", path, "");
        }
        if (path.contains("()")) {
            throw invalid(NAMES_ALONE, path, "; name the element, which is left out with what is in it");
        }
        if (PART_OF_NAME.matcher(path).find()) {
            throw invalid(NAMES_ALONE, path, "; a wildcard stands for a whole name: \"*\", \"**\" or \"@*\"");
        }
        String names = PREFIX.matcher(NUMBER.matcher(path).replaceAll("")).replaceAll("");
        if (!names.equals(path)) {
            throw invalid(NAMES_ALONE, path, "; write \"" + names + "\", which is every " + lastElement(names));
        }
        String expression = Arrays.stream(path.substring(1).split("/", -1))
                .map(NamePattern::expression)
                .collect(Collectors.joining());
        return new NamePattern(path, Pattern.compile(expression));
    }

    private static String lastElement(String names) {
        String elements = names.replaceFirst("/@.*", "");
        return elements.substring(elements.lastIndexOf('/') + 1);
    }

    private static IllegalArgumentException invalid(String requirement, String path, String remedy) {
        return new IllegalArgumentException("path must be " + requirement + ", but was \"" + path + "\"" + remedy);
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
