package dev.scientist.samples.markdown;

import dev.scientist.Tally;
import dev.scientist.Verdict;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The number of calls for each of the eight verdicts.
 *
 * @param counts the counts of all verdicts, in the order of {@link Verdict}
 */
record Verdicts(Map<Verdict, Long> counts) {

    static Verdicts of(Tally tally) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, tally.count(verdict));
        }
        return new Verdicts(Collections.unmodifiableMap(counts));
    }

    Verdicts plus(Verdicts other) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, count(verdict) + other.count(verdict));
        }
        return new Verdicts(Collections.unmodifiableMap(counts));
    }

    long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    long sum() {
        return sum(verdict -> true);
    }

    /** The number of calls that say something about the candidate. */
    long compared() {
        return sum(Verdicts::isCompared);
    }

    /** The number of calls in which the candidate would have failed the caller. */
    long bad() {
        return sum(Verdicts::isBad);
    }

    /** The share of bad calls among those compared, 0 to 1; 0 if no calls were compared. */
    double badRate() {
        return compared() == 0 ? 0 : (double) bad() / compared();
    }

    /** Whether the candidate was started, and was late or compared. */
    static boolean isCompared(Verdict verdict) {
        return verdict != Verdict.SKIPPED && verdict != Verdict.UNCOMPARED;
    }

    /** Whether the candidate's answer was different, an exception, or late. */
    static boolean isBad(Verdict verdict) {
        return verdict == Verdict.MISMATCHED || verdict == Verdict.CANDIDATE_FAILED || verdict == Verdict.TIMED_OUT;
    }

    private long sum(Predicate<Verdict> which) {
        return counts.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
