package dev.scientist.spring;

import dev.scientist.comparators.RuleSet;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What {@code decision.*} says about each experiment, by name: its own properties, and where they say nothing the defaults.
 *
 * <p>Threads: any. Invariant: what was said of an experiment when it was first asked for does not change until it ends. Consequence: the
 * environment is read once for each, and its policy is the same wherever it is shown.
 */
final class DecisionPolicies {

    private final ConfigurableEnvironment environment;
    private final DecisionProperties defaults;
    private final DeclaredRules rules;
    private final Map<String, DecisionProperties> byExperiment = new ConcurrentHashMap<>();

    DecisionPolicies(ConfigurableEnvironment environment, @Nullable DecisionProperties defaults, DeclaredRules rules) {
        this.rules = rules;
        this.environment = environment;
        this.defaults = defaults == null ? DecisionProperties.NONE : defaults;
    }

    /** The experiment has ended: another one of its name has what is said then. */
    void forget(String experiment) {
        byExperiment.remove(experiment);
    }

    DecisionPolicy policy(String experiment) {
        return said(experiment).policy();
    }

    Optional<String> attribute(String experiment) {
        return said(experiment).attribute();
    }

    /** What is compared, under which rules: a name for them that other rules do not have. */
    Epoch epoch(String experiment) {
        RuleSet set = rules.rules(experiment);
        String name = set == null || set.rules().isEmpty()
                ? ""
                : UUID.nameUUIDFromBytes(set.toString().getBytes(StandardCharsets.UTF_8))
                        .toString();
        return said(experiment).epoch(name);
    }

    private DecisionProperties said(String experiment) {
        return byExperiment.computeIfAbsent(experiment, name -> {
            DecisionProperties own = PropertyBlock.of(name, environment).bind().decision();
            return own == null ? defaults : own.over(defaults);
        });
    }
}
