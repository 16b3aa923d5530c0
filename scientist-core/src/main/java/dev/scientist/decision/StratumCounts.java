package dev.scientist.decision;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one stratum. Threads: any. Invariant: a call is added to one of the first nine counters, and after
 * that to the counters of pairs.
 */
@SuppressWarnings("EnumOrdinal") // the ordinals only index an array in memory, and are never stored
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
        // The counters of pairs; a call is counted here and also above.
        PAIRED,
        MISSED,
        GRAVE_WORSE,
        GRAVE_BETTER,
        GRAVE_BOTH,
        ANY_WORSE,
        ANY_BETTER,
        ANY_BOTH
    }

    private final LongAdder[] counters = new LongAdder[Counter.values().length];

    private final @Nullable PlaceCounts places;

    /**
     * Creates counters at 0.
     *
     * @param withPlaces whether to count also at which places the answers of pairs differ
     */
    StratumCounts(boolean withPlaces) {
        places = withPlaces ? new PlaceCounts() : null;
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    /**
     * Counts a call.
     *
     * @param replicate the result of the primary's second run; null if there was none
     */
    void count(Trial.Candidate<?> found, Trial.@Nullable Candidate<?> replicate) {
        Counter counter = counter(found);
        add(counter);
        if (replicate != null && isEvidence(counter)) {
            countPair(found, counter, replicate);
        }
    }

    private void countPair(Trial.Candidate<?> found, Counter counter, Trial.Candidate<?> replicate) {
        if (replicate.verdict() == Verdict.IGNORED) {
            return; // no pair, as for a candidate's difference that a rule accepts
        }
        if (!saysSomethingOfThePrimary(replicate)) {
            add(Counter.MISSED);
            return;
        }
        add(Counter.PAIRED); // counted first and read last: a reader must not see more differences than pairs
        Counter noise = counter(replicate);
        add(isBad(counter), isBad(noise), Counter.ANY_WORSE, Counter.ANY_BETTER, Counter.ANY_BOTH);
        add(isGrave(counter), isGrave(noise), Counter.GRAVE_WORSE, Counter.GRAVE_BETTER, Counter.GRAVE_BOTH);
        if (places != null) {
            places.count(found, replicate);
        }
    }

    private void add(boolean candidateDiffers, boolean primaryDiffers, Counter worse, Counter better, Counter both) {
        if (candidateDiffers) {
            add(primaryDiffers ? both : worse);
        } else if (primaryDiffers) {
            add(better);
        }
    }

    /**
     * Whether the second run shows anything about the primary's noise. It does not if it was not run, was late, or
     * could not be compared; nor if only one of the primary's two answers was a failure: something that works for
     * callers may not work on another thread, and such a failure must not offset failures of the candidate.
     */
    private static boolean saysSomethingOfThePrimary(Trial.Candidate<?> replicate) {
        return switch (replicate.verdict()) {
            case MATCHED, MISMATCHED -> true;
            case IGNORED, CANDIDATE_FAILED, PRIMARY_FAILED, TIMED_OUT, UNCOMPARED, SKIPPED -> false;
        };
    }

    private void add(Counter counter) {
        counters[counter.ordinal()].increment();
    }

    /** Whether the call is evidence, with which the primary's noise can be compared. */
    private static boolean isEvidence(Counter counter) {
        return counter != Counter.IGNORED && counter != Counter.UNCOMPARED && counter != Counter.PRIMARY_FAILED;
    }

    /** Whether a side counts as differing from the primary's first answer by more than a minor difference. */
    private static boolean isGrave(Counter counter) {
        return isBad(counter) && counter != Counter.MINOR;
    }

    /** Whether a side counts as differing from the primary's first answer. */
    private static boolean isBad(Counter counter) {
        return switch (counter) {
            case CRITICAL, MAJOR, MINOR, CANDIDATE_FAILED, TIMED_OUT -> true;
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

    /** The counter for the gravest difference. */
    private static Counter bySeverity(Trial.Candidate<?> found) {
        Severity gravest = Severity.MINOR;
        for (Difference difference : found.differences()) {
            gravest = gravest(gravest, difference.severity());
        }
        return switch (gravest) {
            case CRITICAL -> Counter.CRITICAL;
            case MAJOR -> Counter.MAJOR;
            case MINOR -> Counter.MINOR;
        };
    }

    Stratum stratum(String name) {
        Pairs pairs = pairs();
        return Stratum.builder(name)
                .matched(sum(Counter.MATCHED))
                .ignored(sum(Counter.IGNORED))
                .critical(sum(Counter.CRITICAL))
                .major(sum(Counter.MAJOR))
                .minor(sum(Counter.MINOR))
                .candidateFailed(sum(Counter.CANDIDATE_FAILED))
                .primaryFailed(sum(Counter.PRIMARY_FAILED))
                .timedOut(sum(Counter.TIMED_OUT))
                .uncompared(sum(Counter.UNCOMPARED))
                .pairs(pairs)
                .build();
    }

    private Pairs pairs() {
        // Read in the reverse order of counting, so that a part is never greater than the whole.
        List<Place> where = places == null ? List.of() : places.snapshot();
        Split grave = split(Counter.GRAVE_WORSE, Counter.GRAVE_BETTER, Counter.GRAVE_BOTH);
        Split any = split(Counter.ANY_WORSE, Counter.ANY_BETTER, Counter.ANY_BOTH);
        return Pairs.builder()
                .n(sum(Counter.PAIRED))
                .missed(sum(Counter.MISSED))
                .grave(grave)
                .any(any)
                .places(where)
                .build();
    }

    private Split split(Counter worse, Counter better, Counter both) {
        return new Split(sum(worse), sum(better), sum(both));
    }

    static Severity gravest(Severity one, Severity other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private long sum(Counter counter) {
        return counters[counter.ordinal()].sum();
    }
}
