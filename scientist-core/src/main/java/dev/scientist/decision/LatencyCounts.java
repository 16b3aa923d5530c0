package dev.scientist.decision;

import dev.scientist.Outcome;
import dev.scientist.Outcome.Kind;
import dev.scientist.Trial;
import dev.scientist.decision.Stratum.Latency;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * The latencies of both sides in the calls that were compared: two histograms with fixed edges, with an error of at
 * most 1 % and a size of about 40 KB each. Threads: any. Invariant: a call is counted for both sides or for neither.
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
            return; // it is not known how long it would have taken
        }
        record(primary, primaryOutcome);
        if (found.outcome().kind() == Kind.TIMED_OUT) {
            unanswered.increment();
        } else {
            record(candidate, found.outcome());
        }
    }

    Latency primary() {
        return LatencyHistograms.latency(primary.copy(), 0);
    }

    Latency candidate() {
        return LatencyHistograms.latency(candidate.copy(), unanswered.sum());
    }

    private static void record(AbstractHistogram histogram, Outcome<?> outcome) {
        histogram.recordValue(Math.min(LONGEST, Math.max(0, outcome.elapsed().toNanos())));
    }
}
