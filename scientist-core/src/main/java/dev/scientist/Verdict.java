package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * The result of one call for one candidate. The set is closed, and every call ends in exactly one verdict per
 * candidate, so the counters of a candidate sum to the number of calls. {@code Judge} decides on two outcomes, a
 * time-out included; {@code TrialStarter} counts calls that start no candidate.
 *
 * @since 0.1.0
 */
public enum Verdict {
    /** Both sides returned equal values, or both threw equal errors. */
    MATCHED("matched"),
    /** Both sides returned and the values differ, or both threw and the errors differ. */
    MISMATCHED("mismatched"),
    /** The two sides differ, and a named {@link IgnoreRule} accepted the difference. */
    IGNORED("ignored"),
    /** The primary returned and the candidate threw. */
    CANDIDATE_FAILED("candidate_failed"),
    /** The primary threw and the candidate returned. The caller still got the primary's throwable. */
    PRIMARY_FAILED("primary_failed"),
    /**
     * The candidate missed its deadline. If the deadline passed while the candidate was being prepared, it was not
     * called.
     */
    TIMED_OUT("timed_out"),
    /** The candidate was called, but no comparison was possible; the {@link Reason} says why. */
    UNCOMPARED("uncompared"),
    /** The candidate was not called; the {@link Reason} says why. */
    SKIPPED("skipped");

    private final String tag;

    Verdict(String tag) {
        this.tag = tag;
    }

    /** Returns the value of the {@code verdict} tag in metrics and reports, in lower snake case. */
    public String tag() {
        return tag;
    }

    /**
     * Returns whether the two sides were seen to disagree: {@link #MISMATCHED}, {@link #CANDIDATE_FAILED} or
     * {@link #PRIMARY_FAILED}.
     */
    public boolean isDisagreement() {
        return this == MISMATCHED || this == CANDIDATE_FAILED || this == PRIMARY_FAILED;
    }

    /**
     * The reason why a call was {@link #UNCOMPARED} or {@link #SKIPPED}. Every other verdict has the reason
     * {@link #NONE}.
     *
     * @since 0.1.0
     */
    public enum Reason {
        /** The verdict needs no reason. */
        NONE("none", null),

        /**
         * The comparator, or the error comparator, threw, or it was not called, because an answer shares a
         * {@link Sharing#LOCK lock} or a {@link Sharing#POSITION position} with its caller.
         */
        COMPARATOR_FAILED("comparator_failed", UNCOMPARED),
        /**
         * A limit was exceeded. The comparison took longer than {@link ExperimentSettings#comparisonTimeout()}; or the
         * answers exceed a limit of the comparator, which threw an {@link OverBudgetException}; or the primary's answer
         * did not come within a minute after the candidate's timeout; or the primary's answer is a stream of which more
         * than {@link ExperimentSettings#maxElements()} elements had to be kept.
         */
        OVER_BUDGET("over_budget", UNCOMPARED),
        /**
         * No snapshot could be taken of an answer, because the hook threw, or because the caller may have changed the
         * primary's answer before.
         */
        SNAPSHOT_FAILED("snapshot_failed", UNCOMPARED),
        /** The candidate's answer could not be translated to the primary's type. */
        TRANSLATION_FAILED("translation_failed", UNCOMPARED),
        /**
         * An answer shares a {@link Sharing#SESSION session} with its caller, so reading it on another thread could
         * change what the caller sees, and no snapshot is configured.
         */
        SESSION("session", UNCOMPARED),
        /**
         * The candidate tried to write, which its experiment does not {@link Effects allow}, and the write was refused.
         */
        EFFECT_REFUSED("effect_refused", UNCOMPARED),
        /** The candidate found no free place in its share of a pool that it uses together with callers. */
        POOL("pool", UNCOMPARED),
        /** One side was cancelled: the caller gave up its asynchronous call, or the {@link Scientist} was closed. */
        CANCELLED("cancelled", UNCOMPARED),

        /**
         * The experiment, or the whole {@link Scientist}, is switched off, or this call did not offer the candidate.
         */
        DISABLED("disabled", SKIPPED),
        /** The call was not in the sample, or was over {@link ExperimentSettings#maxPerSecond()}. */
        NOT_SAMPLED("not_sampled", SKIPPED),
        /** The condition {@link ExperimentOptions.Builder#runIf} returned false or threw. */
        RUN_IF("run_if", SKIPPED),
        /** No permit was free, or a bulkhead or rate limiter refused the candidate. */
        SATURATED("saturated", SKIPPED),
        /** A circuit breaker is open. */
        CIRCUIT_OPEN("circuit_open", SKIPPED),
        /**
         * The call was made by a candidate, or by a hook such as a publisher or a comparator. Such calls start no
         * candidates.
         */
        NESTED("nested", SKIPPED),
        /**
         * The candidate could not be started safely: its argument copy, its context or its preparation failed, or an
         * argument shares a {@link Sharing session or position} with the caller and no copier copies it.
         */
        UNSAFE("unsafe", SKIPPED),
        /**
         * Before the candidate started, the caller gave up its asynchronous call, or the primary's answer was too late
         * or too long.
         */
        ABANDONED("abandoned", SKIPPED),
        /** The {@link Scientist} is drained or closed. */
        SHUTDOWN("shutdown", SKIPPED);

        private final String tag;
        private final @Nullable Verdict verdict;

        Reason(String tag, @Nullable Verdict verdict) {
            this.tag = tag;
            this.verdict = verdict;
        }

        /** Returns the value of the {@code reason} tag in metrics and reports, in lower snake case. */
        public String tag() {
            return tag;
        }

        /**
         * Returns whether this reason can explain a verdict.
         *
         * @param other the verdict
         * @return true for the one verdict that this reason explains; for {@link #NONE}, true for each verdict that
         *     needs no reason
         */
        public boolean explains(Verdict other) {
            return verdict == null ? other != UNCOMPARED && other != SKIPPED : verdict == other;
        }
    }
}
