package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * One call whose primary is run by other code, such as a Reactor pipeline or an HTTP filter, which reports the
 * primary's outcome here. {@link Experiment.Call#observe()} starts the call.
 *
 * <p>Only the first call of one of these methods counts; further calls do nothing. Call the method before the answer is
 * passed on, so that a snapshot shows the answer unchanged. None of these methods throws, waits, or runs a candidate,
 * except that with {@link ExperimentOptions.Start#SAME_THREAD} the candidate runs and is compared in it.
 *
 * <p>If none of them is ever called, candidates still have their deadline. The call is given up a minute after the
 * candidate timeout, or when the {@link Scientist} is closed, and the library keeps no reference to this object. The
 * permits of candidates return as in any other call, when the candidates have ended and the call was judged or given
 * up.
 *
 * <p>The verdict of a call without an outcome of the primary depends on how far its candidate is. A candidate that was
 * started is {@link Verdict#UNCOMPARED}, with the reason {@link Verdict.Reason#CANCELLED} if the caller gave up the
 * call or the Scientist was closed, and {@link Verdict.Reason#OVER_BUDGET} if the answer was too long or nothing was
 * reported. A candidate that was late is {@link Verdict#TIMED_OUT} all the same. A candidate that was not started yet
 * is {@link Verdict#SKIPPED}, with the reason {@link Verdict.Reason#ABANDONED} or {@link Verdict.Reason#SHUTDOWN}; with
 * {@link ExperimentOptions.Start#AFTER_PRIMARY} and {@link ExperimentOptions.Start#SAME_THREAD} that is every one.
 *
 * <p>Threads: any thread may report, and several may do so at the same time. Invariant: exactly one report counts.
 * Consequence: the call has one verdict for each candidate.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public interface ObservedPrimary<T> {

    /**
     * Reports that the primary has returned.
     *
     * @param value the primary's answer; {@code null} is a legal answer
     */
    void returned(@Nullable T value);

    /**
     * Reports that the primary has failed.
     *
     * @param error the primary's error. It must be wrapped neither more nor less than the candidate's errors are. If
     *     null is passed nevertheless, the call counts as {@link #cancelled()}
     */
    void threw(Throwable error);

    /**
     * Reports that the caller has given up the call, so that the primary's outcome stays unknown. The call is
     * {@link Verdict.Reason#CANCELLED} for a candidate that was started in time. Candidates that have not started are
     * not run, and owned futures are cancelled.
     */
    void cancelled();

    /**
     * Reports that the primary's answer is longer than may be kept. The call is {@link Verdict.Reason#OVER_BUDGET} for
     * a candidate that was started in time, which is no evidence against it. Candidates are cancelled as for
     * {@link #cancelled()}.
     *
     * @param limit describes the limit, which is logged once. If null is passed nevertheless, the call counts as
     *     {@link #cancelled()}
     */
    void tooLong(OverBudgetException limit);
}
