package dev.scientist.benchmarks.caller;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * G12, the idle half: measures the share of a core that the dispatcher takes while it polls at few calls, and after a
 * second without a call.
 */
final class IdleDispatcher {

    private static final String DISPATCHER = "scientist-dispatcher";
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);
    private static final int WINDOWS = 10;

    private IdleDispatcher() {}

    static List<Goal> measure(Effort effort) {
        Work work = Work.lasting(50);
        try (OurCall ours = OurCall.sampled(Start.POLLED, Sides.of(work, work))) {
            long window = TimeUnit.MILLISECONDS.toNanos(effort.pick(400, 1_000));
            for (int i = 0; i < 2_000; i++) { // warm
                ours.call();
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
            Spread polling = shares(window, ours);
            ours.settle();
            Stopwatch.pause(QUIET_NANOS);
            Spread idle = shares(window, null);
            return List.of(
                    Goal.atMost("G12", "dispatcher after 1 s without a call, share of a core", idle, 1, "%"),
                    Goal.atMost(
                            "G12", "dispatcher while polling, one call in 50 ms, share of a core", polling, 4, "%"));
        }
    }

    private static Spread shares(long window, @Nullable OurCall called) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long id = dispatcher(threads);
        double[] shares = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            long start = System.nanoTime();
            long before = threads.getThreadCpuTime(id);
            while (System.nanoTime() - start < window) {
                if (called != null) {
                    called.call();
                }
                Stopwatch.pauseMillis(50);
            }
            long used = threads.getThreadCpuTime(id) - before;
            shares[i] = 100.0 * used / (System.nanoTime() - start);
        }
        return Spread.of(shares);
    }

    private static long dispatcher(ThreadMXBean threads) {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(DISPATCHER))
                .mapToLong(ThreadInfo::getThreadId)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no thread is named " + DISPATCHER));
    }
}
