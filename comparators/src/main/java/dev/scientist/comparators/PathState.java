package dev.scientist.comparators;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state of the {@link PathAutomaton}: it tells how far the path to one place of a document has come in the paths of
 * the rules.
 *
 * <p>Threads: any. Invariant: immutable, but for the next states, which are looked up once. Consequence: going down
 * costs one look at a small map and allocates nothing; going anywhere from a place without rules costs nothing.
 */
final class PathState {

    /** The state in which no rule applies. */
    static final PathState NO_RULES = new PathAutomaton(List.of(), List.of()).root();

    private final PathAutomaton automaton;
    private final int[] positions;
    private final @Nullable PlaceRules rules;
    private final boolean isExact;
    private volatile @Nullable Next next;

    /**
     * A state.
     *
     * @param positions in the automaton's steps, ascending; none for the state in which no rule can apply
     * @param rules of the places in this state; null if no rule names them
     * @param isExact whether no rule can accept two different values here or below
     */
    PathState(PathAutomaton automaton, int[] positions, @Nullable PlaceRules rules, boolean isExact) {
        this.automaton = automaton;
        this.positions = positions;
        this.rules = rules;
        this.isExact = isExact;
    }

    /** Whether no rule can apply here or anywhere below. */
    boolean hasNoRules() {
        return positions.length == 0;
    }

    /**
     * Whether no rule can accept two different values here or anywhere below: rules may leave places out or allow any
     * order, but then two values agree exactly if they are equal under these rules.
     */
    boolean isExact() {
        return isExact;
    }

    /** Whether the rules are the same for all elements of an array here. */
    boolean isUniform() {
        return positions.length == 0 || next().indexed.isEmpty();
    }

    /** The rules that name this very place; null if none does. */
    @Nullable
    PlaceRules rules() {
        return rules;
    }

    /** Whether a rule says that nothing matters here nor below. */
    boolean isIgnored() {
        return rules != null && rules.isPlaceIgnored();
    }

    /** The state of the field of this name. */
    PathState child(String name) {
        if (positions.length == 0) {
            return this;
        }
        Next known = next();
        PathState named = known.named.isEmpty() ? null : known.named.get(name);
        return named == null ? known.other : named;
    }

    /** The state of the array element at this index. */
    PathState child(int index) {
        if (positions.length == 0) {
            return this;
        }
        Next known = next();
        for (int i = 0; i < known.indexed.size(); i++) { // an index needs no iterator
            if (known.indexed.get(i).index == index) {
                return known.indexed.get(i).state;
            }
        }
        return known.other;
    }

    private Next next() {
        Next known = next;
        if (known == null) {
            known = automaton.next(positions);
            if (!automaton.isFull()) { // else its states are not shared, and to keep them would fill the memory
                next = known;
            }
        }
        return known;
    }

    /**
     * The states to which one segment leads.
     *
     * @param named states by the names that the rules mention; other names of the documents never get in here
     * @param other the state for any other name or index
     * @param indexed the states of those names that are array indices, once more
     */
    record Next(Map<String, PathState> named, PathState other, List<Indexed> indexed) {}

    /** The state to which an array index leads. */
    record Indexed(int index, PathState state) {}
}
