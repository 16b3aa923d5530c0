package dev.scientist.decision;

import dev.scientist.Outcome;
import dev.scientist.Outcome.Kind;
import dev.scientist.Trial;
import dev.scientist.decision.EvidenceSnapshot.Latency;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How long both sides took in the calls that were compared: two histograms with fixed edges, whose error is at most 1 %,
 * and about 40 KB each. Threads: any. Invariant: a call is counted on both sides or on none.
 */
final class LatencyCounts {

    private static final long SHORTEST = 1_000; // nanoseconds
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 2;

    private final AbstractHistogram primary = new ConcurrentHistogram(SHORTEST, LONGEST, DIGITS);
    private final AbstractHistogram candidate = new ConcurrentHistogram(SHORTEST, LONGEST, DIGITS);
    private final LongAdder unanswered = new LongAdder();

    void count(Outcome<?> primaryOutcome, Trial.Candidate<?> found) {
        if (primaryOutcome.kind() == Kind.CANCELLED || found.outcome().kind() == Kind.CANCELLED) {
            return; // nobody knows how long it would have taken
        }
        record(primary, primaryOutcome);
        if (found.outcome().kind() == Kind.TIMED_OUT) {
            unanswered.increment();
        } else {
            record(candidate, found.outcome());
        }
    }

    Latency primary() {
        return QuantileBounds.latency(primary.copy(), 0);
    }

    Latency candidate() {
        return QuantileBounds.latency(candidate.copy(), unanswered.sum());
    }

    private static void record(AbstractHistogram histogram, Outcome<?> outcome) {
        histogram.recordValue(Math.min(LONGEST, Math.max(0, outcome.elapsed().toNanos())));
    }
}
