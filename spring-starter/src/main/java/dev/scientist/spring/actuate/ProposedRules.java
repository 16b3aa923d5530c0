package dev.scientist.spring.actuate;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.comparators.RuleProposals;
import dev.scientist.comparators.RuleSet;
import dev.scientist.spring.ExperimentDetails;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proposes rules from the disagreements of each experiment that compares under rules. It keeps
 * no value and applies no rule.
 *
 * <p>Threads: any. Invariant: experiments whose comparator takes no rules are not observed. Consequence: what is kept
 * is bounded by the number of declared experiments.
 */
final class ProposedRules implements TrialPublisher {

    private final ExperimentDetails details;
    private final Map<String, RuleProposals> byExperiment = new ConcurrentHashMap<>();

    ProposedRules(ExperimentDetails details) {
        this.details = details;
    }

    /** The proposals for an experiment; the one that would leave the fewest disagreements comes first. */
    List<RuleProposals.Proposal> proposals(String experiment) {
        RuleProposals observed = byExperiment.get(experiment);
        return observed == null ? List.of() : observed.proposals();
    }

    @Override
    public void ended(Experiment<?> experiment) {
        byExperiment.remove(experiment.name()); // a later experiment of that name may compare under other rules
    }

    @Override
    public boolean accepts(Trial<?> trial) {
        return trial.isDisagreement() && details.rules(trial.experiment()).isPresent();
    }

    @Override
    public void publish(Trial<?> trial) {
        details.rules(trial.experiment()).ifPresent(rules -> observe(trial, rules));
    }

    private void observe(Trial<?> trial, RuleSet rules) {
        RuleProposals observed =
                byExperiment.computeIfAbsent(trial.experiment(), experiment -> RuleProposals.to(rules));
        trial.disagreements().forEach(candidate -> observed.observe(candidate.differences()));
    }
}
