package dev.scientist.benchmarks.decision;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import dev.scientist.decision.ConfidenceSequence;
import dev.scientist.decision.EProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongBinaryOperator;

/** D2: counts how often candidates that are exactly as bad as the threshold are promoted if one looks often. */
final class Promotions {

    private static final double THRESHOLD = 0.001;
    private static final double ALPHA = 0.05;
    private static final int COMPARISONS = 200_000;
    private static final int LOOK_EVERY = 100;

    private Promotions() {}

    static List<Goal> measure(Effort effort) {
        List<Goal> goals = new ArrayList<>();
        goals.add(Goal.atMost(
                        "D2",
                        "wrong promotions at a rate of 0.1 %, alpha 5 %, a look every 100 comparisons",
                        Spread.once(promoted(effort, THRESHOLD, Promotions::ours)),
                        ALPHA,
                        "of runs")
                .beside("Clopper-Pearson", Spread.once(promoted(effort, THRESHOLD, Promotions::oneLook)), ""));
        goals.add(Goal.atMost(
                        "D2",
                        "right promotions that do not come within 200 000 comparisons, at a rate of 0.02 %",
                        Spread.once(1 - promoted(effort, THRESHOLD / 5, Promotions::ours)),
                        ALPHA,
                        "of runs")
                .beside("Clopper-Pearson", Spread.once(1 - promoted(effort, THRESHOLD / 5, Promotions::oneLook)), ""));
        Goal needed = Goal.atMost(
                "D2",
                "comparisons that show less than 0.1 % at 99 % when all are equal",
                Spread.count(needed(0)),
                5_699,
                "comparisons");
        for (long differ : new long[] {1, 2, 5, 10, 100}) {
            needed = needed.beside(differ + " differ", Spread.count(needed(differ)), "");
        }
        goals.add(needed);
        return goals;
    }

    private static double promoted(Effort effort, double rate, LongBinaryOperator isPromoted) {
        int runs = effort.pick(200, 2_000);
        SplittableRandom seeds = new SplittableRandom(effort.seed());
        int promoted = 0;
        for (int run = 0; run < runs; run++) {
            promoted += isEverPromoted(seeds.split(), rate, isPromoted) ? 1 : 0;
        }
        return (double) promoted / runs;
    }

    private static boolean isEverPromoted(SplittableRandom random, double rate, LongBinaryOperator isPromoted) {
        long bad = 0;
        for (int n = 1; n <= COMPARISONS; n++) {
            bad += random.nextDouble() < rate ? 1 : 0;
            if (n % LOOK_EVERY == 0 && isPromoted.applyAsLong(n, bad) != 0) {
                return true;
            }
        }
        return false;
    }

    private static long ours(long n, long bad) {
        return EProcess.lnBelow(n, bad, THRESHOLD) >= -Math.log(ALPHA) ? 1 : 0;
    }

    private static long oneLook(long n, long bad) {
        return Binomial.chanceOfAtMost(bad, n, THRESHOLD) <= ALPHA ? 1 : 0;
    }

    private static long needed(long differ) {
        long n = differ + 1;
        long step = 1L << 20;
        while (step > 0) {
            if (ConfidenceSequence.upper(n + step, differ, 0.01) >= THRESHOLD) {
                n += step;
            } else {
                step /= 2;
            }
        }
        return n + 1;
    }
}
