package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** Shows the decision about every experiment, and the numbers that it is made from, on a {@link MeterRegistry}. */
final class DecisionMeters implements ExperimentListener {

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
}
