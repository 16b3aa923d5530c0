package dev.scientist.benchmarks.decision;

import dev.scientist.benchmarks.decision.Endpoint.Seen;
import dev.scientist.decision.EProcess;
import java.util.function.Predicate;

/** The rules that say that a candidate is really worse. Each is asked again and again while requests come in. */
@SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
enum Alarm {

    /** This library: evidence of an excess over the primary's own noise, at 99 %. */
    OURS("ours", seen -> EProcess.lnPairedAbove(seen.n, seen.worse, seen.better, 0) >= lnEnough()),

    /**
     * A published rule of two thresholds on the marginal counts: both the relative and the absolute excess are large.
     */
    TWO_THRESHOLDS("two thresholds", seen -> {
        double excess = (double) seen.candidate - (double) seen.second;
        return excess > 0
                && excess / ((double) seen.candidate + (double) seen.second) > 0.2
                && excess / (double) seen.n > 0.0003;
    }),

    /** A rule that masks each difference that a second answer of the primary shows too, and takes the rest as real. */
    MASKED("masked by one second answer", seen -> seen.worse > 0),

    /** Clopper and Pearson's lower bound at 99 %, made for one look only, is above one bad call in a thousand. */
    ONE_LOOK("Clopper-Pearson at every look", seen -> Binomial.chanceOfAtLeast(seen.candidate, seen.n, 0.001) <= 0.01);

    private final String label;
    private final Predicate<Seen> rule;

    Alarm(String label, Predicate<Seen> rule) {
        this.label = label;
        this.rule = rule;
    }

    String label() {
        return label;
    }

    boolean isRaised(Seen seen) {
        return rule.test(seen);
    }

    private static double lnEnough() {
        return Math.log(100); // for an alpha of 1 %
    }
}
