package dev.scientist.decision;

import java.util.function.LongPredicate;

/** Binary search for the first number that fulfils a monotone condition. */
final class BinarySearch {

    private BinarySearch() {}

    /**
     * The first number that fulfils the condition, from {@code from}, inclusive, to {@code end}, exclusive; {@code end}
     * if none does.
     */
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
