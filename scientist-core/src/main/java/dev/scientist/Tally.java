package dev.scientist;

import dev.scientist.Difference.Kind;
import dev.scientist.Difference.Severity;
import dev.scientist.ExperimentSettings.Halving.Cause;
import dev.scientist.Verdict.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * The counts of one experiment: every call once per candidate. Live; reading changes nothing.
 *
 * <p>Threads: any thread adds and reads. Invariant: a call is added once per candidate, when its verdict is final.
 * Consequence: while calls are under way a reader may see one counter before another; once they have ended, the
 * verdicts of a candidate sum to the number of calls.
 *
 * @since 0.1.0
 */
@SuppressWarnings("EnumOrdinal") // arrays indexed by enums of this build; the ordinals never leave it
public final class Tally {

    /**
     * What a user plugs in, or the library calls on the user's behalf, and may fail; the {@code hook} tag in metrics.
     */
    public enum Hook {
        /** {@link ExperimentOptions.Builder#sampler}, {@link Experiment.Call#keyFrom} or a key's {@code toString()}. */
        SAMPLER("sampler"),
        /** {@link Experiment.Call#attributesFrom}, or what else describes a call only once it is made. */
        ATTRIBUTES("attributes"),
        /** {@link ExperimentOptions.Builder#runIf}. */
        RUN_IF("run_if"),
        /** {@link ExperimentOptions.Builder#argumentCopier}. */
        ARGUMENT_COPIER("argument_copier"),
        /** {@link ContextCarrier}. */
        CONTEXT("context"),
        /** {@link CandidateGuard}. */
        GUARD("guard"),
        /** {@link ExperimentOptions.Builder#beforeRun}. */
        BEFORE_RUN("before_run"),
        /** {@link ExperimentOptions.Builder#snapshot}. */
        SNAPSHOT("snapshot"),
        /** The translation of a candidate of another type. */
        TRANSLATION("translation"),
        /** {@link ExperimentOptions.Builder#comparator}. */
        COMPARATOR("comparator"),
        /** {@link ExperimentOptions.Builder#errorComparator}. */
        ERROR_COMPARATOR("error_comparator"),
        /** {@link IgnoreRule}; an expired rule that would have hidden something counts here too. */
        IGNORE_RULE("ignore_rule"),
        /** {@link ExperimentOptions.Builder#cleaner}. */
        CLEANER("cleaner"),
        /** {@link TrialPublisher}. */
        PUBLISHER("publisher"),
        /** A trial that was dropped because the backlog of a {@link TrialPublisher} was full. */
        PUBLISHER_BACKLOG("publisher_backlog"),
        /** The cancellation of a late candidate whose futures are {@link ExperimentOptions.Builder#ownedFutures owned}. */
        CANCELLATION("cancellation"),
        /**
         * A candidate's future that was not complete a minute after its deadline, or when the {@link Scientist} was closed. Its
         * permit is returned, although work behind it may still be running.
         */
        LOST_FUTURE("lost_future"),
        /** {@link ExperimentOptions.Builder#release}. */
        RELEASE("release"),
        /**
         * A permit whose trial never came to be, because the memory or the stack of its caller ran out. It is given back within
         * a minute.
         */
        LOST_PERMIT("lost_permit");

        private final String tag;

        Hook(String tag) {
            this.tag = tag;
        }

        /** The value of the {@code hook} tag in metrics and reports: lower snake case. */
        public String tag() {
            return tag;
        }
    }

    private static final Verdict[] VERDICTS = Verdict.values();
    private static final Reason[] REASONS = Reason.values();
    private static final int SEVERITIES = Severity.values().length;

    private final List<String> candidates;
    private final LongAdder[][] verdicts;
    // Calls that were skipped as a whole, by reason: once for all candidates, because most calls may end here.
    private final LongAdder[] skippedCalls = adders(REASONS.length);
    private final LongAdder[] hookFailures = adders(Hook.values().length);
    private final LongAdder[] halvings = adders(Cause.values().length);
    private final LongAdder[] differences = adders(Kind.values().length * SEVERITIES);
    private final Map<String, LongAdder> ignored;
    private final LongAdder measuredCalls = new LongAdder();
    private final LongAdder overheadNanos = new LongAdder();
    private final LongAdder comparisons = new LongAdder();
    private final LongAdder comparisonNanos = new LongAdder();
    private final LongAdder notLoadedPlaces = new LongAdder();
    private final LongAdder notLoadedTrials = new LongAdder();
    private final Permits permits;

    Tally(List<String> candidates, List<String> ignoreRules, Permits permits) {
        this.candidates = candidates;
        this.permits = permits;
        this.ignored =
                new TreeMap<>(ignoreRules.stream().collect(Collectors.toMap(rule -> rule, rule -> new LongAdder())));
        this.verdicts = new LongAdder[candidates.size()][];
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = adders(VERDICTS.length + REASONS.length);
        }
    }

    /** The names of the candidates, in order. */
    public List<String> candidates() {
        return candidates;
    }

    /** The names of the ignore rules, in alphabetical order. */
    public List<String> ignoreRules() {
        return List.copyOf(ignored.keySet());
    }

    /**
     * How many calls have ended, for one candidate: the sum of its verdicts.
     *
     * @throws IllegalArgumentException if the experiment has no such candidate
     */
    public long calls(String candidate) {
        long sum = 0;
        for (LongAdder adder : verdicts[index(candidate)]) {
            sum += adder.sum();
        }
        for (LongAdder adder : skippedCalls) {
            sum += adder.sum();
        }
        return sum;
    }

    /** How many calls came to a verdict, whatever the reason, over all candidates. */
    public long count(Verdict verdict) {
        long sum = 0;
        for (String candidate : candidates) {
            sum += count(candidate, verdict);
        }
        return sum;
    }

    /**
     * How many calls came to a verdict, whatever the reason, for one candidate.
     *
     * @throws IllegalArgumentException if the experiment has no such candidate
     */
    public long count(String candidate, Verdict verdict) {
        long sum = 0;
        for (Reason reason : REASONS) {
            if (reason.explains(verdict)) {
                sum += count(candidate, verdict, reason);
            }
        }
        return sum;
    }

    /**
     * How many calls came to a verdict for a reason, for one candidate.
     *
     * @throws IllegalArgumentException if the experiment has no such candidate
     */
    public long count(String candidate, Verdict verdict, Reason reason) {
        int index = index(candidate);
        if (!reason.explains(verdict)) {
            return 0;
        }
        long own = verdicts[index][slot(verdict, reason)].sum();
        return verdict == Verdict.SKIPPED ? own + skippedCalls[reason.ordinal()].sum() : own;
    }

    /** How many candidates are in flight now: accepted, running, being compared, or late and not yet ended. */
    public int inFlight() {
        return permits.inUse();
    }

    /** How often a hook failed. */
    public long hookFailures(Hook hook) {
        return hookFailures[hook.ordinal()].sum();
    }

    /** How often the share of sampled calls was halved; see {@link ExperimentOptions.Sampling#ADAPTIVE}. */
    public long halvings(Cause cause) {
        return halvings[cause.ordinal()].sum();
    }

    /** How many differences of a kind and severity were seen; those of ignored disagreements not included. */
    public long differences(Kind kind, Severity severity) {
        return differences[kind.ordinal() * SEVERITIES + severity.ordinal()].sum();
    }

    /** How many disagreements an ignore rule hid; 0 for a name the experiment does not have. */
    public long ignored(String rule) {
        LongAdder adder = ignored.get(rule);
        return adder == null ? 0 : adder.sum();
    }

    /**
     * How many places were left out of comparisons, because at least one side had not loaded them; see {@link
     * SnapshotFormat}.
     */
    public long notLoadedPlaces() {
        return notLoadedPlaces.sum();
    }

    /** How many comparisons left out at least one such place. */
    public long notLoadedTrials() {
        return notLoadedTrials.sum();
    }

    /** On how many calls the overhead was measured: about 1 in 64. */
    public long measuredCalls() {
        return measuredCalls.sum();
    }

    /** What the library added to the caller on the measured calls, in nanoseconds. */
    public long overheadNanos() {
        return overheadNanos.sum();
    }

    /** How many trials were compared. */
    public long comparisons() {
        return comparisons.sum();
    }

    /** How long comparing took, in nanoseconds. */
    public long comparisonNanos() {
        return comparisonNanos.sum();
    }

    void skipped(Reason reason) {
        skippedCalls[reason.ordinal()].increment();
    }

    void add(int candidate, Ruling ruling) {
        verdicts[candidate][slot(ruling.verdict(), ruling.reason())].increment();
        if (ruling.notLoaded() > 0) {
            notLoadedPlaces.add(ruling.notLoaded());
            notLoadedTrials.increment();
        }
        String rule = ruling.ignoredBy();
        if (rule != null) {
            LongAdder adder = ignored.get(rule);
            if (adder != null) {
                adder.increment();
            }
        } else {
            for (Difference difference : ruling.differences()) {
                differences[
                        difference.kind().ordinal() * SEVERITIES
                                + difference.severity().ordinal()].increment();
            }
        }
    }

    void hookFailed(Hook hook) {
        hookFailures[hook.ordinal()].increment();
    }

    void halved(Cause cause) {
        halvings[cause.ordinal()].increment();
    }

    void overhead(long nanos) {
        overheadNanos.add(nanos);
        measuredCalls.increment();
    }

    void comparison(long nanos) {
        comparisonNanos.add(nanos);
        comparisons.increment();
    }

    private int index(String candidate) {
        int index = candidates.indexOf(candidate);
        if (index < 0) {
            throw new IllegalArgumentException("no candidate \"" + candidate + "\"; there is " + candidates);
        }
        return index;
    }

    private static int slot(Verdict verdict, Reason reason) {
        return reason == Reason.NONE ? verdict.ordinal() : VERDICTS.length + reason.ordinal();
    }

    private static LongAdder[] adders(int length) {
        LongAdder[] adders = new LongAdder[length];
        for (int i = 0; i < length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String candidate : candidates) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(candidate)
                    .append(": calls=")
                    .append(calls(candidate));
            for (Verdict verdict : VERDICTS) {
                text.append(", ").append(verdict.tag()).append('=').append(count(candidate, verdict));
            }
        }
        return text.toString();
    }
}
