package dev.scientist.decision;

/**
 * Evidence that a rate is below or above a threshold: the natural logarithm of the winnings of 24 fixed bets against
 * the opposite.
 *
 * <p>If the opposite is true, the probability that {@code E} ever reaches {@code 1/alpha} is at most alpha, however
 * often one looks and whenever one stops: this is Ville's inequality for a nonnegative martingale. So a claim is
 * established when {@code ln E >= ln(1/alpha)}. If the rate drifts, the same holds for the running average of the true
 * rates. The evidence of several instances is that of the sum of their counts.
 *
 * <p>For {@code n} comparisons with {@code k} bad ones, and bets {@code c} of weight {@code w}:
 *
 * <pre>
 * rate below p:    sum of w c^k (1 + (c - 1) p)^-n
 * rate above p:    sum of w c^-k (1 + (1/c - 1) p)^-n
 * excess below d:  sum of w c^worse (2 - c)^better (1 - (1 - c) d)^-n
 * excess above d:  sum of w c^better (2 - c)^worse (1 + (1 - c) d)^-n
 * </pre>
 *
 * <p>Sources: the sub-Bernoulli process of Howard, Ramdas, McAuliffe and Sekhon (Probability Surveys 17, 2020; Annals
 * of Statistics 49, 2021), in the betting form of Waudby-Smith and Ramdas (JRSS B 86, 2024).
 *
 * <p>All methods are pure functions and allocate nothing. Doubles are exact enough for them up to n = 10^12.
 *
 * @since 0.1.0
 */
public final class EProcess {

    private EProcess() {}

    /**
     * Evidence that the rate of bad comparisons is below a threshold. It falls in {@code k}, and rises in
     * {@code n} and {@code p}.
     *
     * @param n comparisons, 0 or more
     * @param k bad ones among them, 0 to n
     * @param p the threshold, a share, between 0 and 1, both exclusive
     * @return ln E; 0 without data
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static double lnBelow(long n, long k, double p) {
        CountChecks.requireBad(n, k);
        return Bets.BELOW.lnWon(k, 0, n, CountChecks.requireRate(p, "p"));
    }

    /**
     * Evidence that the rate of bad comparisons is above a threshold. It rises in {@code k}, and falls in
     * {@code n} and {@code p}.
     *
     * @param n comparisons, 0 or more
     * @param k bad ones among them, 0 to n
     * @param p the threshold, a share, between 0 and 1, both exclusive
     * @return ln E; 0 without data
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static double lnAbove(long n, long k, double p) {
        CountChecks.requireBad(n, k);
        return Bets.ABOVE.lnWon(-k, 0, n, CountChecks.requireRate(p, "p"));
    }

    /**
     * Evidence that the mean excess of the candidate over the primary's own noise is below a threshold.
     *
     * @param n paired comparisons, 0 or more
     * @param worse those in which only the candidate was bad, 0 to n
     * @param better those in which only the primary's replicate was bad, 0 to n - worse
     * @param d the excess, a share, at least 0 and less than 1
     * @return ln E; 0 without data
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static double lnPairedBelow(long n, long worse, long better, double d) {
        CountChecks.requirePaired(n, worse, better);
        return Bets.BELOW.lnWon(worse, better, n, CountChecks.requireExcess(d));
    }

    /**
     * Evidence that the mean excess of the candidate over the primary's own noise is above a threshold. With
     * {@code d = 0} this is a sequential form of McNemar's test.
     *
     * @param n paired comparisons, 0 or more
     * @param worse those in which only the candidate was bad, 0 to n
     * @param better those in which only the primary's replicate was bad, 0 to n - worse
     * @param d the excess, a share, at least 0 and less than 1
     * @return ln E; 0 without data
     * @throws IllegalArgumentException if an argument is out of its range; the message names it and its value
     */
    public static double lnPairedAbove(long n, long worse, long better, double d) {
        CountChecks.requirePaired(n, worse, better);
        return Bets.EXCESS_ABOVE.lnWon(better, worse, n, CountChecks.requireExcess(d));
    }
}
