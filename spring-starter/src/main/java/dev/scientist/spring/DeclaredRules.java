package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.RuleProposals;
import dev.scientist.comparators.RuleSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of every experiment that compares under rules, and what was seen of its disagreements, for proposals. Keeps
 * no value.
 *
 * <p>Threads: any. Invariant: the rules are those of the comparator that the experiment was declared with. Consequence:
 * a second experiment of a name, which is refused, changes nothing here.
 */
final class DeclaredRules implements TrialPublisher {

    private record Known(RuleSet rules, RuleProposals proposals) {}

    private final Map<String, Known> byExperiment = new ConcurrentHashMap<>();

    /** Takes note of the comparator, when nothing else will change it. */
    void remember(String experiment, ExperimentOptions.Builder<?> options) {
        if (options.comparator() instanceof JsonComparator documents) {
            byExperiment.putIfAbsent(experiment, new Known(documents.rules(), RuleProposals.create()));
        }
    }

    /** The rules of an experiment; null for one whose comparator takes none. */
    @Nullable
    RuleSet rules(String experiment) {
        Known known = byExperiment.get(experiment);
        return known == null ? null : known.rules;
    }

    /** What may be noise in the disagreements of an experiment; null for one whose comparator takes no rules. */
    @Nullable
    RuleProposals proposals(String experiment) {
        Known known = byExperiment.get(experiment);
        return known == null ? null : known.proposals;
    }

    @Override
    public boolean accepts(Trial<?> trial) {
        return trial.isDisagreement() && byExperiment.containsKey(trial.experiment());
    }

    @Override
    public void publish(Trial<?> trial) {
        RuleProposals proposals = proposals(trial.experiment());
        if (proposals != null) {
            trial.disagreements().forEach(candidate -> proposals.observe(candidate.differences()));
        }
    }
}
