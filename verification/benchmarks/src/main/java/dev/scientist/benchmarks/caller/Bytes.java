package dev.scientist.benchmarks.caller;

import java.lang.management.ManagementFactory;

/** Measures what calls allocate on the thread that makes them. */
public final class Bytes {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bytes() {}

    /**
     * Makes some calls and returns the bytes per call.
     *
     * @param interval between two calls, in nanoseconds; 0 for none
     */
    public static double perCall(Contender contender, int calls, long interval) throws Exception {
        contender.prepare();
        long next = System.nanoTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            while (System.nanoTime() < next) {
                Thread.onSpinWait();
            }
            next = System.nanoTime() + interval;
            contender.call();
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / calls;
    }
}
