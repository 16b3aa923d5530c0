package dev.scientist.decision;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches a rate bucket by bucket and alarms when it has risen above a level: unlike an average, it forgets a good past.
 *
 * <p>For each of the 24 bets of {@link EProcess} it keeps {@code M = (M + 1) x factor} of every bucket; it alarms when
 * their weighted sum reaches A. While the rate is at most the level, the mean number of buckets until a false alarm is at
 * least A. Source: the e-detector of Shin, Ramdas and Rinaldo (NEJSDS 2024). Kept as logarithms, so it neither overflows
 * nor loses what is small.
 *
 * <p>Immutable: {@link #next} gives the state after one more bucket.
 *
 * @since 0.1.0
 */
public final class ChangeDetector {

    private final Bets bets;
    private final double level;
    private final double[] lnWon; // one for each bet; minus infinity before the first bucket

    private ChangeDetector(Bets bets, double level, double[] lnWon) {
        this.bets = bets;
        this.level = level;
        this.lnWon = lnWon;
    }

    /**
     * Watches a rate of bad comparisons.
     *
     * @param p the level, a share, between 0 and 1, both exclusive
     * @throws IllegalArgumentException if it is out of its range
     */
    public static ChangeDetector above(double p) {
        return new ChangeDetector(Bets.ABOVE, CountChecks.requireRate(p, "p"), nothing());
    }

    /**
     * Watches the mean excess of the candidate over the primary's own noise, so that what hits both sides is no alarm.
     *
     * @param d the level, a share, at least 0 and less than 1
     * @throws IllegalArgumentException if it is out of its range
     */
    public static ChangeDetector pairedAbove(double d) {
        return new ChangeDetector(Bets.EXCESS_ABOVE, CountChecks.requireExcess(d), nothing());
    }

    /**
     * The state after a bucket.
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
     * The state after a bucket of pairs.
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
     * @param a the mean number of buckets until a false alarm that is accepted, at least 1; in buckets of 10 s, 777 600 is
     *     90 days
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

    /** ln(e^a + e^b); minus infinity stands for nothing. */
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
