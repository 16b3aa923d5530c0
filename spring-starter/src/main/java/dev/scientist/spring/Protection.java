package dev.scientist.spring;

import dev.scientist.Effects;
import dev.scientist.ExperimentOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What protects the callers of an experiment, as it was declared.
 *
 * @param hasSnapshot whether answers are compared as a snapshot shows them
 * @param copied types of arguments that are copied
 * @param effects what candidates may do
 */
record Protection(boolean hasSnapshot, Set<Class<?>> copied, Effects effects) {

    /** Whether an argument is copied for candidates. */
    boolean copies(DeclaredSharing.Part argument) {
        // A copier of all arguments, in their list, copies each of them.
        return copied.stream().anyMatch(type -> type == Object[].class || type.isAssignableFrom(argument.raw()));
    }

    /**
     * The protections of all experiments, by name.
     *
     * <p>Threads: any. Invariant: what is known of an experiment is what that of its name was last declared with; a second one,
     * which is refused, does not come so far. Consequence: it is that of the experiment that lives.
     */
    static final class OfAll {

        private final Map<String, Protection> byExperiment = new ConcurrentHashMap<>();

        /** Takes note of the options, when nothing else will change them. */
        void remember(String experiment, ExperimentOptions.Builder<?> options) {
            byExperiment.put(
                    experiment, new Protection(options.hasSnapshot(), options.copiedArguments(), options.effects()));
        }

        /** The experiment has ended. */
        void forget(String experiment) {
            byExperiment.remove(experiment);
        }

        /** Of one experiment; null where it is not known, because the application makes its own Scientist. */
        @Nullable
        Protection of(String experiment) {
            return byExperiment.get(experiment);
        }
    }
}
