package dev.scientist.benchmarks.comparators;

import java.util.function.Supplier;

/**
 * Two documents to compare, and the number of differences that a right answer has.
 *
 * @param family groups cases of ascending size: a contender that takes too long for one is not tried on larger ones
 * @param series how the two documents differ
 * @param size how large they are
 * @param pair makes the documents
 * @param fewest differences that a right answer has
 * @param most differences that a right answer has
 */
record Case(String family, String series, String size, Supplier<Pair> pair, int fewest, int most) {

    /** Two answers to compare. */
    record Pair(Document primary, Document candidate) {}

    static Case exactly(String family, String series, String size, int differences, Supplier<Pair> pair) {
        return new Case(family, series, size, pair, differences, differences);
    }

    String name() {
        return name(size, series);
    }

    static String name(String size, String series) {
        return size + ", " + series;
    }
}
