package dev.scientist.benchmarks.comparators;

/** One way to compare two documents. */
@FunctionalInterface
interface Contender {

    /** A comparison of two documents that are ready in the form this contender takes; making that form is not timed. */
    Comparison of(Pair pair) throws Exception;

    /** Compares once more. */
    @FunctionalInterface
    interface Comparison {

        /** How many differences there are, or {@link #SOME} if the contender does not say. */
        int differences() throws Exception;
    }

    /** There are differences, but how many is not told. */
    int SOME = -1;
}
