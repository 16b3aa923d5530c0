package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps every experiment of the application by name, whether code or an annotation declared it. */
final class DeclaredExperiments implements ExperimentListener {

    /** The bean and the method that an annotation made the candidate of an experiment. */
    record Candidate(String bean, String method) {}

    private final Map<String, Experiment<?>> byName = new ConcurrentSkipListMap<>();
    private final Map<String, Candidate> candidates = new ConcurrentHashMap<>();
    private final List<Consumer<String>> forgetting = new CopyOnWriteArrayList<>();

    /**
     * Registers what is to be called with the name of an experiment that has ended, before another
     * experiment can have that name.
     */
    void whenEnded(Consumer<String> forget) {
        forgetting.add(forget);
    }

    @Override
    public void declared(Experiment<?> experiment) {
        byName.putIfAbsent(experiment.name(), experiment); // of several Scientists, the first one that has not ended it
    }

    @Override
    public void ended(Experiment<?> experiment) {
        if (byName.remove(experiment.name(), experiment)) {
            candidates.remove(experiment.name());
            forgetting.forEach(forget -> forget.accept(experiment.name()));
        }
    }

    /** All experiments that have not ended, in the order of their names; a live view. */
    Collection<Experiment<?>> all() {
        return byName.values();
    }

    /** Remembers the candidate that an annotation gave an experiment. */
    void candidate(String experiment, Candidate candidate) {
        candidates.putIfAbsent(experiment, candidate);
    }

    /** The candidate that an annotation gave an experiment; null for an experiment that code declared. */
    @Nullable
    Candidate candidateOf(String experiment) {
        return candidates.get(experiment);
    }

    @Nullable
    Experiment<?> find(String name) {
        return byName.get(name);
    }
}
