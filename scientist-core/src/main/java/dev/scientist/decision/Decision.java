package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What counts justify, with the reasons. The same counts and policy always come to the same decision: there is no clock in
 * it, no randomness, no input or output.
 *
 * @param kind what may be done
 * @param reasons why, what weighs most first; never empty
 * @since 0.1.0
 */
public record Decision(Kind kind, List<Reason> reasons) {

    /** Checks and copies. */
    public Decision {
        requireNonNull(kind, "kind");
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("reasons must not be empty: a decision explains itself");
        }
    }

    /**
     * Decides. The first of these that holds: pinned; evidence that is missing, stale, incomplete or mixed is HOLD; an
     * alarm or a threshold that is broken is ROLLBACK where the candidate serves, and HOLD where it does not; all that the
     * policy asks for is ADVANCE, or PROMOTE for the last step; anything else is HOLD.
     *
     * <p>The chance of ever advancing although the true rate of bad calls, averaged over what was counted, is above the
     * policy's threshold is at most its alpha, however often this is asked. Where there are several strata each must pass,
     * which needs no correction.
     *
     * @param evidence what was counted
     * @param policy what must be shown
     */
    public static Decision decide(EvidenceSnapshot evidence, DecisionPolicy policy) {
        return new Decider(requireNonNull(evidence, "evidence"), requireNonNull(policy, "policy")).decide();
    }

    /**
     * What is known of the rate of bad calls of every stratum, for those who draw it: the rate that decides the stratum, also
     * where the decision has other reasons. By name, in order; empty before the first comparison.
     *
     * @param evidence what was counted
     * @param policy what must be shown
     */
    public static SortedMap<String, Rate> rates(EvidenceSnapshot evidence, DecisionPolicy policy) {
        return new Decider(requireNonNull(evidence, "evidence"), requireNonNull(policy, "policy")).rates();
    }

    /** The decision and its first reason, in one sentence. */
    @Override
    public String toString() {
        return kind + ": " + reasons.get(0).sentence();
    }

    /** What may be done. */
    public enum Kind {
        /** Stay where you are. */
        HOLD("hold"),
        /** Go one step on. */
        ADVANCE("advance"),
        /** Take the last step: the primary may go, when a person approves. */
        PROMOTE("promote"),
        /** Give callers the primary's answers again, at once. */
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

    /** What a {@link Reason} is about. A closed set; names are stable. */
    public enum Code {
        /** A person keeps it where it is. */
        PINNED,
        /** Nothing was compared yet. */
        NO_DATA,
        /** The latest comparison is too old. */
        STALE,
        /** Versions or rules were mixed. */
        MIXED_VERSIONS,
        /** Too many calls that were to be compared, or to run the primary twice, were not. */
        INCOMPLETE,
        /** The rate of bad calls has just risen. */
        RATE_ROSE,
        /** It began with too many bad calls. */
        FIRST_CONTACT,
        /** A difference was seen of which one is too many. */
        CRITICAL_SEEN,
        /** The rate of bad calls is above its threshold. */
        RATE_ABOVE,
        /** Nobody knows yet whether the rate of bad calls is below its threshold. */
        RATE_UNDECIDED,
        /** The rate of bad calls is below its threshold. */
        RATE_BELOW,
        /** The candidate is too slow. */
        SLOWER,
        /** Nobody knows yet whether the candidate is fast enough. */
        LATENCY_UNDECIDED,
        /** The candidate is fast enough. */
        FAST_ENOUGH,
        /** The strata that pass are too few of the calls. */
        COVERAGE,
        /** It has not been counted for long enough. */
        SOAK,
        /** The primary mostly differs from itself at a place, so that nobody can see whether the candidate is right there. */
        UNVERIFIED_PATH,
        /** The primary differs from itself at a place: a rule is proposed. */
        VOLATILE_PATH,
        /** More of the same, left out here. */
        MORE
    }

    /** Of which calls a rate is. */
    public enum Subject {
        /** Of calls with a critical difference. */
        CRITICAL("has critical differences"),
        /** Of calls that differ, failed or were late. */
        MAJOR("differs"),
        /** Of calls that differ, failed or were late, minor differences included. */
        MINOR("differs, minor differences included,"),
        /** Of calls that could not be compared. */
        UNCOMPARED("could not be compared"),
        /** Of calls in which the candidate differs, less those in which the primary differs from itself. */
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
     * One reason: the numbers, and the sentence they make.
     *
     * @param code what it is about
     * @param stratum the class of calls; null where it is about all of them
     * @param rate the rate of bad calls and what is known of it; null where it is about something else
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
     * A rate of bad calls, and what is known of the true one. For {@link Subject#EXCESS} the rate and its threshold are
     * those of the difference, and there are no bounds.
     *
     * @param subject of which calls
     * @param n comparisons
     * @param k bad ones among them; for an excess those in which the candidate was worse, less those in which it was better
     * @param value k / n; 0 without data
     * @param lower what the true rate is above, at 1 - alpha, at any time; null where it was not computed
     * @param upper what the true rate is below, at 1 - alpha, at any time; null where it was not computed
     * @param threshold what is tolerated
     * @param alpha the chance of being wrong
     * @param lnE the logarithm of the evidence that the true rate is below the threshold; ln(1/alpha) is enough
     * @param missing how many more comparisons are needed if all of them are equal; 0 where it is decided
     * @param missingAtRate how many more are needed if as many are bad as before; null for never
     * @param time how long {@code missing} takes at the present rate of calls; null where that is not known
     */
    public record Rate(
            Subject subject,
            long n,
            long k,
            double value,
            @Nullable Double lower,
            @Nullable Double upper,
            double threshold,
            double alpha,
            double lnE,
            long missing,
            @Nullable Long missingAtRate,
            @Nullable Duration time) {

        /** Checks. */
        public Rate {
            requireNonNull(subject, "subject");
        }
    }
}
