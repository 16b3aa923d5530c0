package dev.scientist.benchmarks.spring;

/**
 * What the methods of all beans take.
 *
 * @param customer by which a call could be sampled
 * @param country an attribute
 */
public record Request(String customer, String country) {}
