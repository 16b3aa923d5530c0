package dev.scientist.samples.shop.report;

import java.time.Duration;

/**
 * The latency of one side.
 *
 * @param count the number of runs
 * @param p50 the median
 * @param p99 the 99th percentile
 */
record Latency(long count, Duration p50, Duration p99) {

    // Both limits are chosen to be far above noise: a smaller difference is more likely caused by a busy machine than
    // by the code. A factor alone is not enough, because almost everything takes three times as long as an answer from
    // a cache.
    private static final int TIMES = 3;
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final int ENOUGH = 30;

    /**
     * Whether this side is clearly slower than the other one: over at least 30 runs of each its median is three times
     * the other's, and ten milliseconds more. Medians are compared because a pause of the machine changes the slowest
     * runs, but not the median.
     */
    boolean isClearlySlowerThan(Latency other) {
        return count >= ENOUGH
                && other.count >= ENOUGH
                && p50.compareTo(other.p50.multipliedBy(TIMES)) >= 0
                && p50.compareTo(other.p50.plus(LEAST)) >= 0;
    }
}
