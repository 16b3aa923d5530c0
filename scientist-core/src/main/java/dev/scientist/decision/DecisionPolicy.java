package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference.Severity;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What must be shown before a candidate may go on. Immutable, and a record through and through, so that it can be kept
 * beside the decision it led to.
 *
 * <p>The defaults are those of the step from half of the traffic on, {@link Step#HALF_TO_REVERSE_SHADOW}: at most one bad
 * call in a thousand, at 99 %. {@link #of(Step)} has those of every step.
 *
 * @param step where the candidate is to go
 * @param threshold the rate of bad calls that is tolerated, {@link Severity#MAJOR} or graver, between 0 and 1; critical
 *     ones are tolerated ten times less often, and none may have been seen at all; minor ones ten times more often, and at
 *     most in one call of two
 * @param alpha the chance of ever going on although the true rate is above the threshold, between 0 and 1
 * @param soak how long must have been counted, 0 or more
 * @param maxAge how old the latest comparison may be, more than 0
 * @param completeness which share of the calls that were to be compared must have been, more than 0 and at most 1
 * @param coverage which share of the calls must be in strata that pass, for the last step, more than 0 and at
 *     most 1
 * @param waived names of strata that may stay undecided or unverified in the last step, because a person said so; in every
 *     other step they change nothing
 * @param latency what the candidate may take
 * @param rollback when an alarm is raised at once
 * @param candidateServes whether callers get the candidate's answers already, so that there is something to roll back
 * @param pinned why nothing may move whatever is counted; empty, the default, if it may
 * @since 0.1.0
 */
public record DecisionPolicy(
        Step step,
        double threshold,
        double alpha,
        Duration soak,
        Duration maxAge,
        double completeness,
        double coverage,
        Set<String> waived,
        LatencyPolicy latency,
        RollbackPolicy rollback,
        boolean candidateServes,
        String pinned) {

    private static final double MOST_MINOR = 0.5;
    private static final double SEVERITY_STEP = 10; // from critical to major to minor

    /** Checks and copies. */
    public DecisionPolicy {
        requireNonNull(step, "step");
        CountChecks.requireRate(threshold, "threshold");
        CountChecks.requireRate(alpha, "alpha");
        requireNotNegative(soak, "soak");
        requireNotNegative(maxAge, "maxAge");
        if (maxAge.isZero()) {
            throw new IllegalArgumentException("maxAge must be more than 0 but was " + maxAge);
        }
        requireShare(completeness, "completeness");
        requireShare(coverage, "coverage");
        waived = Collections.unmodifiableSet(new TreeSet<>(waived));
        requireNonNull(latency, "latency");
        requireNonNull(rollback, "rollback");
        requireNonNull(pinned, "pinned");
    }

    /** The defaults of a step. */
    public static DecisionPolicy of(Step step) {
        return new DecisionPolicy(
                step,
                step.threshold,
                step.alpha,
                step.soak,
                Duration.ofMinutes(15),
                0.99,
                0.99,
                Set.of(),
                LatencyPolicy.DEFAULT,
                RollbackPolicy.of(step.threshold),
                step.candidateServes,
                "");
    }

    /** With another rate of bad calls; what raises an alarm follows it. */
    public DecisionPolicy withThreshold(double rate) {
        CountChecks.requireRate(rate, "threshold");
        return with(parts -> {
            parts.threshold = rate;
            parts.rollback = RollbackPolicy.of(rate);
        });
    }

    /** With another chance of ever being wrong. */
    public DecisionPolicy withAlpha(double chance) {
        return with(parts -> parts.alpha = chance);
    }

    /** With another time for which must be counted. */
    public DecisionPolicy withSoak(Duration least) {
        return with(parts -> parts.soak = least);
    }

    /** With another age that the latest comparison may have. */
    public DecisionPolicy withMaxAge(Duration most) {
        return with(parts -> parts.maxAge = most);
    }

    /** With another share of the calls that were to be compared which must have been. */
    public DecisionPolicy withCompleteness(double share) {
        return with(parts -> parts.completeness = share);
    }

    /** With another share of the calls which must be in strata that pass, for the last step. */
    public DecisionPolicy withCoverage(double share) {
        return with(parts -> parts.coverage = share);
    }

    /** With other limits for what the candidate may take. */
    public DecisionPolicy withLatency(LatencyPolicy other) {
        return with(parts -> parts.latency = other);
    }

    /** With strata that may stay undecided in the last step. */
    public DecisionPolicy withWaived(Set<String> names) {
        return with(parts -> parts.waived = names);
    }

    /** With a reason why nothing may move; empty for none. */
    public DecisionPolicy withPinned(String why) {
        return with(parts -> parts.pinned = why);
    }

    private DecisionPolicy with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.policy();
    }

    /** Whether a person said of a stratum that it may stay open, which is heard in the last step only. */
    boolean isWaived(String name) {
        return step.isLast() && waived.contains(name);
    }

    /** The rate of bad calls at least as grave as this that is tolerated. */
    public double threshold(Severity severity) {
        return switch (severity) {
            case CRITICAL -> threshold / SEVERITY_STEP;
            case MAJOR -> threshold;
            case MINOR -> Math.max(threshold, Math.min(MOST_MINOR, threshold * SEVERITY_STEP));
        };
    }

    private static void requireShare(double share, String name) {
        if (!(share > 0 && share <= 1)) { // also catches NaN, and a 0 that a mapper of JSON puts where nothing is said
            throw new IllegalArgumentException(name + " must be more than 0 and at most 1 but was " + share);
        }
    }

    private static void requireNotNegative(Duration duration, String name) {
        if (requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException(name + " must be 0 or more but was " + duration);
        }
    }

    /** What may be set beside a step, while one of it is being changed. */
    private static final class Parts {

        private final DecisionPolicy before;
        private double threshold;
        private double alpha;
        private Duration soak;
        private Duration maxAge;
        private double completeness;
        private double coverage;
        private Set<String> waived;
        private LatencyPolicy latency;
        private RollbackPolicy rollback;
        private String pinned;

        Parts(DecisionPolicy before) {
            this.before = before;
            this.threshold = before.threshold;
            this.alpha = before.alpha;
            this.soak = before.soak;
            this.maxAge = before.maxAge;
            this.completeness = before.completeness;
            this.coverage = before.coverage;
            this.waived = before.waived;
            this.latency = before.latency;
            this.rollback = before.rollback;
            this.pinned = before.pinned;
        }

        DecisionPolicy policy() {
            return new DecisionPolicy(
                    before.step,
                    threshold,
                    alpha,
                    soak,
                    maxAge,
                    completeness,
                    coverage,
                    waived,
                    latency,
                    rollback,
                    before.candidateServes,
                    pinned);
        }
    }

    /**
     * A step of the way from the first parallel run to the end of the primary.
     */
    public enum Step {
        /** The candidate is to serve one call in a hundred. */
        SHADOW_TO_1_PERCENT(0.01, 0.05, Duration.ofHours(1), false),
        /** From one call in a hundred to one in twenty. */
        FROM_1_TO_5_PERCENT(0.005, 0.05, Duration.ofHours(1), true),
        /** From one call in twenty to one in four. */
        FROM_5_TO_25_PERCENT(0.002, 0.05, Duration.ofHours(4), true),
        /** From one call in four to half of them. */
        FROM_25_TO_50_PERCENT(0.001, 0.01, Duration.ofDays(1), true),
        /** The candidate is to serve all calls, and the primary to be compared with it. */
        HALF_TO_REVERSE_SHADOW(0.001, 0.01, Duration.ofDays(1), true),
        /** The primary is to go. A person approves. */
        TO_CANDIDATE_ONLY(0.001, 0.01, Duration.ofDays(7), true);

        private final double threshold;
        private final double alpha;
        private final Duration soak;
        private final boolean candidateServes;

        Step(double threshold, double alpha, Duration soak, boolean candidateServes) {
            this.threshold = threshold;
            this.alpha = alpha;
            this.soak = soak;
            this.candidateServes = candidateServes;
        }

        /** Whether there is no way back after it. */
        public boolean isLast() {
            return this == TO_CANDIDATE_ONLY;
        }
    }

    /**
     * What the candidate may take: at each quantile the primary's time, times a factor, and some more.
     *
     * @param quantiles each between 0 and 1; empty to leave latency out
     * @param factor 1 or more
     * @param slack 0 or more
     */
    public record LatencyPolicy(List<Double> quantiles, double factor, Duration slack) {

        /** The median, p95 and p99 within 1.25 times the primary's and 5 ms. */
        public static final LatencyPolicy DEFAULT =
                new LatencyPolicy(List.of(0.5, 0.95, 0.99), 1.25, Duration.ofMillis(5));

        /** Latency does not matter. */
        public static final LatencyPolicy NONE = new LatencyPolicy(List.of(), 1, Duration.ZERO);

        /** Checks and copies. */
        public LatencyPolicy {
            quantiles = List.copyOf(quantiles);
            quantiles.forEach(quantile -> CountChecks.requireRate(quantile, "quantile"));
            if (!(factor >= 1 && factor <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("factor must be 1 or more, and finite, but was " + factor);
            }
            requireNotNegative(slack, "slack");
        }
    }

    /**
     * When an alarm is raised at once, whatever the average says.
     *
     * @param level the rate of bad calls above which a break is looked for, between 0 and 1
     * @param buckets after how many buckets of ten seconds a false alarm is accepted on average, 1 or more
     * @param firstContact the rate of bad calls since the beginning above which it stops at once, at 99 %, between 0 and 1
     */
    public record RollbackPolicy(double level, double buckets, double firstContact) {

        private static final double NINETY_DAYS = 777_600; // of buckets

        /** Checks. */
        public RollbackPolicy {
            CountChecks.requireRate(level, "level");
            CountChecks.requireRate(firstContact, "firstContact");
            if (!(buckets >= 1)) {
                throw new IllegalArgumentException("buckets must be 1 or more but was " + buckets);
            }
        }

        /** The defaults beside a tolerated rate: a break above five times it, and at least 0.5 %, with a false alarm in 90 days; a beginning above it, and at least 1 %. */
        public static RollbackPolicy of(double threshold) {
            double level = Math.min(0.5, Math.max(5 * threshold, 0.005));
            return new RollbackPolicy(level, NINETY_DAYS, Math.max(0.01, threshold));
        }
    }
}
