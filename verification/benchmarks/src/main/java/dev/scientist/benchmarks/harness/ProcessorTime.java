package dev.scientist.benchmarks.harness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Times loops by the processor time of the thread that runs them, in interleaved rounds. That is right for code that
 * never waits, and other work on the same processor does not disturb it.
 */
public final class ProcessorTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UPS = 5;
    private static final int WARM_CALLS = 400_000; // in each turn, because the last stage of the compiler has a queue

    private ProcessorTime() {}

    /**
     * Makes the same call many times. Each loop is written out where it is used, because a shared loop would be
     * compiled for all of its uses.
     */
    @FunctionalInterface
    public interface Loop {

        /** Makes some calls and returns the last answer, so that the compiler can leave none out. */
        @Nullable
        Object run(int calls);
    }

    /** Measures loops, in nanoseconds per call. */
    public static Rounds<Double> play(Map<String, Loop> loops, Effort effort) throws Exception {
        Rounds.play(loops, 0, WARM_UPS, loop -> nanosPerCall(loop, WARM_CALLS));
        int calls = effort.pick(200_000, 500_000);
        return Rounds.play(loops, 1, effort.rounds(), loop -> nanosPerCall(loop, calls));
    }

    private static double nanosPerCall(Loop loop, int calls) {
        long before = THREADS.getCurrentThreadCpuTime();
        Object last = loop.run(calls);
        long after = THREADS.getCurrentThreadCpuTime();
        Objects.requireNonNull(last, "the last answer");
        return (double) (after - before) / calls;
    }
}
