package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/** Validates the arguments of the statistical tests. */
final class CountChecks {

    private CountChecks() {}

    static void requireBad(long n, long k) {
        requireCount(n, "n");
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("k must be between 0 and n = " + n + " but was " + k);
        }
    }

    static void requireCount(long count, String name) {
        if (count < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more but was " + count);
        }
    }

    /** Requires that counts are 0 or more, and can be added without an overflow. */
    static void requireSum(long first, LongStream counts, String name) {
        PrimitiveIterator.OfLong others = counts.iterator();
        long sum = first;
        while (others.hasNext()) {
            long count = others.nextLong();
            requireCount(count, "each count of " + name);
            if (count > Long.MAX_VALUE - sum) {
                throw new IllegalArgumentException(name + " must be at most " + Long.MAX_VALUE
                        + " but are more; nobody has counted as many, so one of the counts is not what it was");
            }
            sum += count;
        }
    }

    static void requirePaired(long n, long worse, long better) {
        requireCount(n, "n");
        if (worse < 0 || worse > n) {
            throw new IllegalArgumentException("worse must be between 0 and n = " + n + " but was " + worse);
        }
        if (better < 0 || better > n - worse) {
            throw new IllegalArgumentException(
                    "better must be between 0 and n - worse = " + (n - worse) + " but was " + better);
        }
    }

    static double requireRate(double rate, String name) {
        if (!(rate > 0 && rate < 1)) { // also catches NaN
            throw new IllegalArgumentException(name + " must be between 0 and 1, exclusive, but was " + rate);
        }
        return rate;
    }

    static double requireExcess(double excess) {
        if (!(excess >= 0 && excess < 1)) {
            throw new IllegalArgumentException("d must be at least 0 and less than 1 but was " + excess);
        }
        return excess;
    }

    static double requireShare(double share, String name) {
        if (!(share > 0 && share <= 1)) { // also catches NaN
            throw new IllegalArgumentException(name + " must be more than 0 and at most 1 but was " + share);
        }
        return share;
    }

    static Duration requireNotNegative(Duration duration, String name) {
        if (requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException(name + " must be 0 or more but was " + duration);
        }
        return duration;
    }
}
