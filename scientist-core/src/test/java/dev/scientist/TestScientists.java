package dev.scientist;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Creates the Scientists of tests: without logging, and with virtual threads if the build asks for them. */
public final class TestScientists {

    private static final boolean VIRTUAL = Boolean.getBoolean("test.virtualThreads");

    private TestScientists() {}

    /** Starts to configure a scientist. */
    public static Scientist.Builder builder() {
        return Scientist.builder().logging(false).virtualThreads(VIRTUAL);
    }

    /** Starts to configure a scientist whose dates come from elsewhere. */
    public static Scientist.Builder builder(InstantSource instants) {
        return builder().instants(instants);
    }

    /** Starts to configure a scientist whose deadlines pass only when a test moves the clock. */
    public static Scientist.Builder builder(FakeTicker ticker) {
        return builder().ticker(ticker);
    }

    /** Starts to configure a Scientist both of whose clocks are controlled by the test. */
    public static Scientist.Builder builder(FakeTicker ticker, InstantSource instants) {
        return builder(ticker).instants(instants);
    }

    /** Workers with the same kind of threads, and an empty queue of work. */
    static ExecutorService workers(int maxConcurrent) {
        return workers(maxConcurrent, new WorkQueue());
    }

    /**
     * Workers with the same kind of threads. They take further work from the queue themselves unless they are virtual.
     */
    static ExecutorService workers(int maxConcurrent, WorkQueue queue) {
        return Workers.create(VIRTUAL, false, maxConcurrent, queue);
    }
}
