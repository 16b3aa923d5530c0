package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.comparators.RuleSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of every experiment that compares under rules, whether code or properties chose its comparator.
 *
 * <p>Threads: any. Invariant: the rules are those of the comparator that the experiment of the name was last declared with; a
 * second one, which is refused, does not come so far. Consequence: they are those of the experiment that lives.
 */
final class DeclaredRules {

    private final Map<String, RuleSet> byExperiment = new ConcurrentHashMap<>();

    /** Takes note of the comparator, when nothing else will change it. */
    void remember(String experiment, ExperimentOptions.Builder<?> options) {
        Ruled ruled = Ruled.of(options);
        if (ruled != null) {
            byExperiment.put(experiment, ruled.rules());
        } else {
            byExperiment.remove(experiment);
        }
    }

    /** The experiment has ended. */
    void forget(String experiment) {
        byExperiment.remove(experiment);
    }

    /** The rules of an experiment; null for one whose comparator takes none. */
    @Nullable
    RuleSet rules(String experiment) {
        return byExperiment.get(experiment);
    }
}
