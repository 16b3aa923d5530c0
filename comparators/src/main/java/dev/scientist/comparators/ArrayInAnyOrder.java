package dev.scientist.comparators;

import org.jspecify.annotations.Nullable;

/**
 * Compares arrays whose elements come in any order, or find each other by key. Confined to one thread, for one
 * comparison.
 */
final class ArrayInAnyOrder {

    private final Walk walk;
    private final ArrayWalk arrays;
    private int nesting; // how many such arrays the walk is in
    private boolean isByPlace; // whether such arrays are compared, or tried, by place

    ArrayInAnyOrder(Walk walk, ArrayWalk arrays) {
        this.walk = walk;
        this.arrays = arrays;
    }

    void compare(@Nullable Object primary, @Nullable Object candidate, PathState state, @Nullable PlaceRules rules) {
        boolean areAsMany = walk.trees().size(primary) == walk.trees().size(candidate);
        if (isByPlace) {
            arrays.compareByPlace(primary, candidate, state);
        } else if (areAsMany && areSeenEqual(primary, candidate, depth())) {
            return;
        } else if (walk.isProbe() && walk.likeness().isExact(state)) {
            if (!walk.likeness().areEqual(primary, candidate, state)) {
                walk.fail();
            }
        } else {
            compareLoosely(primary, candidate, areAsMany, state, rules);
        }
    }

    private void compareLoosely(
            @Nullable Object primary,
            @Nullable Object candidate,
            boolean areAsMany,
            PathState state,
            @Nullable PlaceRules rules) {
        // This is tried once for all arrays inside each other: a try on each level would make 2^depth tries.
        isByPlace = nesting == 0 && areAsMany;
        nesting++;
        if (isByPlace && agreeByPlace(primary, candidate, state)) {
            if (!walk.isProbe()) {
                arrays.compareByPlace(primary, candidate, state); // counts what is hidden
            }
            isByPlace = false;
        } else {
            isByPlace = false;
            comparePairs(primary, candidate, state, rules);
        }
        nesting--;
    }

    private void comparePairs(
            @Nullable Object primary, @Nullable Object candidate, PathState state, @Nullable PlaceRules rules) {
        ArrayElements elements = new ArrayElements(walk.trees(), primary, state, depth() + 1);
        ArrayElements others = new ArrayElements(walk.trees(), candidate, state, depth() + 1);
        boolean isAllOrNothing = walk.isProbe() && !ArrayInOrder.mayLackElements(state, elements.size());
        Keys keys = rules == null ? null : rules.keys();
        ArrayPairing pairing = ArrayPairing.of(elements, others, keys, isAllOrNothing, walk.likeness());
        if (walk.isProbe() && pairing.isKnownToDiffer()) {
            walk.fail();
            return;
        }
        for (int i = 0; i < elements.size() && !walk.isOver(); i++) {
            int counterpart = pairing.candidateOf(i);
            if (counterpart == ArrayPairing.NONE) {
                arrays.missing(primary, i, i + 1, state);
            } else if (!pairing.isAlike(i)
                    || (!walk.isProbe() && !areSeenEqual(elements.get(i), others.get(counterpart), depth() + 1))) {
                arrays.compare(primary, i, candidate, counterpart, state); // counts what is hidden, or reports
            }
        }
        for (int i = 0; i < others.size() && !walk.isOver(); i++) {
            if (pairing.primaryOf(i) == ArrayPairing.NONE) {
                arrays.unexpected(candidate, i, i + 1, state);
            }
        }
        if (rules != null && !walk.isProbe() && pairing.isCompleteInAnotherOrder()) {
            walk.hidden().order(rules);
        }
    }

    private boolean areSeenEqual(@Nullable Object primary, @Nullable Object candidate, int depth) {
        return walk.trees().areSeenEqual(primary, candidate, Limits.DEPTH - depth);
    }

    private boolean agreeByPlace(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        int size = walk.trees().size(primary);
        for (int i = 0; i < size; i++) {
            if (!arrays.agree(primary, i, candidate, i, state)) {
                return false;
            }
        }
        return true;
    }

    private int depth() {
        return walk.path().depth();
    }
}
