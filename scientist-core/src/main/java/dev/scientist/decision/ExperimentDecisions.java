package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Rate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decides about experiments from their evidence and their policies. Deciding changes no count and moves no traffic.
 *
 * <p>It may be asked on any thread, as often as anyone likes, and remembers nothing. Each question reads the counts of
 * the experiment and decides anew, which takes some 0.2 ms with 200 strata (docs/decision.md). No call asks it.
 *
 * @since 0.1.0
 */
public final class ExperimentDecisions {

    /**
     * The decision about one candidate, and what it was made from.
     *
     * @param candidate the name of the candidate
     * @param evidence what was counted
     * @param policy what must be shown
     * @param decision what follows from both
     */
    public record Decided(String candidate, EvidenceSnapshot evidence, DecisionPolicy policy, Decision decision) {}

    private static final List<Kind> WEAKEST_FIRST = List.of(Kind.ROLLBACK, Kind.HOLD, Kind.ADVANCE, Kind.PROMOTE);

    private final Evidence evidence;
    private final Function<String, DecisionPolicy> policies;

    /**
     * Decides from these counts.
     *
     * @param evidence counts the experiments; it must be a publisher of their {@link dev.scientist.Scientist}
     * @param policies answers with the policy of the experiment of a name; it is asked for each decision, on the thread
     *     of who asks for the decision
     */
    public ExperimentDecisions(Evidence evidence, Function<String, DecisionPolicy> policies) {
        this.evidence = requireNonNull(evidence, "evidence");
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * The decision about each candidate; none if the experiment has no evidence, as while it is being declared, or if
     * another one of its name has been declared since it ended.
     */
    public List<Decided> of(Experiment<?> experiment) {
        String name = experiment.name();
        if (!evidence.counts(experiment)) {
            return List.of();
        }
        DecisionPolicy policy = policies.apply(name);
        return experiment.candidates().stream()
                .map(candidate -> decided(candidate, evidence.snapshot(name, candidate), policy))
                .toList();
    }

    private static Decided decided(String candidate, EvidenceSnapshot counted, DecisionPolicy policy) {
        return new Decided(candidate, counted, policy, Decision.decide(counted, policy));
    }

    /** The least favourable of the decisions, which is the answer for all candidates together. */
    public static Optional<Kind> weakest(List<Decided> decided) {
        return decided.stream().map(each -> each.decision().kind()).min(Comparator.comparing(WEAKEST_FIRST::indexOf));
    }

    /** The rate of each stratum; of several candidates, the one with the weakest evidence. */
    public static SortedMap<String, Rate> rates(List<Decided> decided) {
        SortedMap<String, Rate> weakest = new TreeMap<>();
        for (Decided each : decided) {
            Decision.rates(each.evidence(), each.policy())
                    .forEach((stratum, rate) ->
                            weakest.merge(stratum, rate, (one, other) -> one.lnE() <= other.lnE() ? one : other));
        }
        return weakest;
    }
}
