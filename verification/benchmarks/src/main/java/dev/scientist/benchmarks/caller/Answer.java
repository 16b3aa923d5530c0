package dev.scientist.benchmarks.caller;

/**
 * The answer of both sides. It is a record because a rival does not compare bare numbers.
 *
 * @param value some number
 */
public record Answer(long value) {}
