package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * What one call came to for one candidate. The set is closed, and every call ends in exactly one verdict per
 * candidate, so the counters of a candidate sum to the number of calls.
 *
 * @since 0.1.0
 */
public enum Verdict {
    /** Both returned equal values, or both threw equal errors. */
    MATCHED("matched"),
    /** Both returned and differ, or both threw and differ. */
    MISMATCHED("mismatched"),
    /** The two differ, and a named {@link IgnoreRule} accepted the difference. */
    IGNORED("ignored"),
    /** The primary returned, the candidate threw. */
    CANDIDATE_FAILED("candidate_failed"),
    /** The primary threw, the candidate returned. The caller still got the primary's throwable. */
    PRIMARY_FAILED("primary_failed"),
    /** The candidate missed its deadline; if that was while it was being prepared, it was not called. */
    TIMED_OUT("timed_out"),
    /** The candidate was started, but no comparison was possible; the {@link Reason} says why. */
    UNCOMPARED("uncompared"),
    /** The candidate was not started; the {@link Reason} says why. */
    SKIPPED("skipped");

    private final String tag;

    Verdict(String tag) {
        this.tag = tag;
    }

    /** The value of the {@code verdict} tag in metrics and reports: lower snake case. */
    public String tag() {
        return tag;
    }

    /**
     * Whether the two sides were seen to disagree: {@link #MISMATCHED}, {@link #CANDIDATE_FAILED} or {@link
     * #PRIMARY_FAILED}.
     */
    public boolean isDisagreement() {
        return this == MISMATCHED || this == CANDIDATE_FAILED || this == PRIMARY_FAILED;
    }

    /**
     * Why a call was {@link #UNCOMPARED} or {@link #SKIPPED}. Every other verdict has the reason {@link #NONE}.
     *
     * @since 0.1.0
     */
    public enum Reason {
        /** The verdict needs no reason. */
        NONE("none", null),

        /**
         * The comparator, or the error comparator, threw; or it was not asked, because an answer shares a {@link
         * Sharing#LOCK} or {@link Sharing#POSITION} with its caller.
         */
        COMPARATOR_FAILED("comparator_failed", UNCOMPARED),
        /**
         * The comparison took longer than {@link ExperimentSettings#comparisonTimeout()}, or the answers are beyond
         * another limit of the comparator, which says so by {@link OverBudgetException}; or the primary's answer never came, or
         * is a stream of which more than {@link ExperimentSettings#maxElements()} had to be kept.
         */
        OVER_BUDGET("over_budget", UNCOMPARED),
        /** The snapshot of the primary's value threw, so what the caller was handed is not known. */
        SNAPSHOT_FAILED("snapshot_failed", UNCOMPARED),
        /** The candidate's answer could not be translated to the primary's type. */
        TRANSLATION_FAILED("translation_failed", UNCOMPARED),
        /**
         * An answer shares the {@link Sharing#SESSION} of its caller, so that to read it here could change what the caller
         * sees, and there is no snapshot.
         */
        SESSION("session", UNCOMPARED),
        /** The candidate tried to write, which its experiment does not {@link Effects allow}, and was refused. */
        EFFECT_REFUSED("effect_refused", UNCOMPARED),
        /** There was no place for the candidate in its share of a pool that it uses together with callers. */
        POOL("pool", UNCOMPARED),
        /** One side was cancelled: the caller gave up its asynchronous call, or the {@link Scientist} was closed. */
        CANCELLED("cancelled", UNCOMPARED),

        /** The experiment, or the whole {@link Scientist}, is switched off; or this call offered no such candidate. */
        DISABLED("disabled", SKIPPED),
        /** The call was not in the sample. */
        NOT_SAMPLED("not_sampled", SKIPPED),
        /** The condition {@link ExperimentOptions.Builder#runIf} said no, or threw. */
        RUN_IF("run_if", SKIPPED),
        /** No permit was free, or a bulkhead or rate limiter refused. */
        SATURATED("saturated", SKIPPED),
        /** A circuit breaker is open. */
        CIRCUIT_OPEN("circuit_open", SKIPPED),
        /** The call was made by a candidate, or by a hook such as a publisher or a comparator; those start no candidates. */
        NESTED("nested", SKIPPED),
        /**
         * The candidate could not be started safely: its argument copy, its context or its preparation failed, or an argument
         * shares its {@link Sharing session or position} with the caller and nothing copies it.
         */
        UNSAFE("unsafe", SKIPPED),
        /** The caller gave up its asynchronous call, or its primary never came or was too long, before the candidate started. */
        ABANDONED("abandoned", SKIPPED),
        /** The {@link Scientist} is closed. */
        SHUTDOWN("shutdown", SKIPPED);

        private final String tag;
        private final @Nullable Verdict verdict;

        Reason(String tag, @Nullable Verdict verdict) {
            this.tag = tag;
            this.verdict = verdict;
        }

        /** The value of the {@code reason} tag in metrics and reports: lower snake case. */
        public String tag() {
            return tag;
        }

        /**
         * Whether this reason can stand beside a verdict.
         *
         * @param other the verdict
         * @return true for the one verdict this reason explains; for {@link #NONE}, true for each verdict that
         *     needs no reason
         */
        public boolean explains(Verdict other) {
            return verdict == null ? other != UNCOMPARED && other != SKIPPED : verdict == other;
        }
    }
}
