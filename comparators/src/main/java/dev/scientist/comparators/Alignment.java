package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The longest common subsequence of two sequences of numbers, found greedily along the diagonals of an edit graph
 * (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).
 */
final class Alignment {

    static final int NONE = -1;

    /** The most elements that may have come or gone; chosen: more than a report shows, and a megabyte of memory. */
    private static final int MOST_EDITS = 512;

    private Alignment() {}

    /**
     * Does what {@link #of(int[], int[])} does, for elements with an {@code equals}. Equal elements at the beginning
     * and at the end of the two sequences are counterparts at once; only the elements between them are searched.
     */
    static <E> int[] of(List<E> one, List<E> other) {
        int most = Math.min(one.size(), other.size());
        int head = 0;
        while (head < most && one.get(head).equals(other.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && one.get(one.size() - 1 - tail).equals(other.get(other.size() - 1 - tail))) {
            tail++;
        }
        Map<E, Integer> numbers = new HashMap<>();
        int[] between = of(
                numbers(one.subList(head, one.size() - tail), numbers),
                numbers(other.subList(head, other.size() - tail), numbers));
        int[] counterparts = new int[one.size()];
        for (int i = 0; i < counterparts.length; i++) {
            if (i < head) {
                counterparts[i] = i;
            } else if (i >= one.size() - tail) {
                counterparts[i] = i + other.size() - one.size();
            } else {
                counterparts[i] = between[i - head] == NONE ? NONE : between[i - head] + head;
            }
        }
        return counterparts;
    }

    private static <E> int[] numbers(List<E> elements, Map<E, Integer> numbers) {
        return elements.stream()
                .mapToInt(element -> numbers.computeIfAbsent(element, unknown -> numbers.size()))
                .toArray();
    }

    /**
     * Finds for each element of one sequence the index of its counterpart in the other, or {@link #NONE}. Counterparts
     * are equal and in order. If more than {@value #MOST_EDITS} elements have come or gone, no element has a
     * counterpart.
     */
    static int[] of(int[] one, int[] other) {
        List<int[]> furthest = new ArrayList<>(); // for each number of edits, how far each diagonal has come
        int[] before = {0, 0};
        int limit = Math.min(MOST_EDITS, one.length + other.length);
        for (int edits = 0; edits <= limit; edits++) {
            Limits.throwIfInterrupted();
            int[] reached = new int[edits + 1]; // the diagonal -edits + 2 * i is at i
            for (int i = 0; i <= edits; i++) {
                int x = start(before, edits, i);
                int y = x - (2 * i - edits);
                while (x < one.length && y < other.length && one[x] == other[y]) {
                    x++;
                    y++;
                }
                reached[i] = x;
                if (x >= one.length && y >= other.length) {
                    furthest.add(reached);
                    return walkBack(furthest, one, other);
                }
            }
            furthest.add(reached);
            before = reached;
        }
        int[] nothing = new int[one.length];
        Arrays.fill(nothing, NONE);
        return nothing;
    }

    /**
     * Finds where a diagonal starts after one more edit, which is a step down or, from the diagonal on its left, a step
     * right.
     */
    private static int start(int[] before, int edits, int i) {
        if (edits == 0) {
            return 0;
        }
        return isDown(before, edits, i) ? before[i] : before[i - 1] + 1;
    }

    private static boolean isDown(int[] before, int edits, int i) {
        return i == 0 || (i != edits && before[i - 1] < before[i]);
    }

    private static int[] walkBack(List<int[]> furthest, int[] one, int[] other) {
        int[] counterparts = new int[one.length];
        Arrays.fill(counterparts, NONE);
        int x = one.length;
        int y = other.length;
        for (int edits = furthest.size() - 1; edits >= 0; edits--) {
            int i = (x - y + edits) / 2;
            int[] before = edits == 0 ? new int[] {0} : furthest.get(edits - 1);
            int start = start(before, edits, i);
            while (x > start) {
                counterparts[--x] = --y;
            }
            if (edits > 0) {
                boolean isDown = isDown(before, edits, i);
                x = isDown ? start : start - 1;
                y = isDown ? y - 1 : y;
            }
        }
        return counterparts;
    }
}
