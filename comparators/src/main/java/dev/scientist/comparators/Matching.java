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
final class Matching {

    private final Elements primary;
    private final Elements candidate;
    private final boolean isAllOrNothing;
    private final Likeness likeness;
    private final Pairing pairing;

    /**
     * Goes on with a pairing that holds pairs of equal elements, or none.
     *
     * @param isAllOrNothing whether to end as soon as an element of the primary is found that has no counterpart
     */
    Matching(Elements primary, Elements candidate, boolean isAllOrNothing, Likeness likeness, Pairing pairing) {
        this.primary = primary;
        this.candidate = candidate;
        this.isAllOrNothing = isAllOrNothing;
        this.likeness = likeness;
        this.pairing = pairing;
    }

    /** Pairs as many elements of a group as possible. */
    void pair(Group group) {
        Map<Integer, Shape> shapes = new LinkedHashMap<>();
        for (int p : group.primary()) {
            if (pairing.candidateOf(p) == Pairing.NONE) {
                shapes.computeIfAbsent(primary.shape(p, likeness), unknown -> new Shape())
                        .lonely
                        .set(p);
            }
        }
        if (shapes.isEmpty()) {
            return;
        }
        for (int c : group.candidate()) {
            Shape shape = shapes.get(candidate.shape(c, likeness));
            if (shape != null) {
                (pairing.primaryOf(c) == Pairing.NONE ? shape.free : shape.taken).set(c);
            }
        }
        if (!isAllOrNothing || shapes.values().stream().noneMatch(Shape::hasTooFew)) {
            shapes.values().stream()
                    .takeWhile(shape -> pair(shape) || !isAllOrNothing)
                    .forEach(shape -> {});
        }
    }

    /** Whether all of a shape have found a counterpart. */
    private boolean pair(Shape shape) {
        boolean isComplete = true;
        int p = shape.lonely.nextSetBit(0);
        while (p >= 0 && !shape.free.isEmpty() && (isComplete || !isAllOrNothing)) {
            isComplete &= augment(p, shape);
            p = shape.lonely.nextSetBit(p + 1);
        }
        return isComplete && p < 0;
    }

    /**
     * Finds a free element for this one, if need be by moving others to further elements that they are like. What a
     * failing search has reached leads no later search to a free element either, and is left out of them.
     */
    private boolean augment(int start, Shape shape) {
        Map<Integer, Integer> reachedFrom = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            int p = open.remove();
            int free = firstAlike(p, shape.free);
            if (free >= 0) {
                move(start, p, free, reachedFrom);
                shape.free.clear(free);
                shape.taken.set(free);
                reachedFrom.keySet().forEach(shape.taken::set);
                return true;
            }
            for (int c = shape.taken.nextSetBit(0); c >= 0; c = shape.taken.nextSetBit(c + 1)) {
                if (areAlike(p, c)) {
                    shape.taken.clear(c);
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

    /** Elements of which nothing says beforehand that they are not alike. */
    private static final class Shape {

        private final BitSet lonely = new BitSet(); // the primary's without a counterpart
        private final BitSet free = new BitSet(); // the candidate's without a counterpart
        private final BitSet taken = new BitSet(); // the candidate's with one, as far as a search may still reach them

        boolean hasTooFew() {
            return lonely.cardinality() > free.cardinality();
        }
    }
}
