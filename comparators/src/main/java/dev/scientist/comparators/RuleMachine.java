package dev.scientist.comparators;

import dev.scientist.comparators.PathPattern.Wildcard;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The paths of all rules as one machine: a state is a set of positions in the paths, one segment more leads to the next
 * state. States are made when a document first needs them.
 *
 * <p>Threads: any. Invariant: at most {@value #MOST_STATES} states are kept, give or take the threads at work, and next
 * states by names that the rules mention only. Consequence: documents cannot make it grow.
 */
final class RuleMachine {

    private static final int MOST_STATES = 1_024; // chosen: sane rules have a few dozen
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    private final List<Object>
            steps; // a String or a Wildcard; the paths one after the other, each ended by its RuleUse
    private final BitSet accepting; // positions in the paths of rules that may accept two different values
    private final List<RuleUse> expired;
    private final Map<List<Integer>, Reach> states = new ConcurrentHashMap<>();
    private final Reach root;

    /**
     * A machine.
     *
     * @param uses rules with paths, in the order of the rule set
     * @param expired those of them that no longer hide anything
     */
    RuleMachine(List<RuleUse> uses, List<RuleUse> expired) {
        List<Object> all = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        BitSet mayAccept = new BitSet();
        for (RuleUse use : uses) {
            starts.add(all.size());
            all.addAll(use.rule().path().steps());
            all.add(use);
            boolean isAccepting =
                    !expired.contains(use) && Treatment.acceptsValues(use.rule().effect());
            mayAccept.set(starts.get(starts.size() - 1), all.size(), isAccepting);
        }
        this.accepting = mayAccept;
        this.steps = List.copyOf(all);
        this.expired = List.copyOf(expired);
        SortedSet<Integer> positions = new TreeSet<>();
        starts.forEach(start -> add(start, positions));
        this.root = state(positions);
    }

    /** The state of the whole document. */
    Reach root() {
        return root;
    }

    boolean isFull() {
        return states.size() >= MOST_STATES;
    }

    /** The states that follow. */
    Reach.Next next(int[] positions) {
        Map<String, Reach> named = new HashMap<>();
        List<Reach.Indexed> indexed = new ArrayList<>();
        for (int position : positions) {
            if (steps.get(position) instanceof String name && !named.containsKey(name)) {
                Reach reach = after(positions, name);
                named.put(name, reach);
                if (INDEX.matcher(name).matches()) {
                    indexed.add(new Reach.Indexed(Integer.parseInt(name), reach));
                }
            }
        }
        return new Reach.Next(Map.copyOf(named), after(positions, null), List.copyOf(indexed));
    }

    /** The state after a segment that the rules mention, or after any other: null. */
    private Reach after(int[] positions, @Nullable String name) {
        SortedSet<Integer> reached = new TreeSet<>();
        for (int position : positions) {
            Object step = steps.get(position);
            if (step == Wildcard.MANY) {
                add(position, reached);
            } else if (step == Wildcard.ONE || step.equals(name)) {
                add(position + 1, reached);
            }
        }
        return state(reached);
    }

    private void add(int position, SortedSet<Integer> positions) {
        positions.add(position);
        if (steps.get(position) == Wildcard.MANY) {
            add(position + 1, positions); // which may also stand for no segment at all
        }
    }

    private Reach state(SortedSet<Integer> positions) {
        List<Integer> key = List.copyOf(positions);
        Reach known = states.get(key);
        if (known != null) {
            return known;
        }
        boolean isExact = key.stream().noneMatch(accepting::get);
        Reach made = new Reach(this, key.stream().mapToInt(Integer::intValue).toArray(), treatment(key), isExact);
        if (isFull()) {
            return made;
        }
        Reach earlier = states.putIfAbsent(key, made);
        return earlier == null ? made : earlier; // loses to another comparison
    }

    private @Nullable Treatment treatment(List<Integer> positions) {
        List<RuleUse> here = new ArrayList<>();
        List<RuleUse> late = new ArrayList<>();
        for (int position : positions) {
            if (steps.get(position) instanceof RuleUse use) {
                (expired.contains(use) ? late : here).add(use);
            }
        }
        return here.isEmpty() && late.isEmpty() ? null : new Treatment(here, late);
    }
}
