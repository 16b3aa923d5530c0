package dev.scientist.benchmarks.caller;

/**
 * What both sides answer. A record, because a rival does not compare bare numbers.
 *
 * @param value some number
 */
public record Answer(long value) {}
