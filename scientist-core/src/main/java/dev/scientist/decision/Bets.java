package dev.scientist.decision;

import java.util.function.DoubleUnaryOperator;

/**
 * The 24 fixed bets that every sequential test here makes at once, and the logarithm of their combined winnings.
 *
 * <p>16 bets are spread over all rates and have the weight 0.9 together; 8 fine ones near 1 have the weight 0.1
 * together: without them a paired test never establishes a small excess in the presence of noise. The weights sum to 1.
 *
 * <p>Threads: any. Invariant: the tables never change. Consequence: they are shared without synchronization.
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

    /** Bets against "the rate is at least p". */
    static final Bets BELOW = new Bets(bet -> bet - 1);

    /** Bets against "the rate is at most p". */
    static final Bets ABOVE = new Bets(bet -> 1 / bet - 1);

    /** Bets against "the mean excess is at most d". */
    static final Bets EXCESS_ABOVE = new Bets(bet -> 1 - bet);

    private final double[] slopes = new double[COUNT];

    /**
     * Makes the bets.
     *
     * @param slope the cost of one comparison for a bet, per unit of the threshold
     */
    private Bets(DoubleUnaryOperator slope) {
        for (int j = 0; j < COUNT; j++) {
            slopes[j] = slope.applyAsDouble(bet(j));
        }
    }

    /** The winnings of the bets against a threshold that is used once. */
    double lnWon(long hits, long mirrored, long n, double threshold) {
        return at(threshold).lnWon(hits, mirrored, n);
    }

    /** The bets against a threshold that is used often. */
    Odds at(double threshold) {
        double[] costs = new double[COUNT];
        for (int j = 0; j < COUNT; j++) {
            costs[j] = Math.log1p(slopes[j] * threshold);
        }
        return new Odds(costs);
    }

    /** The bets against one threshold. Immutable. */
    static final class Odds {

        // Terms that are smaller than the largest one by this logarithm do not change the last bit of a double.
        private static final double NEGLIGIBLE = -45;

        private final double[] costs; // the cost of one comparison for each bet

        private Odds(double[] costs) {
            this.costs = costs;
        }

        /**
         * The logarithm of the combined winnings of all bets.
         *
         * @param hits how often the factor was the bet c; negative for 1/c
         * @param mirrored how often the factor was the mirrored bet, 2 - c
         * @param n the number of comparisons
         */
        double lnWon(long hits, long mirrored, long n) {
            double most = Double.NEGATIVE_INFINITY;
            double sum = 0; // the sum of all terms so far, as a multiple of the largest term
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

    /** The logarithm of the winnings of one bet, without its weight. */
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
