package dev.scientist.samples.markdown;

import dev.scientist.Outcome;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * The latencies of both sides. A side is recorded in all trials in which it returned or threw.
 *
 * <p>Threads: any; the histograms are concurrent. It is an inline publisher, because recording takes far less than a
 * microsecond, and so that nothing is dropped.
 */
final class Latencies implements TrialPublisher {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final AbstractHistogram primary = new ConcurrentHistogram(LONGEST, DIGITS);
    private final AbstractHistogram candidate = new ConcurrentHistogram(LONGEST, DIGITS);

    @Override
    public void publish(Trial<?> trial) {
        record(primary, trial.primary());
        for (Trial.Candidate<?> side : trial.candidates()) {
            if (side.outcome() != null) {
                record(candidate, side.outcome());
            }
        }
    }

    @Override
    public boolean isInline() {
        return true;
    }

    /** The latencies of the primary in nanoseconds. */
    AbstractHistogram primary() {
        return primary;
    }

    /** The latencies of the candidate in nanoseconds. */
    AbstractHistogram candidate() {
        return candidate;
    }

    private static void record(AbstractHistogram histogram, Outcome<?> outcome) {
        if (outcome.kind() == Outcome.Kind.RETURNED || outcome.kind() == Outcome.Kind.THREW) {
            histogram.recordValue(Math.min(LONGEST, outcome.elapsed().toNanos()));
        }
    }
}
