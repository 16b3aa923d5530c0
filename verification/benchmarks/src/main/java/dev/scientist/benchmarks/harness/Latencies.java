package dev.scientist.benchmarks.harness;

import java.util.Arrays;

/**
 * Records the time of each call, in nanoseconds. It has room for a fixed number of calls, so that recording allocates
 * nothing. Confined to one thread.
 */
public final class Latencies {

    private final long[] nanos;
    private int size;

    /** Makes room for a number of calls. */
    public Latencies(int capacity) {
        this.nanos = new long[capacity];
    }

    /** Forgets all calls. */
    public void clear() {
        size = 0;
    }

    /** Records one call, or leaves it out if there is no more room. */
    public void add(long elapsed) {
        if (size < nanos.length) {
            nanos[size++] = elapsed;
        }
    }

    /** Records all calls that another one recorded. */
    public void addAll(Latencies other) {
        for (int i = 0; i < other.size; i++) {
            add(other.nanos[i]);
        }
    }

    /** Whether there is room for another call. */
    public boolean isFull() {
        return size == nanos.length;
    }

    /** The number of calls that were recorded. */
    public int size() {
        return size;
    }

    /**
     * The smallest latency that at least this share of the calls did not exceed, by nearest rank: a latency that was
     * seen.
     *
     * @param share over 0, at most 1
     */
    public double percentile(double share) {
        if (size == 0) {
            throw new IllegalStateException("no latency was recorded");
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * size);
        return sorted[Math.max(rank, 1) - 1];
    }

    /** The two percentiles that goals are about. */
    public Timing timing() {
        return new Timing(percentile(0.5), percentile(0.99));
    }

    /**
     * The time of the calls of one turn, in nanoseconds.
     *
     * @param p50 half of them took at most this
     * @param p99 ninety-nine in a hundred took at most this
     */
    public record Timing(double p50, double p99) {}
}
