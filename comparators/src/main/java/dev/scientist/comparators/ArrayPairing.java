package dev.scientist.comparators;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the elements of two arrays whose order does not matter, each at most once and as many as possible. Equal
 * elements come first, in near-linear time; then those that the rules let stand for each other, by {@link
 * ArrayMatching}; and the last two that are left belong to each other.
 *
 * <p>If the elements have keys, all this happens among elements of the same key, and an element without a key is paired
 * only with an equal one. Elements that a rule takes out are paired with nothing.
 *
 * <p>Invariant: {@code candidateOf[p] == c} exactly if {@code primaryOf[c] == p}. Confined to one thread, for one pair
 * of arrays.
 */
final class ArrayPairing {

    static final int NONE = -1;

    private final ArrayElements primary;
    private final ArrayElements candidate;
    private final ArrayLikeness likeness;
    private final boolean isUniform;
    private final boolean isAllOrNothing;
    private final int[] candidateOf;
    private final int[] primaryOf;
    private final BitSet alike = new BitSet();
    private boolean isKnownToDiffer;

    private ArrayPairing(
            ArrayElements primary, ArrayElements candidate, boolean isAllOrNothing, ArrayLikeness likeness) {
        this.primary = primary;
        this.candidate = candidate;
        this.likeness = likeness;
        this.isAllOrNothing = isAllOrNothing;
        this.isUniform = primary.state().isUniform();
        this.candidateOf = new int[primary.size()];
        this.primaryOf = new int[candidate.size()];
        Arrays.fill(candidateOf, NONE);
        Arrays.fill(primaryOf, NONE);
    }

    /**
     * Pairs two arrays at the same place.
     *
     * @param keys of the elements; null if they have none
     * @param isAllOrNothing whether to end as soon as an element of the primary is found that has no counterpart
     */
    static ArrayPairing of(
            ArrayElements primary,
            ArrayElements candidate,
            @Nullable Keys keys,
            boolean isAllOrNothing,
            ArrayLikeness likeness) {
        ArrayPairing pairing = new ArrayPairing(primary, candidate, isAllOrNothing, likeness);
        for (ArrayGroup group : ArrayGroup.of(primary, candidate, keys)) {
            pairing.pair(group);
            if (pairing.isKnownToDiffer && isAllOrNothing) {
                break;
            }
        }
        return pairing;
    }

    /** The counterpart of a primary's element, or {@link #NONE}. */
    int candidateOf(int p) {
        return candidateOf[p];
    }

    /** The counterpart of a candidate's element, or {@link #NONE}. */
    int primaryOf(int c) {
        return primaryOf[c];
    }

    /** Whether a primary's element is known to agree with its counterpart; one that is paired by exclusion is not. */
    boolean isAlike(int p) {
        return alike.get(p);
    }

    /** Whether an element is known to have no counterpart that it agrees with. */
    boolean isKnownToDiffer() {
        return isKnownToDiffer;
    }

    /** Whether all have a counterpart, and not all at the same index. */
    boolean isCompleteInAnotherOrder() {
        boolean isMoved = false;
        for (int p = 0; p < candidateOf.length; p++) {
            if (candidateOf[p] == NONE) {
                return false;
            }
            isMoved |= candidateOf[p] != p;
        }
        return isMoved && candidateOf.length == primaryOf.length;
    }

    /**
     * Makes two elements that agree counterparts. The caller finds another counterpart for the elements that they
     * leave.
     */
    void pair(int p, int c) {
        candidateOf[p] = c;
        primaryOf[c] = p;
        alike.set(p);
    }

    private void pair(ArrayGroup group) {
        if (group.isOneOfEach()) {
            pairByExclusion(group);
            return;
        }
        if (isUniform) { // else elements that look the same may be under different rules
            pairEqual(group);
        }
        if (!isUniform || !likeness.isExact(primary.state().child(0))) {
            new ArrayMatching(primary, candidate, isAllOrNothing, likeness, this).pair(group);
        }
        ArrayGroup rest = group.without(p -> candidateOf[p] != NONE, c -> primaryOf[c] != NONE);
        isKnownToDiffer |= rest.isOneOfEach() || (isAllOrNothing && rest.primary().length > 0);
        if (rest.isOneOfEach()) {
            pairByExclusion(rest);
        }
    }

    private void pairByExclusion(ArrayGroup group) {
        int p = group.primary()[0];
        pair(p, group.candidate()[0]);
        alike.clear(p);
    }

    private void pairEqual(ArrayGroup group) {
        long[] ours = sortedByIdentity(primary, group.primary());
        long[] theirs = sortedByIdentity(candidate, group.candidate());
        int i = 0;
        int j = 0;
        while (i < ours.length && j < theirs.length) {
            int order = Long.compare(ours[i] >> Integer.SIZE, theirs[j] >> Integer.SIZE);
            if (order == 0) {
                pair((int) ours[i], (int) theirs[j]);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }

    /** The identities of elements in ascending order, each followed by the index of its element. */
    private long[] sortedByIdentity(ArrayElements elements, int[] indices) {
        long[] sorted = new long[indices.length];
        for (int i = 0; i < indices.length; i++) {
            sorted[i] = (long) elements.identity(indices[i], likeness) << Integer.SIZE | indices[i];
        }
        Arrays.sort(sorted);
        return sorted;
    }
}
