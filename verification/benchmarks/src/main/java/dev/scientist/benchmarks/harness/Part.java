package dev.scientist.benchmarks.harness;

import java.util.List;

/**
 * Measures a few claims that belong together, in a process of its own: what the compiler learnt and the threads that
 * were left over from other parts would change the figures. Needs a public constructor without parameters.
 */
public interface Part {

    /** The goal this part is about. */
    String id();

    /** What is measured, in some words, for the person who waits. */
    String title();

    /** Measures. */
    List<Goal> measure(Effort effort) throws Exception;

    /** Further options of the Java machine in which this part runs. */
    default List<String> javaOptions() {
        return List.of();
    }
}
