package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * One call whose primary is run by somebody else, such as a pipeline of Reactor or a filter of HTTP, who tells here what the
 * primary came to. {@link Experiment.Call#observe()} starts it.
 *
 * <p>The first of these methods that is called counts, and every further call does nothing. Call it before the answer is
 * handed on, so that a snapshot shows it as it was. None of them throws, waits, or runs a candidate, except that with {@link
 * ExperimentOptions.Start#SAME_THREAD} the candidate runs and is compared there.
 *
 * <p>Where none of them is ever called, candidates still meet their deadline, and the call is given up a minute after the time
 * that a candidate may run, or when the {@link Scientist} is closed: {@link Verdict#UNCOMPARED}, {@link
 * Verdict.Reason#OVER_BUDGET} or {@link Verdict.Reason#CANCELLED}. Nothing keeps this object then but whoever has it. The
 * permits of candidates return as for any other call, when they have ended and the call was judged or given up.
 *
 * <p>Threads: any thread may tell, several at once too. Invariant: one of them is heard. Consequence: the call has one verdict
 * for each candidate.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public interface ObservedPrimary<T> {

    /**
     * The primary has returned.
     *
     * @param value what it returned; {@code null} is a value like any other
     */
    void returned(@Nullable T value);

    /**
     * The primary has failed.
     *
     * @param error what it failed with, not wrapped in anything that the candidate's error would not be wrapped in
     */
    void threw(Throwable error);

    /**
     * The caller has given up the call, so that nobody knows what the primary would have come to: {@link
     * Verdict.Reason#CANCELLED}. Candidates that were not started are not, and owned futures are cancelled.
     */
    void cancelled();

    /**
     * The primary's answer is longer than what is kept of one: {@link Verdict.Reason#OVER_BUDGET}, which is no evidence
     * against a candidate. Candidates are cancelled as for {@link #cancelled()}.
     *
     * @param limit says which limit; reported once
     */
    void tooLong(OverBudgetException limit);
}
