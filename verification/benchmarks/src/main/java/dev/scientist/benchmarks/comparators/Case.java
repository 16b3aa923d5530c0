package dev.scientist.benchmarks.comparators;

import java.util.function.Supplier;

/**
 * Two documents to compare, and what there is to be found.
 *
 * @param family cases of one family come in ascending size: who does not get through with one is spared the next
 * @param series what the two have to do with each other
 * @param size how large they are
 * @param pair makes them
 * @param fewest differences that a right answer has
 * @param most differences that a right answer has
 */
record Case(String family, String series, String size, Supplier<Pair> pair, int fewest, int most) {

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
