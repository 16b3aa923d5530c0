package dev.scientist.decision;

import java.util.function.LongPredicate;

/** Finds where a condition begins to hold that, once it holds, holds on. */
final class Search {

    private Search() {}

    /** The first number from {@code from} on, and before {@code end}, of which it holds; {@code end} if of none. */
    static long first(long from, long end, LongPredicate holds) {
        long low = from;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
