package dev.scientist.decision;

import java.util.function.DoubleUnaryOperator;

/**
 * Bounds for a true rate that are valid however often one looks: over the whole life of the counts, the probability
 * that the true rate is ever above {@link #upper} is at most alpha, and so is the probability that it is ever below
 * {@link #lower}.
 *
 * <p>The upper bound is the threshold p at which {@link EProcess#lnBelow} reaches ln(1/alpha), the lower bound is that
 * at which {@link EProcess#lnAbove} does. Both are monotone in p on their side of k/n, and are found to 12 digits,
 * rounded outwards. If the rate drifts, the bounds are for the average of the true rates.
 *
 * @since 0.1.0
 */
public final class ConfidenceSequence {

    private static final int MOST_STEPS = 200; // about ten are usual
    private static final double PRECISION = 1e-12; // the relative precision of a bound

    private ConfidenceSequence() {}

    /**
     * The upper bound.
     *
     * @param n comparisons, 0 or more
     * @param k bad ones among them, 0 to n
     * @param alpha the chance of ever being wrong, between 0 and 1, both exclusive
     * @return a share, k/n to 1; 1 without data
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static double upper(long n, long k, double alpha) {
        CountChecks.requireBad(n, k);
        double enough = enough(alpha);
        return k == n ? 1 : boundary((double) k / n, 1, enough, p -> Bets.BELOW.lnWon(k, 0, n, p));
    }

    /**
     * The lower bound.
     *
     * @param n comparisons, 0 or more
     * @param k bad ones among them, 0 to n
     * @param alpha the chance of ever being wrong, between 0 and 1, both exclusive
     * @return a share, 0 to k/n; 0 without data
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static double lower(long n, long k, double alpha) {
        CountChecks.requireBad(n, k);
        double enough = enough(alpha);
        return k == 0 ? 0 : boundary((double) k / n, 0, enough, p -> Bets.ABOVE.lnWon(-k, 0, n, p));
    }

    /** The value that ln E must reach, ln(1/alpha). */
    static double enough(double alpha) {
        return -Math.log(CountChecks.requireRate(alpha, "alpha"));
    }

    /**
     * The last rate that is not rejected, going outwards from the observed rate; rounded outwards. Found by the
     * Illinois variant of the regula falsi: the boundary is always between the two ends.
     *
     * @param kept the observed rate
     * @param beyond the last possible rate, 0 or 1
     * @param lnE the evidence against a rate; it grows outwards
     */
    private static double boundary(double kept, double beyond, double enough, DoubleUnaryOperator lnE) {
        double inside = kept;
        double outside = beyond;
        double lack = -enough; // at the inner end; there is almost no evidence against the observed rate
        double surplus = Double.NaN; // at the outer end; not known at 0 and 1, where the logarithm is infinite
        boolean wasOutside = false; // whether the last step moved the outer end
        for (int i = 0; i < MOST_STEPS && Math.abs(outside - inside) > PRECISION * Math.max(inside, outside); i++) {
            double guess = (inside * surplus - outside * lack) / (surplus - lack);
            boolean isBetween = Math.min(inside, outside) < guess && guess < Math.max(inside, outside);
            double middle = isBetween ? guess : middle(inside, outside);
            if (middle == inside || middle == outside) {
                break;
            }
            double found = lnE.applyAsDouble(middle) - enough;
            boolean isOutside = found >= 0;
            if (isOutside) {
                outside = middle;
                surplus = found;
                lack = wasOutside ? lack / 2 : lack; // halved, because otherwise this end might never move
            } else {
                inside = middle;
                lack = found;
                surplus = wasOutside || i == 0 ? surplus : surplus / 2;
            }
            wasOutside = isOutside;
        }
        return outside;
    }

    /** The mean of two rates; the geometric mean if they are far apart. */
    private static double middle(double one, double other) {
        double least = Math.min(one, other);
        double most = Math.max(one, other);
        return least > 0 && most > 4 * least ? Math.sqrt(least * most) : (least + most) / 2;
    }
}
