package dev.scientist.benchmarks.harness;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The distribution of a figure over the rounds.
 *
 * @param p10 one round in ten was at most this
 * @param median half the rounds were at most this
 * @param p90 nine rounds in ten were at most this
 * @param rounds how many rounds there were
 */
public record Spread(double p10, double median, double p90, int rounds) {

    /** The spread of one figure per round. */
    public static Spread of(double... perRound) {
        double[] sorted = perRound.clone();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9), sorted.length);
    }

    /** The spread of a figure that was measured once. */
    public static Spread once(double figure) {
        return new Spread(figure, figure, figure, 1);
    }

    /** The spread of a number that was counted once. */
    public static Spread count(long number) {
        return once((double) number);
    }

    /** The same spread in another unit; the operator must not decrease. */
    public Spread map(DoubleUnaryOperator operator) {
        return new Spread(
                operator.applyAsDouble(p10), operator.applyAsDouble(median), operator.applyAsDouble(p90), rounds);
    }

    /** Interpolates linearly between the two nearest ranks: type 7 of Hyndman and Fan, as R and NumPy do. */
    static double quantile(double[] sorted, double share) {
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
