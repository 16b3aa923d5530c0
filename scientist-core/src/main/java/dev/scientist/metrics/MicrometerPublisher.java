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
 * Publishes every {@link ScientistMeter} of every experiment to a {@link MeterRegistry}, except the meters of
 * decisions.
 *
 * <p>All meters except {@code scientist.duration} read the counts that the experiment keeps anyway, so they cost a call
 * nothing, and nothing is looked up per call. Durations are recorded for each trial, off the caller's path.
 *
 * <p>A meter shows the sum of all experiments that have the same id on one registry: experiments of several Scientists,
 * of this publisher or another one, an experiment that was removed and the next of its name, and those that a filter of
 * the registry merges. The counts of an experiment that has ended stay in the sum, so it never goes backwards. When a
 * Scientist closes, meters that only its experiments had are removed from the registry.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // the type is of an optional library, which every user of this class has
public final class MicrometerPublisher implements TrialPublisher {

    private final MeterSums sums;
    private final Map<String, ExperimentMeters> experiments = new ConcurrentHashMap<>();

    /**
     * Creates a publisher to a registry.
     *
     * @param registry the registry in which the meters are registered when experiments are declared
     */
    public MicrometerPublisher(MeterRegistry registry) {
        this.sums = MeterSums.of(requireNonNull(registry, "registry"));
    }

    @Override
    public void declared(Experiment<?> experiment) {
        // add() calls the registry's filters and listeners, so it is not called in a computation of the map, which
        // locks.
        ExperimentMeters made = new ExperimentMeters(sums, experiment.name());
        while (true) {
            ExperimentMeters known = experiments.putIfAbsent(experiment.name(), made);
            if ((known == null ? made : known).add(experiment)) {
                break;
            }
            experiments.remove(experiment.name(), known); // loses to closed(), which has released the meters
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
