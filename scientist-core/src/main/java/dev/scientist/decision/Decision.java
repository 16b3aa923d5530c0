package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A decision that counts justify, with its reasons. The same counts and policy always lead to the same decision: it
 * depends on no clock, no randomness, no input or output.
 *
 * @param kind what may be done
 * @param reasons the reasons, the most important first; never empty
 * @since 0.1.0
 */
public record Decision(Kind kind, List<Reason> reasons) {

    /** Checks the arguments and copies the list. */
    public Decision {
        requireNonNull(kind, "kind");
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("reasons must not be empty: a decision explains itself");
        }
    }

    /**
     * Decides, by the first of these cases that applies:
     *
     * <ol>
     *   <li>The policy is pinned: HOLD.
     *   <li>Evidence is missing, stale, incomplete or mixed: HOLD.
     *   <li>An alarm is raised, or a threshold is broken: ROLLBACK if the candidate serves, otherwise HOLD.
     *   <li>Everything that the policy requires is shown: ADVANCE, or PROMOTE for the last step.
     *   <li>In all other cases: HOLD.
     * </ol>
     *
     * <p>The probability of ever advancing although the true rate of bad calls, averaged over the counted calls, is
     * above the policy's threshold is at most its alpha, however often this is called. If there are several strata,
     * each must pass, which needs no correction.
     *
     * @param evidence the counts
     * @param policy the requirements
     */
    public static Decision decide(EvidenceSnapshot evidence, DecisionPolicy policy) {
        return new Decider(requireNonNull(evidence, "evidence"), requireNonNull(policy, "policy")).decide();
    }

    /**
     * The rate of bad calls of every stratum, for charts: the rate that decides the stratum, even if the decision has
     * other reasons. Sorted by the names of the strata; empty before the first comparison.
     *
     * @param evidence the counts
     * @param policy the requirements
     */
    public static SortedMap<String, Rate> rates(EvidenceSnapshot evidence, DecisionPolicy policy) {
        return new Decider(requireNonNull(evidence, "evidence"), requireNonNull(policy, "policy")).rates();
    }

    /**
     * This decision as a tree of maps, lists, text and numbers, for any JSON library or store. Its keys have a fixed
     * order, what is not known is left out, and {@code version} says how it is to be read. Unmodifiable.
     */
    public Map<String, Object> toWire() {
        return DecisionWire.write(this);
    }

    /**
     * Reads a tree that {@link #toWire} made, in this version of Scientist or an earlier one.
     *
     * @throws IllegalArgumentException if a newer version wrote the tree, or it was changed; the message names the
     *     place
     */
    public static Decision fromWire(Map<String, ?> tree) {
        return DecisionWire.read(tree);
    }

    /** The decision and its first reason, in one sentence. */
    @Override
    public String toString() {
        return kind + ": " + reasons.get(0).sentence();
    }

    /** The kind of a decision: what may be done. */
    public enum Kind {
        /** Stay at the present step. */
        HOLD("hold"),
        /** Go to the next step. */
        ADVANCE("advance"),
        /** Take the last step: the primary may be removed, once a person approves. */
        PROMOTE("promote"),
        /** Let the primary serve callers again, at once. */
        ROLLBACK("rollback");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        /** The value of the {@code decision} tag in metrics and reports: lower snake case. */
        public String tag() {
            return tag;
        }
    }

    /** The subject of a {@link Reason}. The set is closed, and the names are stable. */
    public enum Code {
        /** A person has pinned the policy. */
        PINNED,
        /** Nothing has been compared yet. */
        NO_DATA,
        /** The latest comparison is too old. */
        STALE,
        /** The evidence mixes versions or rules. */
        MIXED_VERSIONS,
        /** Nothing is counted, because nobody can say what is compared. */
        UNDESCRIBED,
        /**
         * Too many calls were not compared that should have been, or did not run the primary twice as they should have.
         */
        INCOMPLETE,
        /** The rate of bad calls has just risen. */
        RATE_ROSE,
        /** Too many of the first calls were bad. */
        FIRST_CONTACT,
        /** A critical difference was seen, and a single one is too many. */
        CRITICAL_SEEN,
        /** The rate of bad calls is above its threshold. */
        RATE_ABOVE,
        /** It is not known yet whether the rate of bad calls is below its threshold. */
        RATE_UNDECIDED,
        /** The rate of bad calls is below its threshold. */
        RATE_BELOW,
        /** The candidate is too slow. */
        SLOWER,
        /** It is not known yet whether the candidate is fast enough. */
        LATENCY_UNDECIDED,
        /** The candidate is fast enough. */
        FAST_ENOUGH,
        /** The strata that pass have too small a share of the calls. */
        COVERAGE,
        /** Calls have not been counted for long enough. */
        SOAK,
        /**
         * At a place the primary mostly differs from itself, so that it cannot be seen whether the candidate is right
         * there.
         */
        UNVERIFIED_PATH,
        /** The primary differs from itself at a place, for which a rule is proposed. */
        VOLATILE_PATH,
        /** There are more reasons of the same kind, which are left out. */
        MORE
    }

    /** The class of calls that a rate counts as bad. */
    public enum Subject {
        /** Calls with a critical difference. */
        CRITICAL("has critical differences"),
        /** Calls that differ by a major or critical difference, failed or were late. */
        MAJOR("differs"),
        /** Calls that differ, failed or were late, minor differences included. */
        MINOR("differs, minor differences included,"),
        /** Calls that could not be compared. */
        UNCOMPARED("could not be compared"),
        /** Calls in which only the candidate differs, less those in which only the primary differs from itself. */
        EXCESS("differs alone");

        private final String verb;

        Subject(String verb) {
            this.verb = verb;
        }

        String verb() {
            return verb;
        }
    }

    /**
     * One reason of a decision: its numbers, and a sentence with them.
     *
     * @param code what it is about
     * @param stratum the stratum; null if the reason is about all calls
     * @param rate the rate of bad calls; null if the reason is about something else
     * @param sentence one plain sentence with the numbers
     */
    public record Reason(
            Code code, @Nullable String stratum, @Nullable Rate rate, String sentence) {

        /** Checks. */
        public Reason {
            requireNonNull(code, "code");
            requireNonNull(sentence, "sentence");
        }
    }

    /**
     * A rate of bad calls, and what is known of the true rate. For {@link Subject#EXCESS} the rate and its threshold
     * are those of the excess, and there are no bounds. Immutable; two with the same numbers are equal.
     */
    public static final class Rate extends Stored {

        private final Subject subject;
        private final long n;
        private final long k;
        private final @Nullable Double lower;
        private final @Nullable Double upper;
        private final double threshold;
        private final double alpha;
        private final double lnE;
        private final long missing;
        private final @Nullable Long missingAtRate;
        private final @Nullable Duration time;

        private Rate(Builder from) {
            subject = from.subject;
            n = from.n;
            k = from.k;
            lower = from.lower;
            upper = from.upper;
            threshold = from.threshold;
            alpha = from.alpha;
            lnE = from.lnE;
            missing = from.missing;
            missingAtRate = from.missingAtRate;
            time = from.time;
        }

        /**
         * A builder of a rate.
         *
         * @param subject the class of calls that count as bad
         * @param n the number of comparisons
         * @param k the bad ones among them; for an excess those in which the candidate was worse, less those in which
         *     it was better
         */
        public static Builder builder(Subject subject, long n, long k) {
            return new Builder(subject, n, k);
        }

        /** The class of calls that count as bad. */
        public Subject subject() {
            return subject;
        }

        /** The number of comparisons. */
        public long n() {
            return n;
        }

        /**
         * The bad ones among them; for an excess those in which the candidate was worse, less those in which it was
         * better.
         */
        public long k() {
            return k;
        }

        /** k / n; 0 without data. */
        public double value() {
            return n == 0 ? 0 : (double) k / n;
        }

        /** The lower bound of the true rate, with confidence 1 - alpha at any time; null if it was not computed. */
        public @Nullable Double lower() {
            return lower;
        }

        /** The upper bound of the true rate, with confidence 1 - alpha at any time; null if it was not computed. */
        public @Nullable Double upper() {
            return upper;
        }

        /** The rate that is tolerated. */
        public double threshold() {
            return threshold;
        }

        /** The chance of being wrong. */
        public double alpha() {
            return alpha;
        }

        /** The logarithm of the evidence that the true rate is below the threshold; ln(1/alpha) is enough. */
        public double lnE() {
            return lnE;
        }

        /** How many more comparisons are needed if all of them are equal; 0 if the question is decided. */
        public long missing() {
            return missing;
        }

        /** How many more are needed if as large a share is bad as before; null if no number is enough. */
        public @Nullable Long missingAtRate() {
            return missingAtRate;
        }

        /** How long {@link #missing} comparisons take at the present rate of calls; null if that is not known. */
        public @Nullable Duration time() {
            return time;
        }

        @Override
        Map<String, Object> tree() {
            return DecisionWire.tree(this);
        }

        /** Builds a rate; what is not set is 0 or not known. Not thread-safe. */
        public static final class Builder {

            private final Subject subject;
            private final long n;
            private final long k;
            private @Nullable Double lower;
            private @Nullable Double upper;
            private double threshold;
            private double alpha;
            private double lnE;
            private long missing;
            private @Nullable Long missingAtRate;
            private @Nullable Duration time;

            private Builder(Subject subject, long n, long k) {
                this.subject = requireNonNull(subject, "subject");
                this.n = n;
                this.k = k;
            }

            /** Sets {@link Rate#lower()} and {@link Rate#upper()}. */
            public Builder bounds(double atLeast, double atMost) {
                lower = atLeast;
                upper = atMost;
                return this;
            }

            /** Sets {@link Rate#threshold()} and {@link Rate#alpha()}. */
            public Builder tolerated(double rate, double chanceOfBeingWrong) {
                threshold = rate;
                alpha = chanceOfBeingWrong;
                return this;
            }

            /** Sets {@link Rate#lnE()}. */
            public Builder lnE(double evidence) {
                lnE = evidence;
                return this;
            }

            /** Sets {@link Rate#missing()} and {@link Rate#missingAtRate()}. */
            public Builder missing(long ifAllAreEqual, @Nullable Long atRate) {
                missing = ifAllAreEqual;
                missingAtRate = atRate;
                return this;
            }

            /** Sets {@link Rate#time()}. */
            public Builder time(@Nullable Duration duration) {
                time = duration;
                return this;
            }

            /** Makes the rate. */
            public Rate build() {
                return new Rate(this);
            }
        }
    }
}
