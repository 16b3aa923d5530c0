package dev.scientist;

/**
 * Is told which experiments there are: a registry, gauges, a check of what is declared. What has to do with trials too is a
 * {@link TrialPublisher}, which is told the same.
 *
 * <p>Listeners are isolated: what one throws is counted under {@link Tally.Hook#LISTENER}, logged once for each listener of an
 * experiment, and reaches neither who declares nor another listener. Those of {@link Scientist.Builder#listener} are told
 * before the publishers, each in the order in which they were added. No call asks a listener, so that one costs calls nothing.
 *
 * @since 0.1.0
 */
public interface ExperimentListener {

    /**
     * Tells that an experiment was declared, once for each, on the declaring thread, which waits for it: the moment to build
     * what is needed per experiment. Experiments may be declared on several threads at once.
     *
     * @param experiment the new experiment; no call of it has been made yet
     */
    void declared(Experiment<?> experiment);

    /**
     * Tells that an experiment has ended, once for each: it was {@linkplain Scientist#remove removed}, on the thread that
     * removes it, or its scientist is closed, on a thread of the scientist. The moment to let go of what is kept for it. Trials
     * of a removed experiment that were in flight may still come; another experiment of the name may be declared afterwards.
     *
     * @param experiment the one that was declared
     * @throws Exception is counted, logged once, and reaches nobody
     */
    default void ended(Experiment<?> experiment) throws Exception {}
}
