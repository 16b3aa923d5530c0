package dev.scientist.comparators;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares arrays whose order matters: by place, or by the longest common subsequence, where much differs by place.
 * Confined to one thread, for one comparison.
 */
final class ArrayInOrder {

    private static final int FEW = 4; // elements; chosen: to try each with each is faster than to number them

    private final Walk walk;
    private final ArrayWalk arrays;

    ArrayInOrder(Walk walk, ArrayWalk arrays) {
        this.walk = walk;
        this.arrays = arrays;
    }

    void compare(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        Trees trees = walk.trees();
        int size = trees.size(primary);
        int otherSize = trees.size(candidate);
        if (walk.isProbe()) {
            probeByPlace(primary, candidate, size == otherSize, state);
        } else if (size == otherSize) {
            compareAsMany(primary, candidate, size, state);
        } else if (walk.leniency().extraItems() || mayLackElements(state, Math.max(size, otherSize))) {
            arrays.compareByPlace(primary, candidate, state);
        } else {
            align(primary, candidate, state);
        }
    }

    private void probeByPlace(
            @Nullable Object primary, @Nullable Object candidate, boolean areAsMany, PathState state) {
        if (!areAsMany && state.hasNoRules() && !walk.leniency().extraItems()) {
            walk.fail();
        } else {
            arrays.compareByPlace(primary, candidate, state);
        }
    }

    private void compareAsMany(@Nullable Object primary, @Nullable Object candidate, int size, PathState state) {
        BitSet differing = new BitSet();
        for (int i = 0; i < size; i++) {
            if (size == 1 || !arrays.agree(primary, i, candidate, i, state)) {
                differing.set(i);
            }
        }
        int count = differing.cardinality();
        if (count > 1 && isReordered(primary, candidate, differing, state)) {
            walk.reordered(primary, candidate, state);
        } else if (2 * count > size
                && size > 1
                && !mayLackElements(state, size)
                && (count > FEW || hasMoved(primary, candidate, differing, state))) {
            align(primary, candidate, state);
        } else if (state.hasNoRules()) {
            arrays.compareByPlace(primary, candidate, state, differing);
        } else {
            arrays.compareByPlace(primary, candidate, state);
        }
    }

    /** Whether an element of the primary agrees with one of the candidate at another place. */
    private boolean hasMoved(@Nullable Object primary, @Nullable Object candidate, BitSet differing, PathState state) {
        for (int i = differing.nextSetBit(0); i >= 0; i = differing.nextSetBit(i + 1)) {
            if (isElsewhere(primary, i, candidate, differing, state)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a rule may accept that an element is missing; the place of an element then decides whether it does. */
    static boolean mayLackElements(PathState state, int size) {
        for (int i = 0; i < size && !state.hasNoRules(); i++) {
            PlaceRules rules = state.child(i).rules();
            if (rules != null && !rules.isForScalars()) {
                return true;
            }
        }
        return false;
    }

    private boolean isReordered(
            @Nullable Object primary, @Nullable Object candidate, BitSet differing, PathState state) {
        if (!isElsewhere(primary, differing.nextSetBit(0), candidate, differing, state)) {
            return false; // the common case needs no look at all the others
        }
        int[] here = differing.stream()
                .map(i -> identity(primary, i, state))
                .sorted()
                .toArray();
        int[] there = differing.stream()
                .map(i -> identity(candidate, i, state))
                .sorted()
                .toArray();
        return Arrays.equals(here, there);
    }

    /** Whether an element of the primary agrees with an element of the candidate at another of these places. */
    private boolean isElsewhere(
            @Nullable Object primary, int index, @Nullable Object candidate, BitSet places, PathState state) {
        for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) { // a stream takes longer than a look
            if (i != index && arrays.agree(primary, index, candidate, i, state)) {
                return true;
            }
        }
        return false;
    }

    /** Compares the elements that belong together if as few elements as possible have come or gone. */
    private void align(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        int end = walk.trees().size(primary);
        int otherEnd = walk.trees().size(candidate);
        int start = 0;
        while (start < Math.min(end, otherEnd) && arrays.agree(primary, start, candidate, start, state)) {
            count(primary, start, candidate, start++, state);
        }
        while (Math.min(end, otherEnd) > start && arrays.agree(primary, end - 1, candidate, otherEnd - 1, state)) {
            count(primary, --end, candidate, --otherEnd, state);
        }
        if (start == end || start == otherEnd) {
            arrays.missing(primary, start, end, state);
            arrays.unexpected(candidate, start, otherEnd, state);
            return;
        }
        int[] counterparts =
                Alignment.of(identities(primary, start, end, state), identities(candidate, start, otherEnd, state));
        int next = start;
        int gap = start;
        for (int i = start; i <= end && !walk.isOver(); i++) {
            int counterpart = i == end ? otherEnd - start : counterparts[i - start];
            if (counterpart == Alignment.NONE) {
                continue;
            }
            compareGap(primary, gap, i, candidate, next, start + counterpart, state);
            if (i < end) {
                count(primary, i, candidate, start + counterpart, state);
            }
            gap = i + 1;
            next = start + counterpart + 1;
        }
    }

    /** Compares elements that have no counterparts and stand between the same ones. */
    private void compareGap(
            @Nullable Object primary,
            int from,
            int to,
            @Nullable Object candidate,
            int otherFrom,
            int otherTo,
            PathState state) {
        int common = Math.min(to - from, otherTo - otherFrom);
        for (int i = 0; i < common && !walk.isOver(); i++) {
            arrays.compare(primary, from + i, candidate, otherFrom + i, state);
        }
        arrays.missing(primary, from + common, to, state);
        arrays.unexpected(candidate, otherFrom + common, otherTo, state);
    }

    /** Makes the rules count what they have hidden between two elements that agree. */
    private void count(
            @Nullable Object primary, int index, @Nullable Object candidate, int otherIndex, PathState state) {
        if (!state.hasNoRules()) {
            arrays.compare(primary, index, candidate, otherIndex, state);
        }
    }

    private int[] identities(@Nullable Object array, int from, int to, PathState state) {
        int[] result = new int[to - from];
        for (int i = from; i < to; i++) {
            result[i - from] = identity(array, i, state);
        }
        return result;
    }

    private int identity(@Nullable Object array, int index, PathState state) {
        return walk.likeness()
                .identity(
                        walk.trees().element(array, index),
                        state.child(index),
                        walk.path().depth() + 1);
    }
}
