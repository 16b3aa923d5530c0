package dev.scientist;

/**
 * Receives trials, for example to log or to store them. A publisher is told of experiments too; if you need no trials,
 * use an {@link ExperimentListener}.
 *
 * <p>Publishers are isolated from each other. Each has its own backlog, bounded by
 * {@link Scientist.Builder#publisherBacklog(int)}; trials that do not fit are dropped and counted. A publisher that
 * throws or hangs delays neither the caller nor a candidate nor another publisher. A publisher receives one trial at a
 * time, in no particular order, on a thread of the {@link Scientist}. With {@link ExperimentOptions.Start#SAME_THREAD},
 * however, it receives trials on the threads of the callers, and from several callers at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TrialPublisher extends ExperimentListener {

    /**
     * Receives one trial after its verdicts were counted.
     *
     * @param trial the trial. It may be kept, because it does not hold the caller's closures. If the experiment
     *     {@link ExperimentOptions.Builder#release releases} the answers of candidates, only {@link #isInline() inline}
     *     publishers are sure to see a candidate's value before it is released
     * @throws Exception if publishing fails; the exception is counted, logged once, and not passed on
     */
    void publish(Trial<?> trial) throws Exception;

    /**
     * Returns whether this publisher wants a trial. It is called on the judging thread before the trial takes a place
     * in the backlog, so it must be cheap and thread-safe. When it throws, the trial is not published to this
     * publisher, and the failure is counted.
     *
     * @return true by default
     */
    default boolean accepts(Trial<?> trial) {
        return true;
    }

    /** {@inheritDoc} The default does nothing. */
    @Override
    default void declared(Experiment<?> experiment) {}

    /**
     * Tells that a scientist with this publisher is closed, so that the publisher can flush, and release files,
     * connections and threads. It is called once for each scientist, after all its experiments have ended and the
     * backlog has been delivered, or dropped and counted. No trial comes afterwards, except that an
     * {@linkplain #isInline() inline} publisher may get the trial of a call whose primary ends later. A call of
     * {@link #publish} that ignores its interrupt may still be running.
     *
     * <p>Closing waits at most a second each for other user code. If a listener or publisher takes longer in
     * {@link #ended}, others may be told of ends after they are closed. If a hook takes longer that is called for a
     * candidate that was given up, an inline publisher may get such trials after it is closed.
     *
     * <p>Each publisher is closed on its own thread, so that one that hangs delays no other. {@link Scientist#close}
     * waits for it for the time that draining has left of {@link Scientist.Builder#closeTimeout}, and at least a
     * second. Then the thread is interrupted, and that is logged.
     *
     * @throws Exception if closing fails; the exception is logged and not passed on
     */
    default void closed() throws Exception {}

    /**
     * Returns whether {@link #publish} is called directly on the judging thread, from several threads at once and
     * without a backlog, so that no trial is ever dropped. This is only for publishers that are thread-safe, never
     * block and do no input or output, such as metrics.
     *
     * @return false by default
     */
    default boolean isInline() {
        return false;
    }
}
