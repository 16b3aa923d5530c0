package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps by name the experiments that have been declared and have not ended, for whoever lists them or changes their
 * settings, such as a page for operators.
 *
 * <p>It must be a {@linkplain Scientist.Builder#listener listener} of each {@link Scientist} whose experiments it is to
 * keep. If several have an experiment of the same name, it keeps the first of them until that one ends.
 *
 * <p>Threads: any. Invariant: a name belongs to one experiment until that experiment ends. Consequence: what others
 * keep by name is forgotten once, at the end of the very experiment for which they kept it.
 *
 * @since 0.1.0
 */
public final class ExperimentRegistry implements ExperimentListener {

    private final Map<String, Experiment<?>> byName = new ConcurrentSkipListMap<>();
    private final List<Consumer<? super String>> forgetting = new CopyOnWriteArrayList<>();

    private ExperimentRegistry() {}

    /** Creates an empty registry, to be given to {@link Scientist.Builder#listener}. */
    public static ExperimentRegistry create() {
        return new ExperimentRegistry();
    }

    /** Returns all experiments that have not ended, ordered by their names; a live view that cannot be changed. */
    public Collection<Experiment<?>> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Returns the experiment of a name; empty if none has been declared, or if it has ended. */
    public Optional<Experiment<?>> find(String name) {
        return Optional.ofNullable(byName.get(requireNonNull(name, "name")));
    }

    /**
     * Adds a function that drops what somebody keeps by the name of an experiment. It is called with the name when the
     * experiment has ended, on the thread that ends it, before its {@link Scientist} can declare another experiment of
     * that name. What it throws counts as a failure of this listener; the other functions are called all the same.
     */
    public void whenEnded(Consumer<? super String> forget) {
        forgetting.add(requireNonNull(forget, "forget"));
    }

    @Override
    public void declared(Experiment<?> experiment) {
        byName.putIfAbsent(experiment.name(), experiment);
    }

    @Override
    public void ended(Experiment<?> experiment) {
        if (!byName.remove(experiment.name(), experiment)) {
            return; // another Scientist's experiment has the name
        }
        RuntimeException failure = null;
        for (Consumer<? super String> forget : forgetting) {
            failure = failureOf(forget, experiment.name(), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Calls one function; returns its failure, added to the one before it if there is one. */
    private static @Nullable RuntimeException failureOf(
            Consumer<? super String> forget, String name, @Nullable RuntimeException before) {
        try {
            forget.accept(name);
            return before;
        } catch (RuntimeException thrown) {
            if (before == null) {
                return thrown;
            }
            if (before != thrown) { // an exception cannot suppress itself
                before.addSuppressed(thrown);
            }
            return before;
        }
    }
}
