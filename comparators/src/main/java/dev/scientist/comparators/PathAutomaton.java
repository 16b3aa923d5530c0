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
 * The paths of all rules as one automaton: a state is a set of positions in the paths, one segment more leads to the
 * next state. States are made when a document first needs them.
 *
 * <p>Threads: any. Invariant: at most {@value #MOST_STATES} states are kept, give or take the threads at work, and next
 * states by names that the rules mention only. Consequence: documents cannot make it grow.
 */
final class PathAutomaton {

    private static final int MOST_STATES = 1_024; // chosen: sane rules have a few dozen
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    private final List<Object>
            steps; // a String or a Wildcard; the paths one after the other, each ended by its CountedRule
    private final BitSet accepting; // positions in the paths of rules that may accept two different values
    private final List<CountedRule> expired;
    private final Map<List<Integer>, PathState> states = new ConcurrentHashMap<>();
    private final PathState root;

    /**
     * An automaton.
     *
     * @param countedRules rules with paths, in the order of the rule set
     * @param expired the rules among them that no longer hide anything
     */
    PathAutomaton(List<CountedRule> countedRules, List<CountedRule> expired) {
        List<Object> all = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        BitSet mayAccept = new BitSet();
        for (CountedRule counted : countedRules) {
            starts.add(all.size());
            all.addAll(counted.rule().place().path().steps());
            all.add(counted);
            boolean isAccepting = !expired.contains(counted)
                    && PlaceRules.acceptsValues(counted.rule().place().effect());
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
    PathState root() {
        return root;
    }

    boolean isFull() {
        return states.size() >= MOST_STATES;
    }

    /** The states that follow. */
    PathState.Next next(int[] positions) {
        Map<String, PathState> named = new HashMap<>();
        List<PathState.Indexed> indexed = new ArrayList<>();
        for (int position : positions) {
            if (steps.get(position) instanceof String name && !named.containsKey(name)) {
                PathState state = after(positions, name);
                named.put(name, state);
                if (INDEX.matcher(name).matches()) {
                    indexed.add(new PathState.Indexed(Integer.parseInt(name), state));
                }
            }
        }
        return new PathState.Next(Map.copyOf(named), after(positions, null), List.copyOf(indexed));
    }

    /** Gives the state after a segment that the rules mention; null stands for any other segment. */
    private PathState after(int[] positions, @Nullable String name) {
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
            add(position + 1, positions); // this wildcard may also stand for no segment at all
        }
    }

    private PathState state(SortedSet<Integer> positions) {
        List<Integer> key = List.copyOf(positions);
        PathState known = states.get(key);
        if (known != null) {
            return known;
        }
        boolean isExact = key.stream().noneMatch(accepting::get);
        PathState made =
                new PathState(this, key.stream().mapToInt(Integer::intValue).toArray(), rulesAt(key), isExact);
        if (isFull()) {
            return made;
        }
        PathState earlier = states.putIfAbsent(key, made);
        return earlier == null ? made : earlier; // loses to another comparison
    }

    private @Nullable PlaceRules rulesAt(List<Integer> positions) {
        List<CountedRule> here = new ArrayList<>();
        List<CountedRule> late = new ArrayList<>();
        for (int position : positions) {
            if (steps.get(position) instanceof CountedRule counted) {
                (expired.contains(counted) ? late : here).add(counted);
            }
        }
        return here.isEmpty() && late.isEmpty() ? null : new PlaceRules(here, late);
    }
}
