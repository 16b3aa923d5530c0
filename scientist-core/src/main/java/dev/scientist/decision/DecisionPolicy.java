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
 * The requirements that must be shown before a candidate may go to the next step. Immutable, and a record in all its
 * parts, so that it can be stored with the decision it led to.
 *
 * <p>{@link #of(Step)} has the defaults of every step. From {@link Step#FROM_25_TO_50_PERCENT} on they tolerate at most
 * one bad call in a thousand, with 99 % confidence.
 *
 * @param step the step that the candidate is to take
 * @param threshold the rate of bad calls that is tolerated, {@link Severity#MAJOR} or graver, between 0 and 1; critical
 *     ones are tolerated ten times less often, and none may have been seen at all; minor ones ten times more often, and
 *     at most in one call of two
 * @param alpha the probability of ever advancing although the true rate is above the threshold, between 0 and 1
 * @param soak how long calls must have been counted, 0 or more
 * @param maxAge how old the latest comparison may be, more than 0
 * @param completeness the share of the calls to be compared that must have been compared, more than 0 and at most 1
 * @param coverage the share of the calls that must be in strata which pass, for the last step, more than 0 and at most
 *     1
 * @param waived the names of strata that may stay undecided or unverified in the last step, because a person decided
 *     so; in other steps they change nothing
 * @param latency the latency that is tolerated
 * @param rollback when an alarm is raised at once
 * @param candidateServes whether the candidate already serves callers, so that there is something to roll back
 * @param pinned the reason why the candidate must stay at its step, whatever the counts are; empty, the default, if it
 *     need not
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
    private static final double SEVERITY_STEP = 10; // the factor from critical to major, and from major to minor

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

    /** Returns a policy with another tolerated rate of bad calls, and the default alarms for it. */
    public DecisionPolicy withThreshold(double rate) {
        CountChecks.requireRate(rate, "threshold");
        return with(parts -> {
            parts.threshold = rate;
            parts.rollback = RollbackPolicy.of(rate);
        });
    }

    /** Returns a policy with another probability of ever being wrong. */
    public DecisionPolicy withAlpha(double chance) {
        return with(parts -> parts.alpha = chance);
    }

    /** Returns a policy with another time for which calls must have been counted. */
    public DecisionPolicy withSoak(Duration least) {
        return with(parts -> parts.soak = least);
    }

    /** Returns a policy with another maximum age of the latest comparison. */
    public DecisionPolicy withMaxAge(Duration most) {
        return with(parts -> parts.maxAge = most);
    }

    /** Returns a policy with another share of the calls to be compared that must have been compared. */
    public DecisionPolicy withCompleteness(double share) {
        return with(parts -> parts.completeness = share);
    }

    /** Returns a policy with another share of the calls that must be in strata which pass, for the last step. */
    public DecisionPolicy withCoverage(double share) {
        return with(parts -> parts.coverage = share);
    }

    /** Returns a policy with another tolerated latency. */
    public DecisionPolicy withLatency(LatencyPolicy other) {
        return with(parts -> parts.latency = other);
    }

    /** Returns a policy with other strata that may stay undecided in the last step. */
    public DecisionPolicy withWaived(Set<String> names) {
        return with(parts -> parts.waived = names);
    }

    /** Returns a policy with a reason why the candidate must stay at its step; empty for none. */
    public DecisionPolicy withPinned(String why) {
        return with(parts -> parts.pinned = why);
    }

    private DecisionPolicy with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.policy();
    }

    /** Whether a person has waived a stratum; this counts in the last step only. */
    boolean isWaived(String name) {
        return step.isLast() && waived.contains(name);
    }

    /** The tolerated rate of bad calls of a severity or graver. */
    public double threshold(Severity severity) {
        return switch (severity) {
            case CRITICAL -> threshold / SEVERITY_STEP;
            case MAJOR -> threshold;
            case MINOR -> Math.max(threshold, Math.min(MOST_MINOR, threshold * SEVERITY_STEP));
        };
    }

    private static void requireShare(double share, String name) {
        if (!(share > 0 && share <= 1)) { // also catches NaN, and the 0 that a JSON mapper uses for a missing field
            throw new IllegalArgumentException(name + " must be more than 0 and at most 1 but was " + share);
        }
    }

    private static void requireNotNegative(Duration duration, String name) {
        if (requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException(name + " must be 0 or more but was " + duration);
        }
    }

    /** The parts of a policy other than its step, while one of them is being changed. */
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
     * A step on the way from the first parallel run to the removal of the primary.
     */
    public enum Step {
        /** The candidate is to serve one call in a hundred. */
        SHADOW_TO_1_PERCENT(0.01, 0.05, Duration.ofHours(1), false),
        /** The candidate is to serve one call in twenty, after one in a hundred. */
        FROM_1_TO_5_PERCENT(0.005, 0.05, Duration.ofHours(1), true),
        /** The candidate is to serve one call in four, after one in twenty. */
        FROM_5_TO_25_PERCENT(0.002, 0.05, Duration.ofHours(4), true),
        /** The candidate is to serve half of the calls, after one in four. */
        FROM_25_TO_50_PERCENT(0.001, 0.01, Duration.ofDays(1), true),
        /** The candidate is to serve all calls, and the primary is to run as its shadow. */
        HALF_TO_REVERSE_SHADOW(0.001, 0.01, Duration.ofDays(1), true),
        /** The primary is to be removed. A person approves. */
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

        /** Whether there is no way back after this step. */
        public boolean isLast() {
            return this == TO_CANDIDATE_ONLY;
        }
    }

    /**
     * The tolerated latency of the candidate: at each quantile the primary's latency, times a factor, plus a slack.
     *
     * @param quantiles the quantiles, each between 0 and 1; empty if latency does not matter
     * @param factor the factor, 1 or more
     * @param slack the slack, 0 or more
     */
    public record LatencyPolicy(List<Double> quantiles, double factor, Duration slack) {

        /** The median, p95 and p99 may be 1.25 times the primary's plus 5 ms. */
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
     * @param level the rate of bad calls above which a rise raises an alarm, between 0 and 1
     * @param buckets the accepted mean number of buckets of ten seconds until a false alarm, 1 or more
     * @param firstContact the rate of bad calls since counting began that raises an alarm if the true rate is above it
     *     with 99 % confidence, between 0 and 1
     */
    public record RollbackPolicy(double level, double buckets, double firstContact) {

        private static final double NINETY_DAYS = 777_600; // in buckets

        /** Checks. */
        public RollbackPolicy {
            CountChecks.requireRate(level, "level");
            CountChecks.requireRate(firstContact, "firstContact");
            if (!(buckets >= 1)) {
                throw new IllegalArgumentException("buckets must be 1 or more but was " + buckets);
            }
        }

        /**
         * The defaults for a tolerated rate. The level of a rise is five times that rate, but from 0.5 % to
         * 50 %, with a false alarm in 90 days on average. The rate since counting began is the tolerated rate, and at
         * least 1 %.
         */
        public static RollbackPolicy of(double threshold) {
            double level = Math.min(0.5, Math.max(5 * threshold, 0.005));
            return new RollbackPolicy(level, NINETY_DAYS, Math.max(0.01, threshold));
        }
    }
}
