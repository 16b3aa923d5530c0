package dev.scientist.metrics;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Publishes every {@link ScientistMeter} of every experiment, but those of decisions, to a {@link MeterRegistry}.
 *
 * <p>All meters but {@code scientist.duration} read the counts the experiment keeps anyway, so they cost a call
 * nothing, and nothing is looked up per call. Durations are recorded for each trial, off the caller's path.
 *
 * <p>A meter shows the sum of all experiments that end up under its id on one registry: of several Scientists, of this
 * publisher or another one, of one that was removed and the next of its name, and of those that a filter of the registry
 * merges. What has ended stays in the sum, which never goes backwards. When a Scientist closes, meters that only its
 * experiments had are removed from the registry.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // of an optional library: whoever calls this has it
public final class MicrometerPublisher implements TrialPublisher {

    private final MeterSums sums;
    private final Map<String, ExperimentMeters> experiments = new ConcurrentHashMap<>();

    /**
     * Publishes to a registry.
     *
     * @param registry where the meters are registered, when experiments are declared
     */
    public MicrometerPublisher(MeterRegistry registry) {
        this.sums = MeterSums.of(requireNonNull(registry, "registry"));
    }

    @Override
    public void declared(Experiment<?> experiment) {
        // Not while the map is locked: the registry has filters and listeners of its own.
        ExperimentMeters made = new ExperimentMeters(sums, experiment.name());
        while (true) {
            ExperimentMeters known = experiments.putIfAbsent(experiment.name(), made);
            if ((known == null ? made : known).add(experiment)) {
                break;
            }
            experiments.remove(experiment.name(), known); // loses to closed(), which has released it
        }
    }

    @Override
    public void publish(Trial<?> trial) {
        ExperimentMeters meters = experiments.get(trial.experiment());
        if (meters != null) {
            meters.record(trial);
        }
    }

    @Override
    public void ended(Experiment<?> experiment) {
        ExperimentMeters meters = experiments.get(experiment.name());
        if (meters != null) {
            meters.end();
        }
    }

    @Override
    public void closed() {
        List<ExperimentMeters> unused = new ArrayList<>();
        experiments.values().removeIf(meters -> meters.endIfUnused() && unused.add(meters));
        sums.release(unused);
        sums.settle();
    }

    @Override
    public boolean isInline() {
        return true;
    }
}
