package dev.scientist.benchmarks.caller;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** Measures what calls allocate, and what is left on the heap. */
public final class Memory {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Memory() {}

    /**
     * Makes some calls and returns the bytes per call.
     *
     * @param interval between two calls, in nanoseconds; 0 for none
     */
    public static double bytesPerCall(Contender contender, int calls, long interval) throws Exception {
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

    /** Collects garbage and returns the bytes that are left; objects that others create later do not count. */
    static long afterCollection() {
        System.gc();
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            sum += left == null ? 0 : left.getUsed();
        }
        return sum;
    }
}
