package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Contender.Comparison;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Compares the same two documents again and again for a while. It reads the processor time of this thread: a comparison
 * waits for nothing, so other work on the machine does not get into the figures. Confined to one thread.
 */
final class Sample {

    /**
     * The cost of one comparison, the mean of one sample.
     *
     * @param nanos time
     * @param bytes allocated
     */
    record Cost(double nanos, double bytes) {}

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long BATCH_NANOS = TimeUnit.MICROSECONDS.toNanos(200); // reading that clock takes almost 1 us

    private final Comparison comparison;
    private final int answer;
    private int batch = 1;

    /**
     * Prepares.
     *
     * @param answer the number of differences that the comparison found before, and has to find each time
     */
    Sample(Comparison comparison, int answer) {
        this.comparison = comparison;
        this.answer = answer;
    }

    /** Compares for some nanoseconds, at least once. */
    Cost take(long nanos) throws Exception {
        long calls = 0;
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        long now = start;
        do {
            long batchStart = now;
            for (int i = 0; i < batch; i++) {
                requireSame(comparison.differences());
            }
            calls += batch;
            now = THREADS.getCurrentThreadCpuTime();
            if (now - batchStart < BATCH_NANOS) {
                batch *= 2;
            }
        } while (now - start < nanos);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        return new Cost((double) (now - start) / calls, (double) bytes / calls);
    }

    private void requireSame(int differences) {
        if (differences != answer) {
            throw new IllegalStateException("found " + answer + " differences and then " + differences);
        }
    }
}
