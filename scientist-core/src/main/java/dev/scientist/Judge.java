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
 * Turns two outcomes into a verdict, by comparator, error comparator and ignore rules, and applies the cleaner to what
 * is shown of them. It runs on a worker, keeps no state, and throws nothing.
 */
final class Judge<T> {

    private static final int MOST_DIFFERENCES = 1_000; // chosen: more than a person reads

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

    /** Writes the answers of candidates as documents; null if values are compared. */
    @Nullable
    CandidateDocuments documents() {
        return documents;
    }

    /**
     * Returns an outcome, without its value if that shares something with the code that got it, which is reported once.
     * With a snapshot nothing is shared: the primary's value is a copy, and the candidate's may be read like one.
     *
     * @param side whose outcome it is, for log messages
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

    /** Judges two outcomes if one or both of their values are withheld. */
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
            hooks.warn(String.valueOf(refusal.getMessage())); // this is not a failure
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
     * Returns the ruling about a candidate whose answer does not count or could not be written as a document; null if
     * its answer can be judged.
     *
     * @param refusal what was refused to the candidate, or NONE; after a refusal its answer is not what it would have
     *     been
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
                : judge(primary, new Outcome.Returned<>(null, candidate.elapsed())); // only its returning counts
    }

    /**
     * Translates the answer of a candidate of another type to the primary's type; null if that fails. With a format,
     * the answer was already translated before its document was written.
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

    /** Returns what publishers see of an outcome. */
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

    /**
     * Returns what publishers see of a ruling. A cleaner is not applied to parts of a value, so with a cleaner the
     * values of differences are left out.
     */
    Ruling clean(Ruling ruling) {
        return cleaner == null ? ruling : ruling.withoutValues();
    }

    /**
     * Whether two values are known to be equal. It is false if they cannot be compared, and that is not reported here.
     */
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
            // This also happens with values whose equals throws, cyclic values, and lazy values outside their session.
            hooks.failed(hook, thrown);
            return Ruling.uncompared(Reason.COMPARATOR_FAILED);
        }
    }

    /**
     * Returns the differences that are shown. If there are too many, these are the most severe ones; equally severe
     * ones stay in order.
     */
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
