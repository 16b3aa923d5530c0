package dev.scientist;

/**
 * Protects what stands behind the candidate: a circuit breaker, a bulkhead, a rate limiter. It never sees the primary.
 *
 * <p>It must be thread-safe and must not block. What it throws is contained: on the caller's thread, and in
 * {@link #acquire()}, a failing guard refuses.
 *
 * @since 0.1.0
 */
public interface CandidateGuard {

    /**
     * Whether to turn a call away before anything is started. Runs on the caller's thread for every sampled call:
     * read a field, change nothing.
     *
     * @return {@link Verdict.Reason#NONE} to let the call on to {@link #acquire()}, otherwise a reason of
     *     {@link Verdict#SKIPPED}
     */
    Verdict.Reason refusal();

    /**
     * Asks for permission, on a thread of the {@link Scientist}, right before the candidate is called.
     *
     * @return {@link Verdict.Reason#NONE} when permitted, and then {@link #settled} and after it {@link #ended} are each
     *     called once; otherwise a reason of {@link Verdict#SKIPPED}
     */
    Verdict.Reason acquire();

    /**
     * Tells what the candidate did. For a late candidate this is called at its deadline, before it has ended. A
     * {@link Outcome.Kind#CANCELLED} candidate says nothing about its health. On a thread of the {@link Scientist}, or on
     * the one that completes an asynchronous candidate; never on a caller's, except with {@link
     * ExperimentOptions.Start#SAME_THREAD}.
     *
     * @param outcome what the candidate did
     */
    void settled(Outcome<?> outcome);

    /**
     * Tells that the candidate has really ended and holds no resource any more. Comes after {@link #settled}, maybe long
     * after; until it returns, the candidate's permit is taken.
     */
    void ended();
}
