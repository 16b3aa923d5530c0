package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.comparators.RuleProposals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What may be noise in the disagreements of each experiment that compares under rules. Keeps no value, and applies
 * nothing.
 *
 * <p>Threads: any. Invariant: experiments whose comparator takes no rules are not observed. Consequence: what is kept is
 * bounded by the experiments that are declared.
 */
final class ProposedRules implements TrialPublisher {

    private final DeclaredRules declared;
    private final Map<String, RuleProposals> byExperiment = new ConcurrentHashMap<>();

    ProposedRules(DeclaredRules declared) {
        this.declared = declared;
    }

    /** For an experiment, the one first that would leave the fewest disagreements. */
    List<RuleProposals.Proposal> proposals(String experiment) {
        RuleProposals observed = byExperiment.get(experiment);
        return observed == null ? List.of() : observed.proposals();
    }

    @Override
    public void ended(Experiment<?> experiment) {
        byExperiment.remove(experiment.name()); // the next one of the name may compare under other rules
    }

    @Override
    public boolean accepts(Trial<?> trial) {
        return trial.isDisagreement() && declared.rules(trial.experiment()) != null;
    }

    @Override
    public void publish(Trial<?> trial) {
        RuleProposals observed = byExperiment.computeIfAbsent(trial.experiment(), experiment -> RuleProposals.create());
        trial.disagreements().forEach(candidate -> observed.observe(candidate.differences()));
    }
}
