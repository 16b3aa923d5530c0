package dev.scientist.benchmarks.caller;

import dev.scientist.benchmarks.harness.Latencies;

/**
 * How long the calls of one turn took, in nanoseconds.
 *
 * @param p50 half of them at most this
 * @param p99 ninety-nine in a hundred at most this
 */
public record Timing(double p50, double p99) {

    static Timing of(Latencies latencies) {
        return new Timing(latencies.percentile(0.5), latencies.percentile(0.99));
    }
}
