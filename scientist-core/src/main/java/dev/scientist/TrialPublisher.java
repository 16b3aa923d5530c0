package dev.scientist;

/**
 * Receives trials: a log, a store, a test.
 *
 * <p>Publishers are isolated. Each has a backlog of its own, bounded by {@link
 * Scientist.Builder#publisherBacklog(int)}; trials that do not fit are dropped and counted. One that throws or
 * hangs delays neither the caller nor a candidate nor another publisher. A publisher receives one trial at a time,
 * in no promised order, on a thread of the {@link Scientist}; with {@link ExperimentOptions.Start#SAME_THREAD}, though,
 * on the threads of the callers, as many at once as there are callers.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TrialPublisher {

    /**
     * Receives one trial after its verdicts were counted.
     *
     * @param trial what happened; safe to keep, it does not hold the caller's closures. Where the experiment {@link
     *     ExperimentOptions.Builder#release releases} what candidates return, only {@link #isInline() inline} publishers see
     *     a candidate's value before it is released
     * @throws Exception is counted, logged once, and reaches nobody
     */
    void publish(Trial<?> trial) throws Exception;

    /**
     * Whether a trial concerns this publisher at all. Asked on the judging thread before the trial takes a place in the
     * backlog, so it must be cheap and thread-safe. When it throws, the trial is not published here, and that is counted.
     *
     * @return true by default
     */
    default boolean accepts(Trial<?> trial) {
        return true;
    }

    /**
     * Tells that an experiment was declared, once for each, on the declaring thread: the moment to build what is needed
     * per experiment. What this throws is contained.
     *
     * @param experiment the new experiment
     */
    default void declared(Experiment<?> experiment) {}

    /**
     * Tells that an experiment has ended, once for each: it was {@linkplain Scientist#remove removed}, or its scientist is
     * closed. The moment to let go of what is kept for it. Trials of a removed experiment that were in flight may still come;
     * another experiment of the name may be declared afterwards.
     *
     * @param experiment the one that was declared
     * @throws Exception is counted, logged once, and reaches nobody
     */
    default void ended(Experiment<?> experiment) throws Exception {}

    /**
     * Tells that a scientist with this publisher is closed, after all its experiments have ended: the moment to flush. On a
     * thread of the scientist, whose {@link Scientist#close} waits a second for it.
     *
     * @throws Exception is logged, and reaches nobody
     */
    default void closed() throws Exception {}

    /**
     * Whether {@link #publish} is called right on the judging thread, from several threads at once, without a
     * backlog, so that nothing is ever dropped. Only for publishers that are thread-safe, never block and do no
     * input or output, such as metrics.
     *
     * @return false by default
     */
    default boolean isInline() {
        return false;
    }
}
