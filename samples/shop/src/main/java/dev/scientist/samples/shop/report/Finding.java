package dev.scientist.samples.shop.report;

import java.util.Locale;

/**
 * One thing that the parallel run found.
 *
 * @param experiment the experiment in which it was found
 * @param sign what was seen: the signature of a group of disagreements, a verdict, or {@link #SLOWER}
 * @param rate how often or how much: a share of the calls, or how many times slower
 */
record Finding(String experiment, String sign, String rate) {

    /** The sign of a candidate that is clearly slower, see {@link Latency#isClearlySlowerThan}. */
    static final String SLOWER = "slower by the median";

    /** A finding in some calls, as a share of all calls that could have shown it. */
    static Finding counted(String experiment, String sign, long count, long of) {
        return new Finding(experiment, sign, Figures.percent((double) count / of));
    }

    static Finding slower(String experiment, Latency candidate, Latency primary) {
        double times = (double) candidate.p50().toNanos() / primary.p50().toNanos();
        return new Finding(experiment, SLOWER, String.format(Locale.ROOT, "%.0f x", times));
    }
}
