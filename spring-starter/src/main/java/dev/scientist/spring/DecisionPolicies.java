package dev.scientist.spring;

import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Holds the decision policy of each experiment: its own properties {@code decision.*}, completed by the defaults.
 *
 * <p>Threads: any. Invariant: the properties of an experiment are read when they are first asked for, and kept until it
 * ends. Consequence: the environment is read once for each experiment, and its policy is the same wherever it is shown.
 */
final class DecisionPolicies {

    private final ConfigurableEnvironment environment;
    private final DecisionProperties defaults;
    private final Map<String, DecisionProperties> byExperiment = new ConcurrentHashMap<>();

    DecisionPolicies(ConfigurableEnvironment environment, @Nullable DecisionProperties defaults) {
        this.environment = environment;
        this.defaults = defaults == null ? DecisionProperties.NONE : defaults;
    }

    /** Forgets the properties of an experiment that has ended; a later one of its name reads them again. */
    void forget(String experiment) {
        byExperiment.remove(experiment);
    }

    DecisionPolicy policy(String experiment) {
        return said(experiment).policy();
    }

    Optional<String> attribute(String experiment) {
        return said(experiment).attribute();
    }

    /** The versions that are compared; the rules are left empty, because evidence takes those of the experiment. */
    Epoch epoch(String experiment) {
        return said(experiment).epoch();
    }

    private DecisionProperties said(String experiment) {
        return byExperiment.computeIfAbsent(experiment, name -> {
            DecisionProperties own = PropertyBlock.of(name, environment).bind().decision();
            return own == null ? defaults : own.over(defaults);
        });
    }
}
