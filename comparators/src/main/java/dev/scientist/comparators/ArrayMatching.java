package dev.scientist.comparators;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pairs elements that are not equal but may stand for each other. Such an element can be like several that are not like
 * each other, so it moves others to further counterparts where that makes room (augmenting paths in a bipartite graph;
 * Kuhn, "The Hungarian Method for the Assignment Problem", 1955): it finds a complete pairing wherever there is one.
 * Confined to one thread, for one pair of arrays.
 */
final class ArrayMatching {

    private final ArrayElements primary;
    private final ArrayElements candidate;
    private final boolean isAllOrNothing;
    private final ArrayLikeness likeness;
    private final ArrayPairing pairing;

    /**
     * Goes on with a pairing that holds pairs of equal elements, or none.
     *
     * @param isAllOrNothing whether to end as soon as an element of the primary is found that has no counterpart
     */
    ArrayMatching(
            ArrayElements primary,
            ArrayElements candidate,
            boolean isAllOrNothing,
            ArrayLikeness likeness,
            ArrayPairing pairing) {
        this.primary = primary;
        this.candidate = candidate;
        this.isAllOrNothing = isAllOrNothing;
        this.likeness = likeness;
        this.pairing = pairing;
    }

    /** Pairs as many elements of a group as possible. */
    void pair(ArrayGroup group) {
        Map<Integer, Bucket> buckets = new LinkedHashMap<>();
        for (int p : group.primary()) {
            if (pairing.candidateOf(p) == ArrayPairing.NONE) {
                buckets.computeIfAbsent(primary.bucket(p, likeness), unknown -> new Bucket())
                        .lonely
                        .set(p);
            }
        }
        if (buckets.isEmpty()) {
            return;
        }
        for (int c : group.candidate()) {
            Bucket bucket = buckets.get(candidate.bucket(c, likeness));
            if (bucket != null) {
                (pairing.primaryOf(c) == ArrayPairing.NONE ? bucket.free : bucket.taken).set(c);
            }
        }
        if (!isAllOrNothing || buckets.values().stream().noneMatch(Bucket::hasTooFew)) {
            buckets.values().stream()
                    .takeWhile(bucket -> pair(bucket) || !isAllOrNothing)
                    .forEach(bucket -> {});
        }
    }

    /** Pairs the elements of a bucket. Returns whether all of them have found a counterpart. */
    private boolean pair(Bucket bucket) {
        boolean isComplete = true;
        int p = bucket.lonely.nextSetBit(0);
        while (p >= 0 && !bucket.free.isEmpty() && (isComplete || !isAllOrNothing)) {
            isComplete &= augment(p, bucket);
            p = bucket.lonely.nextSetBit(p + 1);
        }
        return isComplete && p < 0;
    }

    /**
     * Finds a free element for this one, if need be by moving others to further elements that they are like. The
     * elements that a failing search has reached lead no later search to a free element either, so later searches leave
     * them out.
     */
    private boolean augment(int start, Bucket bucket) {
        Map<Integer, Integer> reachedFrom = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            int p = open.remove();
            int free = firstAlike(p, bucket.free);
            if (free >= 0) {
                move(start, p, free, reachedFrom);
                bucket.free.clear(free);
                bucket.taken.set(free);
                reachedFrom.keySet().forEach(bucket.taken::set);
                return true;
            }
            for (int c = bucket.taken.nextSetBit(0); c >= 0; c = bucket.taken.nextSetBit(c + 1)) {
                if (areAlike(p, c)) {
                    bucket.taken.clear(c);
                    reachedFrom.put(c, p);
                    open.add(pairing.primaryOf(c));
                }
            }
        }
        return false;
    }

    private int firstAlike(int p, BitSet elements) {
        int c = elements.nextSetBit(0);
        while (c >= 0 && !areAlike(p, c)) {
            c = elements.nextSetBit(c + 1);
        }
        return c;
    }

    private boolean areAlike(int p, int c) {
        return likeness.areAlike(
                primary.get(p), candidate.get(c), primary.state().child(p), primary.depth());
    }

    /** Gives the free element to the last one of a path, whose own goes to the one before it, and so on. */
    private void move(int start, int last, int free, Map<Integer, Integer> reachedFrom) {
        int p = last;
        int c = free;
        while (p != start) {
            int left = pairing.candidateOf(p);
            pairing.pair(p, c);
            c = left;
            p = reachedFrom.getOrDefault(left, start);
        }
        pairing.pair(start, c);
    }

    /** Elements that may be alike, as far as their numbers tell. */
    private static final class Bucket {

        private final BitSet lonely = new BitSet(); // the primary's without a counterpart
        private final BitSet free = new BitSet(); // the candidate's without a counterpart
        private final BitSet taken = new BitSet(); // the candidate's with one, as far as a search may still reach them

        boolean hasTooFew() {
            return lonely.cardinality() > free.cardinality();
        }
    }
}
