package dev.scientist.comparators;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two elements of arrays in any order may stand for each other: they are equal, or the rules accept what
 * differs. What has been found out of two elements is not found out again, and what decides by equality alone is never
 * walked through. Confined to one thread, for one comparison.
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

    /** A number for a value, the same for equal ones. */
    int identity(@Nullable Object value, PathState state, int depth) {
        return identities.of(value, state, depth);
    }

    /** Whether two values at the same place are equal. */
    boolean areEqual(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        int depth = walk.path().depth();
        return identities.of(primary, state, depth) == identities.of(candidate, state, depth);
    }

    /** A number for an element, the same for all that may be alike. */
    int bucket(@Nullable Object element, PathState state, int depth) {
        return !walk.leniency().isNone() || looseIdentities.isLeftOut(element, state) // then its own shape says nothing
                ? ANY_BUCKET
                : looseIdentities.of(element, state, depth);
    }

    /** Whether a primary's element and a candidate's may stand for each other, the primary's rules being those. */
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
