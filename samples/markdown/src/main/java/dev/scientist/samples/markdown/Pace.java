package dev.scientist.samples.markdown;

import dev.scientist.Tally;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets callers go on as fast as candidates end. An application does nothing of the kind: there a call that finds no room is
 * skipped, and its caller never waits. Here every example counts, so none may be skipped.
 *
 * <p>Threads: every calling thread. Invariant: one of them at a time watches the tally, the others wait for their turn.
 * Consequence: at most {@link #ENOUGH} and one for each calling thread are in flight.
 */
final class Pace {

    // Chosen: enough for a few processors; with more, candidates would compete with each other and measure that.
    static final int ENOUGH = 4;

    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

    private final ReentrantLock turn = new ReentrantLock();
    private final Duration patience;

    /** With a limit for waiting, so that candidates which hang end as skipped calls and not as a run that hangs too. */
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
