package dev.scientist.decision;

import java.util.function.DoubleUnaryOperator;

/**
 * The 24 fixed bets that every sequential test here makes at once, and the logarithm of what they have won together.
 *
 * <p>16 bets are spread over all rates and share the weight 0.9; 8 fine ones, near 1, share 0.1: without them a paired
 * test never certifies a small excess amid noise. The weights sum to 1.
 *
 * <p>Threads: any. Invariant: the tables never change. Consequence: shared without care.
 */
final class Bets {

    static final int COUNT = 24;

    private static final int COARSE = 16;
    private static final double[] LN_BET = new double[COUNT];
    private static final double[] LN_MIRROR = new double[COUNT];
    private static final double[] LN_WEIGHT = new double[COUNT];

    static {
        for (int j = 0; j < COUNT; j++) {
            LN_BET[j] = Math.log(bet(j));
            LN_MIRROR[j] = Math.log(2 - bet(j));
            LN_WEIGHT[j] = j < COARSE ? Math.log(0.9 / COARSE) : Math.log(0.1 / (COUNT - COARSE));
        }
    }

    /** Against "the rate is at least p". */
    static final Bets BELOW = new Bets(bet -> bet - 1);

    /** Against "the rate is at most p". */
    static final Bets ABOVE = new Bets(bet -> 1 / bet - 1);

    /** Against "the mean excess is at most d". */
    static final Bets EXCESS_ABOVE = new Bets(bet -> 1 - bet);

    private final double[] slopes = new double[COUNT];

    /** With what one comparison costs the stake of a bet, for each unit of the threshold. */
    private Bets(DoubleUnaryOperator slope) {
        for (int j = 0; j < COUNT; j++) {
            slopes[j] = slope.applyAsDouble(bet(j));
        }
    }

    /** What the bets have won against one threshold, asked for once. */
    double lnWon(long hits, long mirrored, long n, double threshold) {
        return at(threshold).lnWon(hits, mirrored, n);
    }

    /** The bets against one threshold, to be asked often. */
    Odds at(double threshold) {
        double[] costs = new double[COUNT];
        for (int j = 0; j < COUNT; j++) {
            costs[j] = Math.log1p(slopes[j] * threshold);
        }
        return new Odds(costs);
    }

    /** The bets against one threshold. Immutable. */
    static final class Odds {

        // Less than this beside the largest term, all others together do not reach the last bit of a double.
        private static final double NEGLIGIBLE = -45;

        private final double[] costs; // of one comparison

        private Odds(double[] costs) {
            this.costs = costs;
        }

        /**
         * The logarithm of what all bets have won together.
         *
         * @param hits how often the factor was the bet c; negative for 1/c
         * @param mirrored how often it was the mirrored bet, 2 - c
         * @param n comparisons
         */
        double lnWon(long hits, long mirrored, long n) {
            double most = Double.NEGATIVE_INFINITY;
            double sum = 0; // of all terms so far, as multiples of the largest
            for (int j = 0; j < COUNT; j++) {
                double term = LN_WEIGHT[j] + hits * LN_BET[j] + mirrored * LN_MIRROR[j] - n * costs[j];
                double beside = term - most;
                if (beside > 0) {
                    sum = (beside > -NEGLIGIBLE ? 0 : sum * Math.exp(-beside)) + 1;
                    most = term;
                } else if (beside > NEGLIGIBLE) {
                    sum += Math.exp(beside);
                }
            }
            return most + Math.log(sum);
        }
    }

    /** The logarithm of what one bet has won, without its weight. */
    double lnFactor(int j, long hits, long mirrored, long n, double threshold) {
        return hits * LN_BET[j] + mirrored * LN_MIRROR[j] - n * Math.log1p(slopes[j] * threshold);
    }

    static double lnWeight(int j) {
        return LN_WEIGHT[j];
    }

    private static double bet(int j) {
        double root = (2 * j + 1) / (2.0 * COARSE);
        return j < COARSE ? root * root : 1 - Math.pow(2, -(j - COARSE + 5));
    }
}
