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
 * The counts of one experiment. Every call is counted once per candidate. The counts are live, and reading them changes
 * nothing.
 *
 * <p>Threads: any thread adds and reads. Invariant: a call is added once per candidate, when its verdict is final.
 * Consequence: while calls are under way a reader may see one counter updated before another; once they have ended, the
 * verdicts of a candidate sum to the number of calls.
 *
 * @since 0.1.0
 */
@SuppressWarnings("EnumOrdinal") // arrays indexed by enums of this build; the ordinals never leave it
public final class Tally {

    /**
     * Code that a user plugs in or that the library calls on the user's behalf, and that may fail. It is the
     * {@code hook} tag in metrics.
     */
    public enum Hook {
        /**
         * {@link ExperimentOptions.Builder#sampler}, {@link Experiment.Call#keyFrom} or a key's {@code toString()}
         * failed.
         */
        SAMPLER("sampler"),
        /** {@link Experiment.Call#attributesFrom} failed, or an attribute was described wrongly. */
        ATTRIBUTES("attributes"),
        /** {@link ExperimentOptions.Builder#runIf} failed. */
        RUN_IF("run_if"),
        /** {@link ExperimentOptions.Builder#argumentCopier} failed. */
        ARGUMENT_COPIER("argument_copier"),
        /** A {@link ContextCarrier} or the MDC failed. */
        CONTEXT("context"),
        /** A {@link CandidateGuard} failed. */
        GUARD("guard"),
        /** {@link ExperimentOptions.Builder#beforeRun} failed. */
        BEFORE_RUN("before_run"),
        /** {@link ExperimentOptions.Builder#snapshot} failed. */
        SNAPSHOT("snapshot"),
        /** The translation of a candidate of another type failed. */
        TRANSLATION("translation"),
        /** {@link ExperimentOptions.Builder#comparator} failed. */
        COMPARATOR("comparator"),
        /** {@link ExperimentOptions.Builder#errorComparator} failed. */
        ERROR_COMPARATOR("error_comparator"),
        /** An {@link IgnoreRule} failed. An expired rule that would have hidden something counts here too. */
        IGNORE_RULE("ignore_rule"),
        /** {@link ExperimentOptions.Builder#cleaner} failed. */
        CLEANER("cleaner"),
        /** An {@link ExperimentListener} that is not a publisher failed. */
        LISTENER("listener"),
        /** A {@link TrialPublisher} failed. */
        PUBLISHER("publisher"),
        /**
         * A trial was dropped, because the backlog of a {@link TrialPublisher} was full or the {@link Scientist} was
         * closed.
         */
        PUBLISHER_BACKLOG("publisher_backlog"),
        /**
         * The cancellation of a late candidate's {@link ExperimentOptions.Builder#ownedFutures owned} future failed.
         */
        CANCELLATION("cancellation"),
        /**
         * A candidate's future was not complete a minute after its deadline, or when the {@link Scientist} was closed.
         * Its permit is returned, although the work behind it may still be running.
         */
        LOST_FUTURE("lost_future"),
        /** {@link ExperimentOptions.Builder#release} failed. */
        RELEASE("release"),
        /** A {@link PartialAnswer} of a primary failed when it was told how it is compared, or asked to end. */
        PARTIAL_ANSWER("partial_answer"),
        /**
         * A permit was taken but its trial was never started, because the caller ran out of memory or stack. The permit
         * is given back within a minute.
         */
        LOST_PERMIT("lost_permit");

        private final String tag;

        Hook(String tag) {
            this.tag = tag;
        }

        /** Returns the value of the {@code hook} tag in metrics and reports, in lower snake case. */
        public String tag() {
            return tag;
        }
    }

    private static final Verdict[] VERDICTS = Verdict.values();
    private static final Reason[] REASONS = Reason.values();
    private static final int SEVERITIES = Severity.values().length;

    private final List<String> candidates;
    private final LongAdder[][] verdicts;
    // Calls that were skipped as a whole, by reason. They are counted once for all candidates, because most calls may
    // end here.
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

    /** Returns the names of the candidates, in order. */
    public List<String> candidates() {
        return candidates;
    }

    /** Returns the names of the ignore rules, in alphabetical order. */
    public List<String> ignoreRules() {
        return List.copyOf(ignored.keySet());
    }

    /**
     * Returns how many calls have ended for one candidate: the sum of its verdicts.
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

    /** Returns how many calls had a verdict, whatever the reason, summed over all candidates. */
    public long count(Verdict verdict) {
        long sum = 0;
        for (String candidate : candidates) {
            sum += count(candidate, verdict);
        }
        return sum;
    }

    /**
     * Returns how many calls had a verdict, whatever the reason, for one candidate.
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
     * Returns how many calls had a verdict for a given reason, for one candidate.
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

    /** Returns how many candidates are in flight now: accepted, running, being compared, or late and not yet ended. */
    public int inFlight() {
        return permits.inUse();
    }

    /** Returns how often a hook failed. */
    public long hookFailures(Hook hook) {
        return hookFailures[hook.ordinal()].sum();
    }

    /**
     * Returns how often the share of sampled calls was halved for a cause; see
     * {@link ExperimentOptions.Sampling#ADAPTIVE}.
     */
    public long halvings(Cause cause) {
        return halvings[cause.ordinal()].sum();
    }

    /**
     * Returns how many differences of a kind and severity were seen. Differences of ignored disagreements are not
     * included.
     */
    public long differences(Kind kind, Severity severity) {
        return differences[kind.ordinal() * SEVERITIES + severity.ordinal()].sum();
    }

    /** Returns how many disagreements an ignore rule hid; 0 if the experiment has no rule of that name. */
    public long ignored(String rule) {
        LongAdder adder = ignored.get(rule);
        return adder == null ? 0 : adder.sum();
    }

    /**
     * Returns how many places were left out of comparisons because at least one side had not loaded them; see
     * {@link SnapshotFormat}.
     */
    public long notLoadedPlaces() {
        return notLoadedPlaces.sum();
    }

    /** Returns how many comparisons left out at least one such place. */
    public long notLoadedTrials() {
        return notLoadedTrials.sum();
    }

    /** Returns on how many calls the overhead was measured: about 1 in 64. */
    public long measuredCalls() {
        return measuredCalls.sum();
    }

    /** Returns the time that the library added to the callers of the measured calls, in nanoseconds. */
    public long overheadNanos() {
        return overheadNanos.sum();
    }

    /** Returns how many trials were compared. */
    public long comparisons() {
        return comparisons.sum();
    }

    /** Returns how long comparing took in total, in nanoseconds. */
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
