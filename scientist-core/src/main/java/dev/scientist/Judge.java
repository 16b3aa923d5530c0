package dev.scientist;

import dev.scientist.Outcome.Kind;
import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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
    private final @Nullable SnapshotFormat format;
    private final @Nullable CandidateDocuments documents;
    private final boolean isSnapshot;
    private final InstantSource instants;
    private final Hooks hooks;

    Judge(ExperimentOptions<T> options, InstantSource instants, Hooks hooks) {
        this.comparator = options.comparator;
        this.errorComparator = options.errorComparator;
        this.ignoreRules = options.ignoreRules;
        this.cleaner = options.cleaner;
        this.format = options.snapshotFormat;
        this.documents = format == null ? null : new CandidateDocuments(format, hooks);
        this.isSnapshot = options.snapshot != null;
        this.instants = instants;
        this.hooks = hooks;
    }

    /** Writes what candidates return; null where values are compared. */
    @Nullable
    CandidateDocuments documents() {
        return documents;
    }

    /**
     * An outcome, without its value where that shares something with whoever was handed it, which is told once. With a
     * snapshot there is nothing to share: the primary's value is a copy, and the candidate's is to be read like one.
     *
     * @param side whose it is, for people to read
     */
    <V> ReadableOutcome<V> readable(String side, Outcome<V> outcome) {
        Class<?> found = isSnapshot ? null : SharedValues.typeInAnswer(outcome.valueOrNull());
        if (found == null) {
            return new ReadableOutcome<>(outcome, Sharing.NOTHING);
        }
        Sharing sharing = Sharing.of(found);
        tell(Hook.COMPARATOR, sharing, sharing.refusal("the " + side + "'s answer", found));
        return ReadableOutcome.withheld(outcome, sharing);
    }

    /** Judges two outcomes of which one or both are withheld. */
    Ruling judgeWithheld(ReadableOutcome<T> primary, ReadableOutcome<?> candidate) {
        Sharing between = ReadableOutcome.between(primary, candidate);
        return between.isAnything()
                ? uncompared(between)
                : judge(primary.outcome(), ReadableOutcome.withoutValue(candidate.outcome()));
    }

    private static Ruling uncompared(Sharing sharing) {
        return Ruling.uncompared(sharing == Sharing.SESSION ? Reason.SESSION : Reason.COMPARATOR_FAILED);
    }

    private void tell(Hook hook, Sharing sharing, UncomparableException refusal) {
        if (sharing == Sharing.SESSION) {
            hooks.warn(String.valueOf(refusal.getMessage())); // nothing has failed
        } else {
            hooks.failed(hook, String.valueOf(refusal.getMessage()));
        }
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

    /**
     * What it comes to that nobody may see or could write the answer; null if it can be judged.
     *
     * @param refusal why nobody may see it: what it answered then is not what it would have answered
     */
    @Nullable
    Ruling unseen(Outcome<T> primary, Outcome<?> candidate, Reason refusal) {
        if (refusal != Reason.NONE) {
            return Ruling.uncompared(refusal);
        }
        if (!(candidate.valueOrNull() instanceof CandidateDocuments.Missing missing)) {
            return null;
        }
        return primary.kind() == Kind.RETURNED
                ? Ruling.uncompared(missing.reason())
                : judge(primary, new Outcome.Returned<>(null, candidate.elapsed())); // it returned, whatever that was
    }

    /**
     * Brings the answer of a candidate of another type to the primary's; null where that is impossible. A document has been
     * translated before it was written.
     */
    @Nullable
    Outcome<T> translate(Outcome<?> raw, @Nullable Function<Object, ? extends T> translation) {
        Object value = raw.valueOrNull();
        if (translation == null || value == null || format != null) {
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

    /** Whether two values are known to be equal: not where they cannot be compared, of which nothing is said here. */
    boolean areEqual(T primary, T candidate) {
        try {
            boolean isShared =
                    SharedValues.typeInAnswer(primary) != null || SharedValues.typeInAnswer(candidate) != null;
            return !isShared && comparator.compare(primary, candidate).isEmpty();
        } catch (Throwable thrown) {
            return false;
        }
    }

    private Ruling compare(Outcome<T> primary, Outcome<T> candidate) {
        Throwable primaryError = primary.errorOrNull();
        Throwable candidateError = candidate.errorOrNull();
        if (primaryError != null && candidateError != null) {
            return contained(
                    Hook.ERROR_COMPARATOR, () -> ruling(errorComparator.compare(primaryError, candidateError)));
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
            return contained(Hook.COMPARATOR, () -> compareValues(primaryValue, candidateValue));
        }
        if (primaryValue == null && candidateValue == null) {
            return Ruling.MATCHED;
        }
        Difference.Kind kind = candidateValue == null ? Difference.Kind.MISSING : Difference.Kind.UNEXPECTED;
        return Ruling.disagreement(Verdict.MISMATCHED, List.of(Difference.of("", kind, primaryValue, candidateValue)));
    }

    private Ruling compareValues(T primary, T candidate) throws Exception {
        if (format == null) {
            return ruling(comparator.compare(primary, candidate));
        }
        SnapshotFormat.Comparison found = format.compare(primary, candidate);
        return ruling(found.differences()).withNotLoaded(found.notLoaded());
    }

    private static Ruling ruling(List<Difference> differences) {
        return differences.isEmpty() ? Ruling.MATCHED : Ruling.disagreement(Verdict.MISMATCHED, mostOf(differences));
    }

    private Ruling contained(Hook hook, Callable<Ruling> comparison) {
        try {
            return comparison.call();
        } catch (SharedStateException shared) {
            tell(hook, shared.sharing(), shared);
            return uncompared(shared.sharing());
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
