package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.decision.Decision;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.EvidenceSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides about experiments from what was counted and what their properties ask for. Reading changes nothing, and nothing is
 * moved.
 */
final class ExperimentDecisions {

    /**
     * What the counts of one candidate justify.
     *
     * @param candidate its name
     * @param evidence what was counted
     * @param policy what must be shown
     * @param decision what follows
     */
    record Decided(String candidate, EvidenceSnapshot evidence, DecisionPolicy policy, Decision decision) {}

    private static final List<Kind> WEAKEST_FIRST = List.of(Kind.ROLLBACK, Kind.HOLD, Kind.ADVANCE, Kind.PROMOTE);

    private final Evidence evidence;
    private final DecisionPolicies policies;

    ExperimentDecisions(Evidence evidence, DecisionPolicies policies) {
        this.evidence = evidence;
        this.policies = policies;
    }

    /** The decision about each candidate; none where the experiment is not counted, as while it is being declared. */
    List<Decided> of(Experiment<?> experiment) {
        String name = experiment.name();
        if (!evidence.experiments().contains(name)) {
            return List.of();
        }
        DecisionPolicy policy = policies.policy(name);
        return experiment.candidates().stream()
                .map(candidate -> decided(candidate, evidence.snapshot(name, candidate), policy))
                .toList();
    }

    private static Decided decided(String candidate, EvidenceSnapshot counted, DecisionPolicy policy) {
        return new Decided(candidate, counted, policy, Decision.decide(counted, policy));
    }

    /** What holds of all candidates together: what is least in favour. */
    static Optional<Kind> weakest(List<Decided> decided) {
        return decided.stream().map(each -> each.decision().kind()).min(Comparator.comparing(WEAKEST_FIRST::indexOf));
    }

    /** What is known of each stratum; of several candidates that of the one with the weakest evidence. */
    static SortedMap<String, Rate> rates(List<Decided> decided) {
        SortedMap<String, Rate> weakest = new TreeMap<>();
        for (Decided each : decided) {
            Decision.rates(each.evidence(), each.policy())
                    .forEach((stratum, rate) ->
                            weakest.merge(stratum, rate, (one, other) -> one.lnE() <= other.lnE() ? one : other));
        }
        return weakest;
    }
}
