package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference.Severity;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The requirements that must be shown before a candidate may go to the next step. Immutable; two with the same
 * requirements are equal. It can be stored, as the tree that {@link #toWire} makes, with the decision it led to.
 *
 * <p>{@link #of(Step)} has the defaults of every step. From {@link Step#FROM_25_TO_50_PERCENT} on they tolerate at most
 * one bad call in a thousand, with 99 % confidence.
 *
 * @since 0.1.0
 */
public final class DecisionPolicy extends Stored {

    private static final double MOST_MINOR = 0.5;
    private static final double SEVERITY_STEP = 10; // the factor from critical to major, and from major to minor

    private final Step step;
    private final double threshold;
    private final double alpha;
    private final Duration soak;
    private final Duration maxAge;
    private final double completeness;
    private final double coverage;
    private final Set<String> waived;
    private final LatencyPolicy latency;
    private final RollbackPolicy rollback;
    private final boolean candidateServes;
    private final String pinned;

    private DecisionPolicy(Builder from) {
        step = from.step;
        threshold = from.threshold;
        alpha = from.alpha;
        soak = from.soak;
        maxAge = from.maxAge;
        completeness = from.completeness;
        coverage = from.coverage;
        waived = from.waived;
        latency = from.latency;
        rollback = from.rollback;
        candidateServes = from.candidateServes;
        pinned = from.pinned;
    }

    /** The defaults of a step. */
    public static DecisionPolicy of(Step step) {
        return new DecisionPolicy(new Builder(step));
    }

    /**
     * This policy with other requirements: {@code policy.with(changed ->
     * changed.threshold(0.002).soak(Duration.ZERO))}.
     *
     * @param changes sets what is to be different
     */
    public DecisionPolicy with(Consumer<Builder> changes) {
        Builder builder = new Builder(this);
        changes.accept(builder);
        return new DecisionPolicy(builder);
    }

    /** The step that the candidate is to take. */
    public Step step() {
        return step;
    }

    /**
     * The rate of bad calls that is tolerated, {@link Severity#MAJOR} or graver, between 0 and 1. Critical ones are
     * tolerated ten times less often, and none may have been seen at all; minor ones ten times more often, and at most
     * in one call of two.
     */
    public double threshold() {
        return threshold;
    }

    /** The tolerated rate of bad calls of a severity or graver. */
    public double threshold(Severity severity) {
        return switch (severity) {
            case CRITICAL -> threshold / SEVERITY_STEP;
            case MAJOR -> threshold;
            case MINOR -> Math.max(threshold, Math.min(MOST_MINOR, threshold * SEVERITY_STEP));
        };
    }

    /** The probability of ever advancing although the true rate is above the threshold, between 0 and 1. */
    public double alpha() {
        return alpha;
    }

    /** How long calls must have been counted. */
    public Duration soak() {
        return soak;
    }

    /** How old the latest comparison may be. */
    public Duration maxAge() {
        return maxAge;
    }

    /** The share of the calls to be compared that must have been compared. */
    public double completeness() {
        return completeness;
    }

    /** The share of the calls that must be in strata which pass, for the last step. */
    public double coverage() {
        return coverage;
    }

    /**
     * The names of strata that may stay undecided or unverified in the last step, because a person decided so, sorted.
     * In other steps they change nothing.
     */
    public Set<String> waived() {
        return waived;
    }

    /** The latency that is tolerated. */
    public LatencyPolicy latency() {
        return latency;
    }

    /** When an alarm is raised at once. */
    public RollbackPolicy rollback() {
        return rollback;
    }

    /** Whether the candidate already serves callers, so that there is something to roll back. */
    public boolean candidateServes() {
        return candidateServes;
    }

    /** The reason why the candidate must stay at its step, whatever the counts are; empty if it need not. */
    public String pinned() {
        return pinned;
    }

    /** Whether a person has waived a stratum; this counts in the last step only. */
    boolean isWaived(String name) {
        return step.isLast() && waived.contains(name);
    }

    /**
     * This policy as a tree of maps, lists, text and numbers, for any JSON library or store. Its keys have a fixed
     * order, durations are ISO 8601, and {@code version} says how it is to be read. Unmodifiable.
     */
    public Map<String, Object> toWire() {
        return Wire.versioned(PolicyWire.VERSION, tree());
    }

    /**
     * Reads a tree that {@link #toWire} made, in this version of Scientist or an earlier one. Numbers may have come
     * back as any type that holds them exactly.
     *
     * @throws IllegalArgumentException if a newer version wrote the tree, or it was changed: it lacks a key, has a key
     *     that its version does not know, or a value that cannot be; the message names the place
     */
    public static DecisionPolicy fromWire(Map<String, ?> tree) {
        return PolicyWire.read(tree);
    }

    @Override
    Map<String, Object> tree() {
        return Wire.tree(
                "step",
                Wire.name(step),
                "threshold",
                threshold,
                "alpha",
                alpha,
                "soak",
                soak.toString(),
                "maxAge",
                maxAge.toString(),
                "completeness",
                completeness,
                "coverage",
                coverage,
                "waived",
                List.copyOf(waived),
                "latency",
                latency.tree(),
                "rollback",
                rollback.tree(),
                "candidateServes",
                candidateServes ? 1 : 0,
                "pinned",
                pinned);
    }

    /** Changes a policy. Each step checks its argument. Not thread-safe. */
    public static final class Builder {

        private final Step step;
        private double threshold;
        private double alpha;
        private Duration soak;
        private Duration maxAge = Duration.ofMinutes(15);
        private double completeness = 0.99;
        private double coverage = 0.99;
        private Set<String> waived = Set.of();
        private LatencyPolicy latency = LatencyPolicy.DEFAULT;
        private RollbackPolicy rollback;
        private boolean candidateServes;
        private String pinned = "";

        private Builder(Step step) {
            this.step = requireNonNull(step, "step");
            threshold = step.threshold;
            alpha = step.alpha;
            soak = step.soak;
            rollback = RollbackPolicy.of(threshold);
            candidateServes = step.candidateServes;
        }

        private Builder(DecisionPolicy from) {
            step = from.step;
            threshold = from.threshold;
            alpha = from.alpha;
            soak = from.soak;
            maxAge = from.maxAge;
            completeness = from.completeness;
            coverage = from.coverage;
            waived = from.waived;
            latency = from.latency;
            rollback = from.rollback;
            candidateServes = from.candidateServes;
            pinned = from.pinned;
        }

        /**
         * Sets {@link DecisionPolicy#threshold()}, between 0 and 1, both excluded; and {@link
         * DecisionPolicy#rollback()} to its default for that threshold.
         */
        public Builder threshold(double rate) {
            threshold = CountChecks.requireRate(rate, "threshold");
            rollback = RollbackPolicy.of(rate);
            return this;
        }

        /** Sets {@link DecisionPolicy#alpha()}, between 0 and 1, both excluded. */
        public Builder alpha(double chance) {
            alpha = CountChecks.requireRate(chance, "alpha");
            return this;
        }

        /** Sets {@link DecisionPolicy#soak()}, 0 or more. */
        public Builder soak(Duration least) {
            soak = CountChecks.requireNotNegative(least, "soak");
            return this;
        }

        /** Sets {@link DecisionPolicy#maxAge()}, more than 0; default 15 minutes. */
        public Builder maxAge(Duration most) {
            if (CountChecks.requireNotNegative(most, "maxAge").isZero()) {
                throw new IllegalArgumentException("maxAge must be more than 0 but was " + most);
            }
            maxAge = most;
            return this;
        }

        /** Sets {@link DecisionPolicy#completeness()}, more than 0 and at most 1; default 0.99. */
        public Builder completeness(double share) {
            completeness = CountChecks.requireShare(share, "completeness");
            return this;
        }

        /** Sets {@link DecisionPolicy#coverage()}, more than 0 and at most 1; default 0.99. */
        public Builder coverage(double share) {
            coverage = CountChecks.requireShare(share, "coverage");
            return this;
        }

        /** Sets {@link DecisionPolicy#waived()}; default none. */
        public Builder waived(Set<String> names) {
            waived = Collections.unmodifiableSet(new TreeSet<>(names));
            return this;
        }

        /** Sets {@link DecisionPolicy#latency()}; default {@link LatencyPolicy#DEFAULT}. */
        public Builder latency(LatencyPolicy tolerated) {
            latency = requireNonNull(tolerated, "latency");
            return this;
        }

        /** Sets {@link DecisionPolicy#rollback()}; default {@link RollbackPolicy#of(double)} the threshold. */
        public Builder rollback(RollbackPolicy alarms) {
            rollback = requireNonNull(alarms, "rollback");
            return this;
        }

        /** Sets {@link DecisionPolicy#candidateServes()}; default what the step says. */
        public Builder candidateServes(boolean serves) {
            candidateServes = serves;
            return this;
        }

        /** Sets {@link DecisionPolicy#pinned()}; default empty. */
        public Builder pinned(String why) {
            pinned = requireNonNull(why, "pinned");
            return this;
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
     * Immutable; two that tolerate the same are equal.
     */
    public static final class LatencyPolicy extends Stored {

        /** The median, p95 and p99 may be 1.25 times the primary's plus 5 ms. */
        public static final LatencyPolicy DEFAULT = of(List.of(0.5, 0.95, 0.99), 1.25, Duration.ofMillis(5));

        /** Latency does not matter. */
        public static final LatencyPolicy NONE = of(List.of(), 1, Duration.ZERO);

        private final List<Double> quantiles;
        private final double factor;
        private final Duration slack;

        private LatencyPolicy(List<Double> quantiles, double factor, Duration slack) {
            this.quantiles = List.copyOf(quantiles);
            this.factor = factor;
            this.slack = CountChecks.requireNotNegative(slack, "slack");
            quantiles.forEach(quantile -> CountChecks.requireRate(quantile, "quantile"));
            if (!(factor >= 1 && factor <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("factor must be 1 or more, and finite, but was " + factor);
            }
        }

        /**
         * A tolerated latency.
         *
         * @param quantiles the quantiles, each between 0 and 1; empty if latency does not matter
         * @param factor the factor, 1 or more
         * @param slack the slack, 0 or more
         */
        public static LatencyPolicy of(List<Double> quantiles, double factor, Duration slack) {
            return new LatencyPolicy(quantiles, factor, slack);
        }

        /** The quantiles; empty if latency does not matter. */
        public List<Double> quantiles() {
            return quantiles;
        }

        /** The factor. */
        public double factor() {
            return factor;
        }

        /** The slack. */
        public Duration slack() {
            return slack;
        }

        @Override
        Map<String, Object> tree() {
            return Wire.tree("quantiles", quantiles, "factor", factor, "slack", slack.toString());
        }
    }

    /**
     * When an alarm is raised at once, whatever the average says. Immutable; two that raise the same alarms are equal.
     */
    public static final class RollbackPolicy extends Stored {

        private static final double NINETY_DAYS = 777_600; // in buckets

        private final double level;
        private final double buckets;
        private final double firstContact;

        private RollbackPolicy(double level, double buckets, double firstContact) {
            this.level = CountChecks.requireRate(level, "level");
            this.buckets = buckets;
            this.firstContact = CountChecks.requireRate(firstContact, "firstContact");
            if (!(buckets >= 1 && buckets <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("buckets must be 1 or more, and finite, but was " + buckets);
            }
        }

        /**
         * The defaults for a tolerated rate. The level of a rise is five times that rate, but from 0.5 % to
         * 50 %, with a false alarm in 90 days on average. The rate since counting began is the tolerated rate, and at
         * least 1 %.
         */
        public static RollbackPolicy of(double threshold) {
            double level = Math.min(0.5, Math.max(5 * threshold, 0.005));
            return of(level, NINETY_DAYS, Math.max(0.01, threshold));
        }

        /**
         * Alarms.
         *
         * @param level the rate of bad calls above which a rise raises an alarm, between 0 and 1
         * @param buckets the accepted mean number of buckets of ten seconds until a false alarm, 1 or more
         * @param firstContact the rate of bad calls since counting began that raises an alarm if the true rate is above
         *     it with 99 % confidence, between 0 and 1
         */
        public static RollbackPolicy of(double level, double buckets, double firstContact) {
            return new RollbackPolicy(level, buckets, firstContact);
        }

        /** The rate of bad calls above which a rise raises an alarm. */
        public double level() {
            return level;
        }

        /** The accepted mean number of buckets of ten seconds until a false alarm. */
        public double buckets() {
            return buckets;
        }

        /** The rate of bad calls since counting began that raises an alarm if the true rate is shown to be above it. */
        public double firstContact() {
            return firstContact;
        }

        @Override
        Map<String, Object> tree() {
            return Wire.tree("level", level, "buckets", buckets, "firstContact", firstContact);
        }
    }
}
