package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Every experiment of the application by name, whether code or an annotation declared it. A publisher because those are
 * told; it wants no trials.
 */
final class DeclaredExperiments implements TrialPublisher {

    private final Map<String, Experiment<?>> byName = new ConcurrentSkipListMap<>();

    @Override
    public void declared(Experiment<?> experiment) {
        byName.putIfAbsent(experiment.name(), experiment); // of several Scientists, the first one that lives
    }

    @Override
    public void ended(Experiment<?> experiment) {
        byName.remove(experiment.name(), experiment);
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

    @Nullable
    Experiment<?> find(String name) {
        return byName.get(name);
    }
}
