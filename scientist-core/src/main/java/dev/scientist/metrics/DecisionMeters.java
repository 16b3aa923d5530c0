package dev.scientist.metrics;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import dev.scientist.decision.ExperimentDecisions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * Shows the decision about every experiment, and the numbers that it is made from, on a {@link MeterRegistry}: the
 * gauges from {@link ScientistMeter#RATE_UPPER} to {@link ScientistMeter#DECISION}. The other meters are those of
 * the {@link MicrometerPublisher}.
 *
 * <p>It is decided on the thread that reads a gauge, once for all gauges of an experiment and at most once a second;
 * calls cost nothing. Gauges of a stratum appear once a decision has been read after its first call, of at most 200
 * strata and {@code OTHER}. If several experiments of one name are shown on a registry, the gauges show the least
 * favourable decision. When the last of these experiments ends, the gauges are removed.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // the type is of an optional library, which every user of this class has
public final class DecisionMeters implements ExperimentListener {

    private final MeterRegistry registry;
    private final ExperimentDecisions decisions;
    private final LongSupplier nanoTime;

    /**
     * Creates a listener, to be added to the builder of a {@link dev.scientist.Scientist}.
     *
     * @param registry the registry in which the gauges are registered when experiments are declared
     * @param decisions decides about them
     */
    public DecisionMeters(MeterRegistry registry, ExperimentDecisions decisions) {
        this(registry, decisions, System::nanoTime);
    }

    DecisionMeters(MeterRegistry registry, ExperimentDecisions decisions, LongSupplier nanoTime) {
        this.registry = requireNonNull(registry, "registry");
        this.decisions = requireNonNull(decisions, "decisions");
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
