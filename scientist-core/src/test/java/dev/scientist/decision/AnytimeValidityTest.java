package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests the claim of anytime validity: if the true rate is not below the threshold, at most alpha of all runs ever
 * reach PASS, although the bound is looked at after every comparison. The negative control is the bound of Clopper and
 * Pearson, which is valid for one look only: looked at as often, it passes far more of the same runs.
 */
class AnytimeValidityTest {

    private static final int RUNS = 2_000;
    private static final int COMPARISONS = 20_000;
    private static final double ALPHA = 0.05;
    private static final double THRESHOLD = 0.01;
    private static final int NEVER = -1;

    // With alpha 5 % and 2 000 runs, 7 % is four standard errors above alpha.
    private static final double MOST = 0.07;

    @Test
    @Tag("promise-16")
    void aRateAtTheThresholdIsRarelyPassedHoweverOftenOneLooks() {
        double ours = shareOfRunsThatEverPass(sequential(), comparison -> THRESHOLD);
        double onceOnly = shareOfRunsThatEverPass(clopperPearson(), comparison -> THRESHOLD);

        assertThat(ours).isLessThanOrEqualTo(MOST);
        assertThat(onceOnly).isGreaterThan(0.12);
    }

    @Test
    @Tag("promise-16")
    void aRateThatComesInBurstsIsRarelyPassed() {
        // Ten times the threshold in the first ten of each hundred comparisons: the average of all comparisons so far
        // is never below the threshold.
        IntToDoubleFunction bursts = comparison -> comparison % 100 < 10 ? 10 * THRESHOLD : 0;

        double ours = shareOfRunsThatEverPass(sequential(), bursts);

        assertThat(ours).isLessThanOrEqualTo(MOST);
    }

    @Test
    @Tag("promise-16")
    void aRateThatDriftsDownToTheThresholdIsRarelyPassed() {
        IntToDoubleFunction drift = comparison -> THRESHOLD * (1 + 1 / (1 + comparison / 1_000.0));

        double ours = shareOfRunsThatEverPass(sequential(), drift);

        assertThat(ours).isLessThanOrEqualTo(MOST);
    }

    @Test
    void aRateWellBelowTheThresholdIsPassed() {
        double ours = shareOfRunsThatEverPass(sequential(), comparison -> THRESHOLD / 10);

        assertThat(ours).isGreaterThan(0.99);
    }

    private static double shareOfRunsThatEverPass(int[] mostBad, IntToDoubleFunction rate) {
        SplittableRandom random = new SplittableRandom(20_261_121);
        int passed = 0;
        for (int run = 0; run < RUNS; run++) {
            int bad = 0;
            boolean hasPassed = false;
            for (int n = 1; n <= COMPARISONS; n++) {
                bad += random.nextDouble() < rate.applyAsDouble(n - 1) ? 1 : 0;
                hasPassed |= bad <= mostBad[n];
            }
            passed += hasPassed ? 1 : 0;
        }
        return (double) passed / RUNS;
    }

    /**
     * The greatest number of bad comparisons among the first n that still passes, for each n: the test is monotone in
     * it.
     */
    private static int[] sequential() {
        int[] mostBad = new int[COMPARISONS + 1];
        mostBad[0] = NEVER;
        for (int n = 1; n <= COMPARISONS; n++) {
            int most = mostBad[n - 1];
            while (most < n && EProcess.lnBelow(n, most + 1, THRESHOLD) >= Math.log(1 / ALPHA)) {
                most++;
            }
            mostBad[n] = most;
        }
        return mostBad;
    }

    /**
     * The same numbers for the bound of one look, which passes if so few bad comparisons have a chance of at most
     * alpha.
     */
    private static int[] clopperPearson() {
        int[] mostBad = new int[COMPARISONS + 1];
        double[] chance = new double[400]; // the probability of exactly k bad ones; greater numbers do not occur here
        chance[0] = 1;
        mostBad[0] = NEVER;
        for (int n = 1; n <= COMPARISONS; n++) {
            for (int k = chance.length - 1; k > 0; k--) {
                chance[k] = chance[k] * (1 - THRESHOLD) + chance[k - 1] * THRESHOLD;
            }
            chance[0] *= 1 - THRESHOLD;
            double sum = 0;
            int most = NEVER;
            while (most + 1 < chance.length && sum + chance[most + 1] <= ALPHA) {
                most++;
                sum += chance[most];
            }
            mostBad[n] = most;
        }
        return mostBad;
    }
}
