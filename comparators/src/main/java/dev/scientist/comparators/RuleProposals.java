package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Suggests rules from the disagreements of an experiment: for each place that differs it suggests the strictest kind of
 * rule that would hide the differences seen there, with the evidence. It applies nothing: people decide what is noise.
 *
 * <p>No value is kept. It keeps the place of each difference, with {@code *} for indices and identifiers, and which
 * rules would hide it, for the latest 1 000 disagreements and for at most 256 places.
 *
 * <p>Threads: any. Invariant: the two limits hold whatever the answers contain. Consequence: it may listen to live
 * traffic as a publisher: {@code trial -> proposals.observe(trial.differences())}.
 *
 * @since 0.1.0
 */
public final class RuleProposals {

    private static final int MOST_DISAGREEMENTS = 1_000; // chosen: tells 1 % from 2 %
    private static final int MOST_DIFFERENCES = Limits.DEFAULT_MAX_DIFFERENCES; // of one disagreement
    private static final int MOST_PLACES = 256; // chosen: more than anyone writes rules for

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<List<ObservedDifference>> disagreements = new ArrayDeque<>();
    private final Set<String> places = new HashSet<>();

    private final String root; // of the documents for which rules are proposed

    private RuleProposals(String root) {
        this.root = root;
    }

    /** Starts without any observation. */
    public static RuleProposals create() {
        return new RuleProposals("");
    }

    /**
     * Starts without any observation, and proposes rules that could be added to these: where they are about parts of
     * answers, such as the body of an HTTP response, for places in such a part.
     *
     * @param rules as {@link RuledComparator#rulesOf(dev.scientist.ResultComparator)} finds them
     */
    public static RuleProposals to(RuleSet rules) {
        return new RuleProposals(rules.place());
    }

    /**
     * Takes note of one disagreement.
     *
     * @param differences all that one comparison found; an empty list says nothing
     */
    public void observe(List<Difference> differences) {
        requireNonNull(differences, "differences");
        if (differences.isEmpty()) {
            return;
        }
        List<ObservedDifference> seen = new ArrayList<>(); // this reads values, so it stays outside the lock
        differences.stream().limit(MOST_DIFFERENCES).map(ObservedDifference::of).forEach(seen::add);
        if (differences.size() > MOST_DIFFERENCES) {
            seen.add(ObservedDifference.ELSEWHERE); // so that no rule seems to hide all of it
        }
        lock.lock();
        try {
            disagreements.add(known(seen));
            if (disagreements.size() > MOST_DISAGREEMENTS) {
                disagreements.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the rules to think about, beginning with the one that would leave the fewest disagreements. */
    public List<Proposal> proposals() {
        List<List<ObservedDifference>> observed = observed();
        Map<String, List<ObservedDifference>> byPlace = new LinkedHashMap<>();
        for (List<ObservedDifference> disagreement : observed) {
            for (ObservedDifference difference : disagreement) {
                byPlace.computeIfAbsent(difference.place(), place -> new ArrayList<>())
                        .add(difference);
            }
        }
        List<Proposal> proposals = new ArrayList<>();
        byPlace.forEach((place, here) -> {
            boolean isRuled = root.isEmpty() || place.startsWith(root + "/");
            RuleSuggestion suggestion = isRuled ? RuleSuggestion.of(here) : null;
            if (suggestion != null) {
                proposals.add(proposal(place, suggestion, here, observed));
            }
        });
        proposals.sort(Comparator.comparingDouble(Proposal::share)
                .thenComparingDouble(Proposal::touched)
                .reversed());
        return List.copyOf(proposals);
    }

    private List<List<ObservedDifference>> observed() {
        lock.lock();
        try {
            return List.copyOf(disagreements);
        } finally {
            lock.unlock();
        }
    }

    /** Places beyond the limit become one place, for which no rule is ever proposed. */
    private List<ObservedDifference> known(List<ObservedDifference> seen) {
        List<ObservedDifference> known = new ArrayList<>();
        for (ObservedDifference difference : seen) {
            boolean isKnown = places.contains(difference.place());
            if (isKnown || (places.size() < MOST_PLACES && places.add(difference.place()))) {
                known.add(difference);
            } else {
                known.add(ObservedDifference.ELSEWHERE);
            }
        }
        return known;
    }

    private Proposal proposal(
            String place,
            RuleSuggestion suggestion,
            List<ObservedDifference> here,
            List<List<ObservedDifference>> observed) {
        int touched = 0;
        int hidden = 0;
        for (List<ObservedDifference> disagreement : observed) {
            boolean isTouched = disagreement.stream()
                    .anyMatch(difference -> difference.place().equals(place) && suggestion.hides(difference));
            boolean isHidden = disagreement.stream()
                    .allMatch(difference -> difference.place().equals(place) && suggestion.hides(difference));
            touched += isTouched ? 1 : 0;
            hidden += isHidden ? 1 : 0;
        }
        long fitting = here.stream().filter(suggestion::hides).count();
        String evidence =
                suggestion.because() + ": " + fitting + " of " + here.size() + " differences there, in " + touched
                        + " of " + observed.size() + " disagreements, " + hidden + " of which have no other difference";
        double all = observed.size();
        return new Proposal(suggestion.rule(place.substring(root.length())), evidence, hidden / all, touched / all);
    }

    /**
     * A rule to think about. Immutable.
     *
     * @since 0.1.0
     */
    public static final class Proposal {

        private final Rule rule;
        private final String evidence;
        private final double share;
        private final double touched;

        private Proposal(Rule rule, String evidence, double share, double touched) {
            this.rule = rule;
            this.evidence = evidence;
            this.share = share;
            this.touched = touched;
        }

        /** The rule, without owner and reason: whoever adopts it answers for it. */
        public Rule rule() {
            return rule;
        }

        /** The evidence for the rule; holds no value. */
        public String evidence() {
            return evidence;
        }

        /** The share of the disagreements that would be gone with this rule alone, 0 to 1. */
        public double share() {
            return share;
        }

        /** The share of the disagreements in which it would hide something, 0 to 1. */
        public double touched() {
            return touched;
        }

        @Override
        public String toString() {
            return rule + " would hide " + Math.round(share * 100) + " % of the disagreements: " + evidence;
        }
    }
}
