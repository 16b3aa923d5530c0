package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every experiment of the application by name, whether code or an annotation declared it. A publisher because those are
 * told; it wants no trials.
 */
final class DeclaredExperiments implements TrialPublisher {

    /** What an annotation made the candidate of an experiment. */
    record Candidate(String bean, String method) {}

    private final Map<String, Experiment<?>> byName = new ConcurrentSkipListMap<>();
    private final Map<String, Candidate> candidates = new ConcurrentHashMap<>();
    private final List<Consumer<String>> forgetting = new CopyOnWriteArrayList<>();

    /** Has what is known of an experiment by its name forgotten when it ends, before another one can have the name. */
    void whenEnded(Consumer<String> forget) {
        forgetting.add(forget);
    }

    @Override
    public void declared(Experiment<?> experiment) {
        byName.putIfAbsent(experiment.name(), experiment); // of several Scientists, the first one that lives
    }

    @Override
    public void ended(Experiment<?> experiment) {
        if (byName.remove(experiment.name(), experiment)) {
            candidates.remove(experiment.name());
            forgetting.forEach(forget -> forget.accept(experiment.name()));
        }
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

    /** All of them that have not ended, by name; live. */
    Collection<Experiment<?>> all() {
        return byName.values();
    }

    /** Takes note of what an annotation made the candidate. */
    void candidate(String experiment, Candidate candidate) {
        candidates.putIfAbsent(experiment, candidate);
    }

    /** What an annotation made the candidate; null for an experiment in code. */
    @Nullable
    Candidate candidateOf(String experiment) {
        return candidates.get(experiment);
    }

    @Nullable
    Experiment<?> find(String name) {
        return byName.get(name);
    }
}
