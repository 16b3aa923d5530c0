package dev.scientist.benchmarks.caller;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A candidate that waits before it answers right, now and then past its deadline, whether or not it is interrupted. */
final class SlowCandidate {

    private static final int LATE_EVERY = 500;
    private static final int TIMES_DEADLINE = 3;

    private final Answer answer;
    private final long usualNanos;
    private final long lateNanos;
    private final AtomicLong started = new AtomicLong();

    SlowCandidate(Answer answer, long usualNanos, Duration deadline) {
        this.answer = answer;
        this.usualNanos = usualNanos;
        this.lateNanos = deadline.toNanos() * TIMES_DEADLINE;
    }

    Answer answer() {
        boolean isLate = started.incrementAndGet() % LATE_EVERY == 0;
        long end = System.nanoTime() + (isLate ? lateNanos : usualNanos);
        boolean interrupted = false;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
            interrupted |= Thread.interrupted(); // or else it would no longer park
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    /** How often it was called. */
    long started() {
        return started.get();
    }
}
