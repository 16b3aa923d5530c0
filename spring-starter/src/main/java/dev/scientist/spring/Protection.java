package dev.scientist.spring;

import dev.scientist.Effects;
import dev.scientist.ExperimentOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what protects the callers of an experiment, as it was declared.
 *
 * @param hasSnapshot whether answers are compared as a snapshot shows them
 * @param copied the types of arguments that are copied
 * @param effects what candidates may do
 */
record Protection(boolean hasSnapshot, Set<Class<?>> copied, Effects effects) {

    /** Whether an argument is copied for candidates. */
    boolean copies(DeclaredSharing.Part argument) {
        // A copier of the whole argument array copies each argument.
        return copied.stream().anyMatch(type -> type == Object[].class || type.isAssignableFrom(argument.raw()));
    }

    /**
     * The protections of all experiments, by name.
     *
     * <p>Threads: any. Invariant: the protection is that with which the experiment of a name was last
     * declared; a second experiment of that name is refused before it gets here. Consequence: it is the
     * protection of the experiment that exists.
     */
    static final class OfAll {

        private final Map<String, Protection> byExperiment = new ConcurrentHashMap<>();

        /** Remembers the options. It is called when nothing changes them any more. */
        void remember(String experiment, ExperimentOptions.Builder<?> options) {
            byExperiment.put(
                    experiment, new Protection(options.hasSnapshot(), options.copiedArguments(), options.effects()));
        }

        /** Forgets an experiment that has ended. */
        void forget(String experiment) {
            byExperiment.remove(experiment);
        }

        /**
         * The protection of one experiment; null if it is not known, because the application
         * declares its own Scientist.
         */
        @Nullable
        Protection of(String experiment) {
            return byExperiment.get(experiment);
        }
    }
}
