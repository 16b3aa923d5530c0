package dev.scientist.samples.shop.report;

import dev.scientist.Experiment;
import dev.scientist.Outcome;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;
import org.springframework.stereotype.Component;

/**
 * An example of an application's own publisher: it keeps how long both sides took. The starter calls every publisher
 * that is a bean. Trials in which a side threw are left out, because a quick failure is not a quick answer. A late
 * candidate counts with its time limit.
 *
 * <p>Threads: any. Invariant: for each trial either both sides are recorded or neither. Consequence: the two medians
 * are about the same calls.
 */
@Component
final class Durations implements TrialPublisher {

    /** The durations of both sides of one experiment. */
    private record Sides(Experiment<?> experiment, ConcurrentHistogram primary, ConcurrentHistogram candidate) {
        static Sides of(Experiment<?> experiment) {
            return new Sides(experiment, new ConcurrentHistogram(3), new ConcurrentHistogram(3));
        }
    }

    private final Map<String, Sides> sides = new ConcurrentSkipListMap<>();

    @Override
    public void declared(Experiment<?> experiment) {
        sides.put(experiment.name(), Sides.of(experiment));
    }

    @Override
    public void publish(Trial<?> trial) {
        Sides both = sides.get(trial.experiment());
        Outcome<?> candidate = trial.candidates().get(0).outcome();
        if (both != null
                && trial.primary().kind() == Outcome.Kind.RETURNED
                && (candidate.kind() == Outcome.Kind.RETURNED || candidate.kind() == Outcome.Kind.TIMED_OUT)) {
            both.primary().recordValue(trial.primary().elapsed().toNanos());
            both.candidate().recordValue(candidate.elapsed().toNanos());
        }
    }

    /** This publisher is quick and thread-safe, so it needs no backlog, from which trials could be dropped. */
    @Override
    public boolean isInline() {
        return true;
    }

    /** All experiments, by name. */
    Collection<Experiment<?>> experiments() {
        return sides.values().stream().<Experiment<?>>map(Sides::experiment).toList();
    }

    Latency primary(String experiment) {
        return latency(of(experiment).primary());
    }

    Latency candidate(String experiment) {
        return latency(of(experiment).candidate());
    }

    private Sides of(String experiment) {
        Sides both = sides.get(experiment);
        if (both == null) {
            throw new IllegalArgumentException(
                    "experiment must be one of " + sides.keySet() + " but was " + experiment);
        }
        return both;
    }

    private static Latency latency(ConcurrentHistogram live) {
        AbstractHistogram histogram = live.copy();
        return new Latency(
                histogram.getTotalCount(),
                Duration.ofNanos(histogram.getValueAtPercentile(50)),
                Duration.ofNanos(histogram.getValueAtPercentile(99)));
    }
}
