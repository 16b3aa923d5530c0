package dev.scientist.samples.shop.report;

import java.time.Duration;

/**
 * How long one side took.
 *
 * @param count of how many runs
 * @param p50 the median
 * @param p99 what one run in a hundred exceeds
 */
record Latency(long count, Duration p50, Duration p99) {

    // Chosen to be far from noise: below both, a busy machine is the likelier reason than the code. Of an answer from a
    // cache everything is three times, and only the milliseconds tell.
    private static final int TIMES = 3;
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final int ENOUGH = 30;

    /**
     * Whether this side is clearly slower than the other one: over at least 30 runs of each its median is three times the
     * other's, and ten milliseconds more. Medians, because a pause of the machine moves the slowest runs but not the one
     * in the middle.
     */
    boolean isClearlySlowerThan(Latency other) {
        return count >= ENOUGH
                && other.count >= ENOUGH
                && p50.compareTo(other.p50.multipliedBy(TIMES)) >= 0
                && p50.compareTo(other.p50.plus(LEAST)) >= 0;
    }
}
