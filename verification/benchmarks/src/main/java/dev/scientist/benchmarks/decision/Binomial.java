package dev.scientist.benchmarks.decision;

/** Adds up tails of the binomial distribution, whose numbers are small enough here. */
final class Binomial {

    private static final double NEGLIGIBLE = 1e-18;

    private Binomial() {}

    /** The chance of k or more of n, each with the chance p. */
    static double chanceOfAtLeast(long k, long n, double p) {
        return k == 0 ? 1 : (double) k <= n * p ? 1 - sum(k - 1, n, p, -1) : sum(k, n, p, 1);
    }

    /** The chance of k or fewer of n, each with the chance p. */
    static double chanceOfAtMost(long k, long n, double p) {
        return (double) k >= n * p ? 1 - (k == n ? 0 : sum(k + 1, n, p, 1)) : sum(k, n, p, -1);
    }

    /** Adds the chances of k and all numbers beyond it in one direction, in which they become ever less likely. */
    private static double sum(long k, long n, double p, int direction) {
        double term = Math.exp(lnChance(k, n, p));
        double sum = 0;
        long i = k;
        while (i >= 0 && i <= n && term > NEGLIGIBLE * sum) {
            sum += term;
            term *= direction > 0
                    ? (double) (n - i) / (double) (i + 1) * p / (1 - p)
                    : (double) i / (double) (n - i + 1) * (1 - p) / p;
            i += direction;
        }
        return Math.min(1, sum);
    }

    private static double lnChance(long k, long n, double p) {
        return lnFactorial(n)
                - lnFactorial(k)
                - lnFactorial(n - k)
                + (double) k * Math.log(p)
                + (double) (n - k) * Math.log1p(-p);
    }

    /** Uses Stirling's series, exact to a double, from 20 on, and adds up below. */
    private static double lnFactorial(long n) {
        if (n < 20) {
            double ln = 0;
            for (long i = 2; i <= n; i++) {
                ln += Math.log((double) i);
            }
            return ln;
        }
        double x = (double) n;
        return x * Math.log(x)
                - x
                + 0.5 * Math.log(2 * Math.PI * x)
                + 1 / (12 * x)
                - 1 / (360 * x * x * x)
                + 1 / (1_260 * Math.pow(x, 5));
    }
}
