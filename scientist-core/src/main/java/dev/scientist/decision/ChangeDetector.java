package dev.scientist.decision;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches a rate bucket by bucket and raises an alarm when it has risen above a level. Unlike an average, it is not
 * slowed by a long time with a low rate.
 *
 * <p>For each of the 24 bets of {@link EProcess} it computes {@code M = (M + 1) x factor} with the factor of every
 * bucket; the alarm is raised when the weighted sum reaches A. While the rate is at most the level, the mean number of
 * buckets until a false alarm is at least A. Source: the e-detector of Shin, Ramdas and Rinaldo (NEJSDS 2024). The
 * values are kept as logarithms, so they neither overflow nor underflow.
 *
 * <p>Immutable: {@link #next} gives the state after one more bucket.
 *
 * @since 0.1.0
 */
public final class ChangeDetector {

    private final Bets bets;
    private final double level;
    private final double[] lnWon; // one value for each bet; minus infinity before the first bucket

    private ChangeDetector(Bets bets, double level, double[] lnWon) {
        this.bets = bets;
        this.level = level;
        this.lnWon = lnWon;
    }

    /**
     * A detector for a rate of bad comparisons.
     *
     * @param p the level, a share, between 0 and 1, both exclusive
     * @throws IllegalArgumentException if it is out of its range
     */
    public static ChangeDetector above(double p) {
        return new ChangeDetector(Bets.ABOVE, CountChecks.requireRate(p, "p"), nothing());
    }

    /**
     * A detector for the mean excess of the candidate over the primary's own noise, so that trouble of both sides
     * raises no alarm.
     *
     * @param d the level, a share, at least 0 and less than 1
     * @throws IllegalArgumentException if it is out of its range
     */
    public static ChangeDetector pairedAbove(double d) {
        return new ChangeDetector(Bets.EXCESS_ABOVE, CountChecks.requireExcess(d), nothing());
    }

    /**
     * The state after one more bucket.
     *
     * @param n comparisons in the bucket, 0 or more
     * @param k bad ones among them, 0 to n
     * @throws IllegalArgumentException if an argument is out of its range
     * @throws IllegalStateException if this watches pairs
     */
    public ChangeDetector next(long n, long k) {
        if (bets != Bets.ABOVE) {
            throw new IllegalStateException("this detector watches pairs; call next(n, worse, better)");
        }
        CountChecks.requireBad(n, k);
        return after(-k, 0, n);
    }

    /**
     * The state after one more bucket of pairs.
     *
     * @param n paired comparisons in the bucket, 0 or more
     * @param worse those in which only the candidate was bad, 0 to n
     * @param better those in which only the primary's replicate was bad, 0 to n - worse
     * @throws IllegalArgumentException if an argument is out of its range
     * @throws IllegalStateException if this does not watch pairs
     */
    public ChangeDetector next(long n, long worse, long better) {
        if (bets != Bets.EXCESS_ABOVE) {
            throw new IllegalStateException("this detector watches no pairs; call next(n, k)");
        }
        CountChecks.requirePaired(n, worse, better);
        return after(better, worse, n);
    }

    /** The logarithm of the weighted sum; minus infinity before the first bucket. */
    public double lnSum() {
        double sum = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < Bets.COUNT; j++) {
            sum = lnAdd(sum, Bets.lnWeight(j) + lnWon[j]);
        }
        return sum;
    }

    /**
     * Whether the rate has risen above the level.
     *
     * @param a the accepted mean number of buckets until a false alarm, at least 1; 777 600 buckets of 10 s are 90 days
     * @throws IllegalArgumentException if it is less than 1, or not a number
     */
    public boolean isAlarm(double a) {
        if (!(a >= 1)) {
            throw new IllegalArgumentException("a must be at least 1 but was " + a);
        }
        return lnSum() >= Math.log(a);
    }

    private ChangeDetector after(long hits, long mirrored, long n) {
        double[] next = new double[Bets.COUNT];
        for (int j = 0; j < Bets.COUNT; j++) {
            next[j] = lnAdd(lnWon[j], 0) + bets.lnFactor(j, hits, mirrored, n, level);
        }
        return new ChangeDetector(bets, level, next);
    }

    private static double[] nothing() {
        double[] lnWon = new double[Bets.COUNT];
        Arrays.fill(lnWon, Double.NEGATIVE_INFINITY);
        return lnWon;
    }

    /** ln(e^a + e^b); minus infinity is the logarithm of 0. */
    private static double lnAdd(double a, double b) {
        double most = Math.max(a, b);
        return most == Double.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChangeDetector that
                && bets == that.bets
                && level == that.level
                && Arrays.equals(lnWon, that.lnWon);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(level) + Arrays.hashCode(lnWon);
    }

    @Override
    public String toString() {
        return (bets == Bets.ABOVE ? "rate above " : "excess above ") + level + ": ln sum = " + lnSum();
    }
}
