package dev.scientist;

import dev.scientist.Outcome.Kind;
import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns two outcomes into a verdict: comparator, error comparator, ignore rules; and shapes what is shown of them:
 * cleaner. Runs on a worker, keeps no state, and throws nothing.
 */
final class Judge<T> {

    private static final int MOST_DIFFERENCES = 1_000; // chosen: what a person reads ends long before

    private final ResultComparator<? super T> comparator;
    private final ResultComparator<? super Throwable> errorComparator;
    private final List<IgnoreRule<T>> ignoreRules;
    private final @Nullable UnaryOperator<T> cleaner;
    private final InstantSource instants;
    private final Hooks hooks;

    Judge(ExperimentOptions<T> options, InstantSource instants, Hooks hooks) {
        this.comparator = options.comparator;
        this.errorComparator = options.errorComparator;
        this.ignoreRules = options.ignoreRules;
        this.cleaner = options.cleaner;
        this.instants = instants;
        this.hooks = hooks;
    }

    /** Judges two outcomes, both of the primary's type. */
    Ruling judge(Outcome<T> primary, Outcome<T> candidate) {
        if (candidate.kind() == Kind.TIMED_OUT) {
            return Ruling.TIMED_OUT;
        }
        if (primary.kind() == Kind.CANCELLED || candidate.kind() == Kind.CANCELLED) {
            return Ruling.uncompared(Reason.CANCELLED);
        }
        Ruling ruling = compare(primary, candidate);
        return ruling.verdict().isDisagreement() ? applyRules(primary, candidate, ruling) : ruling;
    }

    /** Brings the answer of a candidate of another type to the primary's; null where that is impossible. */
    @Nullable
    Outcome<T> translate(Outcome<?> raw, @Nullable Function<Object, ? extends T> translation) {
        Object value = raw.valueOrNull();
        if (translation == null || value == null) {
            @SuppressWarnings("unchecked") // without a translation the candidate is an Implementation of T
            Outcome<T> outcome = (Outcome<T>) raw;
            return outcome;
        }
        try {
            return new Outcome.Returned<>(translation.apply(value), raw.elapsed());
        } catch (Throwable thrown) {
            hooks.failed(Hook.TRANSLATION, thrown);
            return null;
        }
    }

    /** What publishers see of an outcome. */
    Outcome<T> clean(Outcome<T> outcome) {
        T value = outcome.valueOrNull();
        if (cleaner == null || value == null) {
            return outcome;
        }
        try {
            return new Outcome.Returned<>(cleaner.apply(value), outcome.elapsed());
        } catch (Throwable thrown) {
            hooks.failed(Hook.CLEANER, thrown);
            return new Outcome.Returned<>(null, outcome.elapsed());
        }
    }

    /** What publishers see of a ruling: a cleaner has no say about the parts of a value, so they are left out. */
    Ruling clean(Ruling ruling) {
        return cleaner == null ? ruling : ruling.withoutValues();
    }

    private Ruling compare(Outcome<T> primary, Outcome<T> candidate) {
        Throwable primaryError = primary.errorOrNull();
        Throwable candidateError = candidate.errorOrNull();
        if (primaryError != null && candidateError != null) {
            return compareWith(errorComparator, Hook.ERROR_COMPARATOR, primaryError, candidateError);
        }
        if (candidateError != null) {
            return Ruling.disagreement(Verdict.CANDIDATE_FAILED, oneThrew(primary.valueOrNull(), candidateError));
        }
        if (primaryError != null) {
            return Ruling.disagreement(Verdict.PRIMARY_FAILED, oneThrew(primaryError, candidate.valueOrNull()));
        }
        T primaryValue = primary.valueOrNull();
        T candidateValue = candidate.valueOrNull();
        if (primaryValue != null && candidateValue != null) {
            return compareWith(comparator, Hook.COMPARATOR, primaryValue, candidateValue);
        }
        if (primaryValue == null && candidateValue == null) {
            return Ruling.MATCHED;
        }
        Difference.Kind kind = candidateValue == null ? Difference.Kind.MISSING : Difference.Kind.UNEXPECTED;
        return Ruling.disagreement(Verdict.MISMATCHED, List.of(Difference.of("", kind, primaryValue, candidateValue)));
    }

    private <V> Ruling compareWith(ResultComparator<? super V> asked, Hook hook, V primary, V candidate) {
        try {
            List<Difference> differences = asked.compare(primary, candidate);
            if (differences.isEmpty()) {
                return Ruling.MATCHED;
            }
            return Ruling.disagreement(Verdict.MISMATCHED, mostOf(differences));
        } catch (OverBudgetException over) {
            hooks.failed(hook, "a comparison was given up: " + over.getMessage());
            return Ruling.uncompared(Reason.OVER_BUDGET);
        } catch (Throwable thrown) {
            // Also for values whose equals throws, that are cyclic, or lazy and out of their session.
            hooks.failed(hook, thrown);
            return Ruling.uncompared(Reason.COMPARATOR_FAILED);
        }
    }

    /** As many as are shown; where there are more, the gravest of them, in their order. */
    private static List<Difference> mostOf(List<Difference> differences) {
        Stream<Difference> all = differences.stream().map(Objects::requireNonNull);
        return differences.size() <= MOST_DIFFERENCES
                ? all.toList()
                : all.sorted(Comparator.comparing(Difference::severity))
                        .limit(MOST_DIFFERENCES)
                        .toList();
    }

    private Ruling applyRules(Outcome<T> primary, Outcome<T> candidate, Ruling ruling) {
        for (IgnoreRule<T> rule : ignoreRules) {
            try {
                if (rule.accepts(primary, candidate)) {
                    if (!rule.isExpired(instants.instant())) {
                        return ruling.ignoredBy(rule.name());
                    }
                    hooks.failed(Hook.IGNORE_RULE, rule + " has expired and hides nothing any more");
                }
            } catch (Throwable thrown) {
                hooks.failed(Hook.IGNORE_RULE, thrown);
            }
        }
        return ruling;
    }

    private static List<Difference> oneThrew(@Nullable Object primary, @Nullable Object candidate) {
        return List.of(Difference.of("", Difference.Kind.ERROR, primary, candidate));
    }
}
