package dev.scientist.comparators;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs the elements of two arrays whose order does not matter, each at most once and as many as possible. Equal
 * elements come first, in linear time. Within a tolerance an element can be like several that are not like each other,
 * so what is left is paired along augmenting paths, which finds a complete pairing wherever there is one. An element
 * that a rule takes out needs no counterpart.
 *
 * @param unpairedPrimary indices of the primary's elements that have no counterpart, ascending
 * @param unpairedCandidate indices of the candidate's elements that have no counterpart, ascending
 */
record Pairing(List<Integer> unpairedPrimary, List<Integer> unpairedCandidate) {

    private static final int NONE = -1;

    static Pairing of(List<?> primary, List<?> candidate, Likeness likeness) {
        Matching matching = new Matching(primary, candidate, likeness);
        matching.pairEqual();
        if (!likeness.isExact()) {
            matching.pairAlike();
        }
        return new Pairing(unpaired(primary, matching.candidateOf), unpaired(candidate, matching.primaryOf));
    }

    boolean isComplete() {
        return unpairedPrimary.isEmpty() && unpairedCandidate.isEmpty();
    }

    private static List<Integer> unpaired(List<?> elements, int[] counterparts) {
        List<Integer> unpaired = new ArrayList<>();
        for (int i = 0; i < counterparts.length; i++) {
            if (counterparts[i] == NONE && elements.get(i) != Gap.IGNORED) {
                unpaired.add(i);
            }
        }
        return unpaired;
    }

    /** The pairs so far: {@code candidateOf[p] == c} exactly if {@code primaryOf[c] == p}. */
    private static final class Matching {

        private final List<?> primary;
        private final List<?> candidate;
        private final Likeness likeness;
        private final int[] candidateOf;
        private final int[] primaryOf;

        Matching(List<?> primary, List<?> candidate, Likeness likeness) {
            this.primary = primary;
            this.candidate = candidate;
            this.likeness = likeness;
            this.candidateOf = new int[primary.size()];
            this.primaryOf = new int[candidate.size()];
            Arrays.fill(candidateOf, NONE);
            Arrays.fill(primaryOf, NONE);
        }

        void pairEqual() {
            Map<Integer, Deque<Integer>> waiting = new HashMap<>();
            for (int c = 0; c < primaryOf.length; c++) {
                waiting.computeIfAbsent(likeness.identities().of(candidate.get(c)), identity -> new ArrayDeque<>())
                        .add(c);
            }
            for (int p = 0; p < candidateOf.length; p++) {
                Deque<Integer> equal = waiting.get(likeness.identities().of(primary.get(p)));
                if (equal != null && !equal.isEmpty()) {
                    pair(p, equal.remove());
                }
            }
        }

        void pairAlike() {
            for (int p = 0; p < candidateOf.length; p++) {
                if (candidateOf[p] == NONE) {
                    augment(p);
                }
            }
        }

        /** Finds a free element for this one, if need be by moving others to further elements that they are like. */
        private void augment(int start) {
            int[] reachedFrom = new int[primaryOf.length];
            Arrays.fill(reachedFrom, NONE);
            Deque<Integer> open = new ArrayDeque<>();
            open.add(start);
            while (!open.isEmpty()) {
                int p = open.remove();
                for (int c = 0; c < primaryOf.length; c++) {
                    if (reachedFrom[c] != NONE || !likeness.areAlike(primary.get(p), candidate.get(c))) {
                        continue;
                    }
                    reachedFrom[c] = p;
                    if (primaryOf[c] == NONE) {
                        move(start, c, reachedFrom);
                        return;
                    }
                    open.add(primaryOf[c]);
                }
            }
        }

        private void move(int start, int free, int[] reachedFrom) {
            int c = free;
            while (true) {
                int p = reachedFrom[c];
                int left = candidateOf[p];
                pair(p, c);
                if (p == start) {
                    return;
                }
                c = left;
            }
        }

        private void pair(int p, int c) {
            candidateOf[p] = c;
            primaryOf[c] = p;
        }
    }
}
