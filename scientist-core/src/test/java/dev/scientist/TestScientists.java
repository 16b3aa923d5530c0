package dev.scientist;

import java.util.concurrent.ExecutorService;

/** Where tests get their scientists: without logging, and on virtual threads where the build asks for them. */
public final class TestScientists {

    private static final boolean VIRTUAL = Boolean.getBoolean("test.virtualThreads");

    private TestScientists() {}

    /** Starts to configure a scientist. */
    public static Scientist.Builder builder() {
        return Scientist.builder().logging(false).virtualThreads(VIRTUAL);
    }

    /** Workers of the same kind of thread. */
    static ExecutorService workers(int maxConcurrent) {
        return Workers.create(VIRTUAL, maxConcurrent);
    }
}
