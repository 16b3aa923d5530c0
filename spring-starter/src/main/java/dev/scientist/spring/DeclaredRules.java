package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.SnapshotFormat;
import dev.scientist.comparators.RuleSet;
import dev.scientist.comparators.RuledComparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules of every experiment that compares under rules, whether code or properties chose its comparator.
 *
 * <p>Threads: any. Invariant: the rules are those of the comparator with which the experiment of a name was
 * last declared; a second experiment of that name is refused before it gets here. Consequence: they are the
 * rules of the experiment that exists.
 */
final class DeclaredRules {

    private static final Logger log = LoggerFactory.getLogger(DeclaredRules.class);

    private final Map<String, RuleSet> byExperiment = new ConcurrentHashMap<>();

    /** Remembers the rules of a comparator. It is called when nothing changes the options any more. */
    void remember(String experiment, ExperimentOptions.Builder<?> options) {
        byExperiment.remove(experiment);
        try {
            rulesOf(options).ifPresent(rules -> byExperiment.put(experiment, rules));
        } catch (Throwable failed) { // in a comparator of the application: the experiment can do without this
            log.warn(
                    "experiment {}: rules() of its comparator failed with {}; its rules are not shown",
                    experiment,
                    failed.getClass().getName());
        }
    }

    private static Optional<RuleSet> rulesOf(ExperimentOptions.Builder<?> options) {
        SnapshotFormat format = options.snapshotFormat();
        if (format == null) {
            return RuledComparator.rulesOf(options.comparator());
        }
        return RuledComparator.rulesOf(format instanceof RuledSnapshot chosen ? chosen.format() : format);
    }

    /** Forgets the rules of an experiment that has ended. */
    void forget(String experiment) {
        byExperiment.remove(experiment);
    }

    /** The rules of an experiment; null for one whose comparator takes none. */
    @Nullable
    RuleSet rules(String experiment) {
        return byExperiment.get(experiment);
    }
}
