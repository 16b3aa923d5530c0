package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignmentTest {

    @Test
    void anElementInFrontMovesAllCounterpartsByOne() {
        assertThat(Alignment.of(new int[] {1, 2, 3}, new int[] {9, 1, 2, 3})).containsExactly(1, 2, 3);
        assertThat(Alignment.of(new int[] {9, 1, 2, 3}, new int[] {1, 2, 3})).containsExactly(Alignment.NONE, 0, 1, 2);
        assertThat(Alignment.of(new int[0], new int[] {1})).isEmpty();
        assertThat(Alignment.of(new int[] {1}, new int[0])).containsExactly(Alignment.NONE);
    }

    @Test
    void counterpartsAreEqualAndInOrderAndAsManyAsPossible() {
        Random random = new Random(1986);
        for (int round = 0; round < 2_000; round++) {
            int[] one = random.ints(random.nextInt(12), 0, 4).toArray();
            int[] other = random.ints(random.nextInt(12), 0, 4).toArray();

            int[] counterparts = Alignment.of(one, other);

            int[] paired = IntStream.range(0, one.length)
                    .filter(i -> counterparts[i] != Alignment.NONE)
                    .toArray();
            assertThat(Arrays.stream(paired).map(i -> counterparts[i]).toArray())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(Arrays.stream(paired)).allMatch(i -> one[i] == other[counterparts[i]]);
            assertThat(paired).hasSize(longest(one, other));
        }
    }

    @Test
    void whereNearlyAllHasChangedThereAreNoCounterparts() {
        int[] one = IntStream.range(0, 10_000).toArray();
        int[] other = IntStream.range(0, 10_000).map(i -> i % 10 == 0 ? i : -i).toArray();

        assertThat(Alignment.of(one, other)).containsOnly(Alignment.NONE);
    }

    private static int longest(int[] one, int[] other) {
        int[][] lengths = new int[one.length + 1][other.length + 1];
        for (int i = 1; i <= one.length; i++) {
            for (int j = 1; j <= other.length; j++) {
                lengths[i][j] = one[i - 1] == other[j - 1]
                        ? lengths[i - 1][j - 1] + 1
                        : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
            }
        }
        return lengths[one.length][other.length];
    }
}
