package dev.scientist.metrics;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Publishes every {@link ScientistMeter} of every experiment, but those of decisions, to a {@link MeterRegistry}.
 *
 * <p>All meters but {@code scientist.duration} read the counts the experiment keeps anyway, so they cost a call
 * nothing, and nothing is looked up per call. Durations are recorded for each trial, off the caller's path. Two
 * experiments of one name on one registry share their meters, and the registry then shows the first one's counts.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // of an optional library: whoever calls this has it
public final class MicrometerPublisher implements TrialPublisher {

    private final MeterRegistry registry;
    // Also keeps the experiments' counts alive: function meters hold them weakly.
    private final Map<String, ExperimentMeters> experiments = new ConcurrentHashMap<>();

    /**
     * Publishes to a registry.
     *
     * @param registry where the meters are registered, when experiments are declared
     */
    public MicrometerPublisher(MeterRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    @Override
    public void declared(Experiment<?> experiment) {
        experiments.computeIfAbsent(
                experiment.name(), name -> new ExperimentMeters(registry, name, experiment.tally()));
    }

    @Override
    public void publish(Trial<?> trial) {
        ExperimentMeters meters = experiments.get(trial.experiment());
        if (meters != null) {
            meters.record(trial);
        }
    }

    @Override
    public boolean isInline() {
        return true;
    }
}
