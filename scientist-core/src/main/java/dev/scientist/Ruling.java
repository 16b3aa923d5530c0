package dev.scientist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result that the {@link Judge} found for one candidate.
 *
 * @param verdict the verdict
 * @param reason the reason of the verdict, or {@link Verdict.Reason#NONE}
 * @param differences where the two disagree; empty if there is nothing to show
 * @param ignoredBy the rule that accepted the differences, or null
 * @param notLoaded how many places were left out because one side had not loaded them
 */
record Ruling(
        Verdict verdict,
        Verdict.Reason reason,
        List<Difference> differences,
        @Nullable String ignoredBy,
        int notLoaded) {

    static final Ruling MATCHED = of(Verdict.MATCHED);
    static final Ruling TIMED_OUT = of(Verdict.TIMED_OUT);

    static Ruling uncompared(Verdict.Reason reason) {
        return new Ruling(Verdict.UNCOMPARED, reason, List.of(), null, 0);
    }

    static Ruling skipped(Verdict.Reason reason) {
        return new Ruling(Verdict.SKIPPED, reason, List.of(), null, 0);
    }

    static Ruling disagreement(Verdict verdict, List<Difference> differences) {
        return new Ruling(verdict, Verdict.Reason.NONE, differences, null, 0);
    }

    Ruling ignoredBy(String rule) {
        return new Ruling(Verdict.IGNORED, Verdict.Reason.NONE, differences, rule, notLoaded);
    }

    Ruling withoutValues() {
        return new Ruling(
                verdict,
                reason,
                differences.stream().map(Difference::withoutValues).toList(),
                ignoredBy,
                notLoaded);
    }

    /** Returns the same ruling for lists that have additional elements at the front, which were compared before. */
    Ruling movedBy(long elements) {
        return elements == 0
                ? this
                : new Ruling(
                        verdict,
                        reason,
                        differences.stream()
                                .map(difference -> difference.movedBy(elements))
                                .toList(),
                        ignoredBy,
                        notLoaded);
    }

    Ruling withNotLoaded(int places) {
        return places == 0 ? this : new Ruling(verdict, reason, differences, ignoredBy, places);
    }

    private static Ruling of(Verdict verdict) {
        return new Ruling(verdict, Verdict.Reason.NONE, List.of(), null, 0);
    }
}
