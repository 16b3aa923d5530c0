package dev.scientist;

/**
 * Protects the systems that the candidate uses, for example as a circuit breaker, a bulkhead or a rate limiter. A guard
 * is never asked about the primary.
 *
 * <p>A guard must be thread-safe and must not block. Its exceptions are contained: if {@link #refusal()} or
 * {@link #acquire()} throws, the guard counts as refusing.
 *
 * @since 0.1.0
 */
public interface CandidateGuard {

    /**
     * Returns whether a call is refused before anything is started. It runs on the caller's thread for every sampled
     * call, so it should only read a field and change nothing.
     *
     * @return {@link Verdict.Reason#NONE} to let the call on to {@link #acquire()}, otherwise a reason of
     *     {@link Verdict#SKIPPED}
     */
    Verdict.Reason refusal();

    /**
     * Asks for permission, on a thread of the {@link Scientist}, right before the candidate is called.
     *
     * @return {@link Verdict.Reason#NONE} if permitted, and then {@link #settled} and after it {@link #ended} are each
     *     called once; otherwise a reason of {@link Verdict#SKIPPED}
     */
    Verdict.Reason acquire();

    /**
     * Tells what the candidate did. For a late candidate it is called at the deadline, before the candidate has ended.
     * A {@link Outcome.Kind#CANCELLED} outcome says nothing about the candidate's health. It is called on a thread of
     * the {@link Scientist}, or on the thread that completes an asynchronous candidate; never on a caller's thread,
     * except with {@link ExperimentOptions.Start#SAME_THREAD}.
     *
     * @param outcome what the candidate did
     */
    void settled(Outcome<?> outcome);

    /**
     * Tells that the candidate has really ended and holds no resource any more. It is called after {@link #settled},
     * perhaps long after. The candidate's permit is taken until this method returns.
     */
    void ended();
}
