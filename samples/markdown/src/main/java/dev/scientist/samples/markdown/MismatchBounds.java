package dev.scientist.samples.markdown;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/**
 * Bounds for the true rate behind {@code bad} of {@code compared} calls, that hold however often one looks. The true rate is
 * ever above {@code upper} with probability at most alpha, and ever below {@code lower} with probability at most alpha.
 *
 * <p>The bounds are where a sequential test of "the rate is p" stops rejecting p. The test bets on 24 fixed rates at once: the
 * sub-Bernoulli process of Howard, Ramdas, McAuliffe and Sekhon (Probability Surveys 17, 2020) in the betting form of
 * Waudby-Smith and Ramdas (JRSS B 86, 2024). It is going to move into the core's {@code dev.scientist.cutover}.
 *
 * @param lower 0 to 1
 * @param upper 0 to 1
 */
record MismatchBounds(double lower, double upper) {

    // 16 bets spread over all rates, weight 0.9 together, and 8 fine ones for small rates, weight 0.1 together.
    private static final int COARSE = 16;
    private static final int FINE = 8;
    private static final double[] BETS = new double[COARSE + FINE];
    private static final double[] LOG_WEIGHTS = new double[COARSE + FINE];

    static {
        for (int j = 0; j < COARSE; j++) {
            double root = (2 * j + 1) / 32.0;
            BETS[j] = root * root;
            LOG_WEIGHTS[j] = Math.log(0.9 / COARSE);
        }
        for (int i = 0; i < FINE; i++) {
            BETS[COARSE + i] = 1 - Math.pow(2, -(i + 5));
            LOG_WEIGHTS[COARSE + i] = Math.log(0.1 / FINE);
        }
    }

    static MismatchBounds of(long compared, long bad, double alpha) {
        if (bad < 0 || bad > compared) {
            throw new IllegalArgumentException("bad must be between 0 and " + compared + " but was " + bad);
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be between 0 and 1 but was " + alpha);
        }
        if (compared == 0) {
            return new MismatchBounds(0, 1);
        }
        double enough = -Math.log(alpha);
        double seen = (double) bad / compared;
        double lower = bad == 0 ? 0 : boundary(seen, 0, p -> logAbove(compared, bad, p) >= enough);
        double upper = bad == compared ? 1 : boundary(seen, 1, p -> logBelow(compared, bad, p) >= enough);
        return new MismatchBounds(lower, upper);
    }

    /** The logarithm of the evidence that the rate is below {@code p}. */
    static double logBelow(long compared, long bad, double p) {
        return logSum(bet -> bad * Math.log(bet) - compared * Math.log1p((bet - 1) * p));
    }

    /** The logarithm of the evidence that the rate is above {@code p}. */
    static double logAbove(long compared, long bad, double p) {
        return logSum(bet -> -bad * Math.log(bet) - compared * Math.log1p((1 / bet - 1) * p));
    }

    private static double logSum(DoubleUnaryOperator logFactor) {
        double[] terms = new double[BETS.length];
        for (int j = 0; j < terms.length; j++) {
            terms[j] = LOG_WEIGHTS[j] + logFactor.applyAsDouble(BETS[j]);
        }
        double most = Arrays.stream(terms).max().orElseThrow();
        return most
                + Math.log(
                        Arrays.stream(terms).map(term -> Math.exp(term - most)).sum());
    }

    /** Where rejection starts between a rate that is not rejected and one beyond, by bisection. */
    private static double boundary(double kept, double beyond, DoublePredicate rejected) {
        double inside = kept;
        double outside = beyond;
        for (int halvings = 0; halvings < 64; halvings++) {
            double middle = (inside + outside) / 2;
            if (rejected.test(middle)) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return outside;
    }
}
