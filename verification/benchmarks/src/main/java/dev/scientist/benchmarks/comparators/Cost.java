package dev.scientist.benchmarks.comparators;

/**
 * What one comparison took, the mean of one turn.
 *
 * @param nanos time
 * @param bytes allocated
 */
record Cost(double nanos, double bytes) {}
