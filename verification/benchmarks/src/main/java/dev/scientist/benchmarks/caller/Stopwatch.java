package dev.scientist.benchmarks.caller;

import dev.scientist.benchmarks.harness.Latencies;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls a contender again and again and times each call. All contenders share one loop, so that the call into each
 * costs the same and none is compiled into the loop.
 */
final class Stopwatch {

    private Stopwatch() {}

    /** Makes one call after the other, until there is no more room. */
    static void backToBack(Contender contender, Latencies into, Answer expected) throws Exception {
        paced(contender, into, 0, expected);
    }

    /**
     * Makes one call per interval, and waits busily in between, until there is no more room.
     *
     * @param interval in nanoseconds
     */
    static void paced(Contender contender, Latencies into, long interval, Answer expected) throws Exception {
        long next = System.nanoTime();
        while (!into.isFull()) {
            long now = System.nanoTime();
            while (now < next) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
            next = now + interval; // counts from now, so that no burst follows a pause
            long start = System.nanoTime();
            Answer answer = contender.call();
            long end = System.nanoTime();
            into.add(end - start);
            check(answer, expected);
        }
    }

    static void check(@Nullable Answer answer, Answer expected) {
        if (!expected.equals(answer)) {
            throw new IllegalStateException("the primary answers " + expected + ", the call gave " + answer);
        }
    }

    /** Waits, and parks again if something wakes the thread too early. */
    static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    static void pauseMillis(long millis) {
        pause(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
