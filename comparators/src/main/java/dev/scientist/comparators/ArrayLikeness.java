package dev.scientist.comparators;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two elements of arrays in any order may stand for each other: they are equal, or the rules accept
 * what differs. It remembers what it has found for a pair of elements, and walks through no elements for which equality
 * alone decides. Confined to one thread, for one comparison.
 */
final class ArrayLikeness {

    private static final int ANY_BUCKET = -1;

    private static final int MOST_REMEMBERED = 200_000; // pairs; chosen: some twenty megabytes

    private final Walk walk;
    private final ValueIdentities identities;
    private final ValueIdentities looseIdentities;
    private final Map<Pair, Boolean> remembered = new HashMap<>();
    private final Budget budget;

    ArrayLikeness(Walk walk, Budget budget) {
        this.walk = walk;
        this.budget = budget;
        this.identities = new ValueIdentities(walk.trees(), false);
        this.looseIdentities = new ValueIdentities(walk.trees(), true);
    }

    /** Whether only equal elements are alike. */
    boolean isExact(PathState state) {
        return state.isExact() && walk.leniency().isNone();
    }

    /** The number of a value, which equal values share. */
    int identity(@Nullable Object value, PathState state, int depth) {
        return identities.of(value, state, depth);
    }

    /** Whether two values at the same place are equal. */
    boolean areEqual(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        int depth = walk.path().depth();
        return identities.of(primary, state, depth) == identities.of(candidate, state, depth);
    }

    /** The number of a bucket, which all elements that may be alike share. */
    int bucket(@Nullable Object element, PathState state, int depth) {
        // An element that is left out, or compared leniently, may be like those of any bucket.
        return !walk.leniency().isNone() || looseIdentities.isLeftOut(element, state)
                ? ANY_BUCKET
                : looseIdentities.of(element, state, depth);
    }

    /**
     * Whether an element of the primary and one of the candidate may stand for each other under the rules of the
     * primary's place.
     */
    boolean areAlike(@Nullable Object primary, @Nullable Object candidate, PathState state, int depth) {
        budget.spend();
        if (!walk.trees().kind(primary).isContainer()) {
            return walk.agreeAsPair(primary, candidate, state); // cheaper than to remember it
        }
        int identity = identities.of(primary, state, depth);
        int other = identities.of(candidate, state, depth);
        if (identity == other) {
            return true;
        }
        if (isExact(state)) {
            return false;
        }
        Pair pair = new Pair(identity, other, state);
        Boolean before = remembered.get(pair);
        if (before != null) {
            return before;
        }
        boolean areAlike = walk.agreeAsPair(primary, candidate, state);
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(pair, areAlike);
        }
        return areAlike;
    }

    /** Two values, by their numbers, at places of the same rules. */
    private record Pair(int primary, int candidate, PathState state) {}
}
