package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * Shows the decision about every experiment, and the numbers that it is made from, on a {@link MeterRegistry}. It is a
 * publisher only to be told of experiments; it accepts no trials.
 */
final class DecisionMeters implements TrialPublisher {

    private final MeterRegistry registry;
    private final ExperimentDecisions decisions;
    private final LongSupplier nanoTime;

    DecisionMeters(MeterRegistry registry, ExperimentDecisions decisions, LongSupplier nanoTime) {
        this.registry = registry;
        this.decisions = decisions;
        this.nanoTime = nanoTime;
    }

    @Override
    public void declared(Experiment<?> experiment) {
        DecisionGauges.show(registry, experiment, decisions, nanoTime);
    }

    @Override
    public void ended(Experiment<?> experiment) {
        DecisionGauges.hide(registry, experiment, decisions);
    }

    @Override
    public boolean accepts(Trial<?> trial) {
        return false;
    }

    @Override
    public void publish(Trial<?> trial) {
        // It accepts none.
    }

    @Override
    public boolean isInline() {
        return true;
    }
}
