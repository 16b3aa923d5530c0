package dev.scientist.benchmarks.caller;

import dev.scientist.Tally;
import dev.scientist.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks at the counts of an experiment while it is measured. */
public final class TallyWatch {

    private static final String CANDIDATE = "candidate";
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Tally tally;
    private long callsBefore;
    private long skippedBefore;

    /** Watches the tally of an experiment with one candidate. */
    public TallyWatch(Tally tally) {
        this.tally = tally;
    }

    /** Begins to count for {@link #sampledShare}; call it when nothing is in flight. */
    public void mark() {
        callsBefore = tally.calls(CANDIDATE);
        skippedBefore = tally.count(Verdict.SKIPPED);
    }

    /**
     * The share of the calls since {@link #mark} that was sampled. A call that is shed costs less and must not be taken
     * for one.
     */
    public double sampledShare() {
        double calls = tally.calls(CANDIDATE) - callsBefore;
        return 1 - (tally.count(Verdict.SKIPPED) - skippedBefore) / calls;
    }

    /** Waits until nothing is in flight. */
    public void settle() {
        long start = System.nanoTime();
        while (tally.inFlight() > 0) {
            if (System.nanoTime() - start > LONGEST_NANOS) {
                throw new IllegalStateException("still in flight: " + tally.inFlight() + " of " + tally);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
