package dev.scientist.cutover;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.Trial;
import dev.scientist.cutover.EvidenceSnapshot.Stratum;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counters of one class of calls. Threads: any. Invariant: a call is added to one counter, and to those of pairs. */
@SuppressWarnings("EnumOrdinal") // an array indexed by an enum of this build; the ordinals never leave it
final class StratumCounts {

    private enum Counter {
        MATCHED,
        IGNORED,
        CRITICAL,
        MAJOR,
        MINOR,
        CANDIDATE_FAILED,
        PRIMARY_FAILED,
        TIMED_OUT,
        UNCOMPARED,
        // pairs, beside the ones above
        PAIRED,
        WORSE,
        BETTER,
        BOTH
    }

    private final LongAdder[] counters = new LongAdder[Counter.values().length];

    StratumCounts() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    /**
     * Counts a call.
     *
     * @param replicate what the primary's second run came to; null if there was none
     */
    void count(Trial.Candidate<?> found, Trial.@Nullable Candidate<?> replicate) {
        Counter counter = counter(found);
        add(counter);
        if (replicate != null && isPair(found, replicate)) {
            countPair(isBad(counter), isBad(counter(replicate)));
        }
    }

    /** Whether the two tell the candidate's differences from the primary's own noise. */
    static boolean isPair(Trial.Candidate<?> found, Trial.Candidate<?> replicate) {
        Counter noise = counter(replicate);
        // A second run that was late says nothing of the first.
        return isEvidence(counter(found)) && isEvidence(noise) && noise != Counter.TIMED_OUT;
    }

    private void countPair(boolean candidateDiffers, boolean primaryDiffers) {
        add(Counter.PAIRED); // first, and read last: a reader must not see more of the others
        if (candidateDiffers) {
            add(primaryDiffers ? Counter.BOTH : Counter.WORSE);
        } else if (primaryDiffers) {
            add(Counter.BETTER);
        }
    }

    private void add(Counter counter) {
        counters[counter.ordinal()].increment();
    }

    private static boolean isEvidence(Counter counter) {
        return counter != Counter.IGNORED && counter != Counter.UNCOMPARED && counter != Counter.PRIMARY_FAILED;
    }

    /** Whether a side is held to differ from the primary's first answer. */
    private static boolean isBad(Counter counter) {
        return switch (counter) {
            case CRITICAL, MAJOR, CANDIDATE_FAILED, TIMED_OUT -> true;
            default -> false;
        };
    }

    private static Counter counter(Trial.Candidate<?> found) {
        return switch (found.verdict()) {
            case MATCHED -> Counter.MATCHED;
            case MISMATCHED -> bySeverity(found);
            case IGNORED -> Counter.IGNORED;
            case CANDIDATE_FAILED -> Counter.CANDIDATE_FAILED;
            case PRIMARY_FAILED -> Counter.PRIMARY_FAILED;
            case TIMED_OUT -> Counter.TIMED_OUT;
            case UNCOMPARED -> Counter.UNCOMPARED;
            case SKIPPED -> throw new IllegalArgumentException("a call that was skipped has no trial: " + found);
        };
    }

    /** By the gravest difference. */
    private static Counter bySeverity(Trial.Candidate<?> found) {
        Severity gravest = Severity.MINOR;
        for (Difference difference : found.differences()) {
            if (difference.severity().compareTo(gravest) < 0) {
                gravest = difference.severity();
            }
        }
        return switch (gravest) {
            case CRITICAL -> Counter.CRITICAL;
            case MAJOR -> Counter.MAJOR;
            case MINOR -> Counter.MINOR;
        };
    }

    Stratum stratum(String name) {
        long worse = sum(Counter.WORSE);
        long better = sum(Counter.BETTER);
        long both = sum(Counter.BOTH);
        return new Stratum(
                name,
                sum(Counter.MATCHED),
                sum(Counter.IGNORED),
                sum(Counter.CRITICAL),
                sum(Counter.MAJOR),
                sum(Counter.MINOR),
                sum(Counter.CANDIDATE_FAILED),
                sum(Counter.PRIMARY_FAILED),
                sum(Counter.TIMED_OUT),
                sum(Counter.UNCOMPARED),
                sum(Counter.PAIRED),
                worse,
                better,
                both);
    }

    private long sum(Counter counter) {
        return counters[counter.ordinal()].sum();
    }
}
