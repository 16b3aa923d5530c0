package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Elements of two arrays that may be counterparts of each other. Confined to one thread, for one pair of arrays. */
final class ArrayGroup {

    static final Object WITHOUT_KEY = "without key";

    private final int[] primary;
    private final int[] candidate;
    private final boolean isByExclusion;

    /**
     * A group.
     *
     * @param primary indices, ascending
     * @param candidate indices, ascending
     * @param isByExclusion whether the last two belong to each other
     */
    ArrayGroup(int[] primary, int[] candidate, boolean isByExclusion) {
        this.primary = primary;
        this.candidate = candidate;
        this.isByExclusion = isByExclusion;
    }

    /** The groups of two arrays: one for each key, or a single one. */
    static List<ArrayGroup> of(ArrayElements primary, ArrayElements candidate, @Nullable Keys keys) {
        if (keys == null) {
            return List.of(new ArrayGroup(primary.counted(), candidate.counted(), true));
        }
        Map<Object, Indices> groups = new LinkedHashMap<>();
        for (int p : primary.counted()) {
            groups.computeIfAbsent(primary.key(p, keys), unknown -> new Indices())
                    .primary
                    .add(p);
        }
        for (int c : candidate.counted()) {
            groups.computeIfAbsent(candidate.key(c, keys), unknown -> new Indices())
                    .candidate
                    .add(c);
        }
        return groups.entrySet().stream()
                .map(group -> group.getValue().together(!group.getKey().equals(WITHOUT_KEY)))
                .toList();
    }

    /** The indices of the primary's elements, ascending. */
    int[] primary() {
        return primary;
    }

    /** The indices of the candidate's elements, ascending. */
    int[] candidate() {
        return candidate;
    }

    /** The elements of this group that have no counterpart. */
    ArrayGroup without(IntPredicate isPaired, IntPredicate isOtherPaired) {
        return new ArrayGroup(
                Arrays.stream(primary).filter(isPaired.negate()).toArray(),
                Arrays.stream(candidate).filter(isOtherPaired.negate()).toArray(),
                isByExclusion);
    }

    boolean isOneOfEach() {
        return isByExclusion && primary.length == 1 && candidate.length == 1;
    }

    /** A group that is being filled. */
    private record Indices(List<Integer> primary, List<Integer> candidate) {

        Indices() {
            this(new ArrayList<>(1), new ArrayList<>(1));
        }

        ArrayGroup together(boolean isByExclusion) {
            return new ArrayGroup(indices(primary), indices(candidate), isByExclusion);
        }

        private static int[] indices(List<Integer> members) {
            return members.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
