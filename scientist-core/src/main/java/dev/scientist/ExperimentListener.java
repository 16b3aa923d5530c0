package dev.scientist;

/**
 * Is told of the experiments that are declared and that end, for example to keep a registry, to create gauges or to
 * check declarations. To receive trials too, implement {@link TrialPublisher}, which is told the same.
 *
 * <p>Listeners are isolated from each other. What one throws is counted under {@link Tally.Hook#LISTENER}, logged once
 * for each listener of an experiment, and reaches neither the declaring code nor another listener. Listeners added by
 * {@link Scientist.Builder#listener} are told before the publishers; both are told in the order in which they were
 * added. A listener is never called during a call of an experiment, so it costs calls nothing.
 *
 * @since 0.1.0
 */
public interface ExperimentListener {

    /**
     * Tells that an experiment was declared. It is called once for each experiment, on the declaring thread, which
     * waits for it, so that a listener can create what it needs per experiment. Experiments may be declared on several
     * threads at the same time.
     *
     * @param experiment the new experiment, of which no call has been made yet, and which cannot be
     *     {@linkplain Scientist#remove removed} before all have been told of it
     */
    void declared(Experiment<?> experiment);

    /**
     * Tells that an experiment has ended, so that a listener can drop what it keeps for it. It is called once for each
     * experiment: when the experiment is {@linkplain Scientist#remove removed}, on the thread that removes it, or when
     * its scientist is closed, on a thread of the scientist. Trials of a removed experiment that were in flight may
     * still come. Another experiment with the same name may be declared afterwards. A scientist that closes waits a
     * second for this before it closes its publishers, and interrupts it when the time of the publishers is over.
     *
     * @param experiment the experiment that was declared
     * @throws Exception if the listener fails; the exception is counted, logged once, and not passed on
     */
    default void ended(Experiment<?> experiment) throws Exception {}
}
