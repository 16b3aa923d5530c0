package dev.scientist.samples.markdown;

import dev.scientist.Tally;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes callers wait until candidates have ended. An application would not do that: there a call that finds no permit
 * is skipped, and its caller never waits. Here every example counts, so none may be skipped.
 *
 * <p>Threads: every calling thread. Invariant: one of them at a time watches the tally, the others wait for their turn.
 * Consequence: at most {@link #ENOUGH} candidates, and one more for each calling thread, are in flight.
 */
final class Pace {

    // Chosen: enough for a few processors; with more, the durations would show how candidates compete with each other.
    static final int ENOUGH = 4;

    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

    private final ReentrantLock turn = new ReentrantLock();
    private final Duration patience;

    /**
     * Creates a pace with a limit for waiting, so that candidates which hang lead to skipped calls and not to a run
     * that hangs too.
     */
    Pace(Duration patience) {
        this.patience = patience;
    }

    void await(Tally tally) {
        turn.lock();
        try {
            long started = System.nanoTime();
            while (tally.inFlight() >= ENOUGH && System.nanoTime() - started < patience.toNanos()) {
                LockSupport.parkNanos(PAUSE);
            }
        } finally {
            turn.unlock();
        }
    }
}
