package dev.scientist.benchmarks.decision;

import dev.scientist.benchmarks.decision.Endpoint.Seen;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** D1: seeds faults in endpoints with noise; counts the false alarms and the misses of each rule, and its delay. */
final class Faults {

    private static final double[] NOISE = {0, 0.01, 0.1, 0.5, 0.9};
    private static final double[] DEFECTS = {0, 0.0005, 0.002, 0.01, 0.05, 0.2, 1};
    private static final int REQUESTS = 100_000;
    private static final int LOOK_EVERY = 100;
    private static final double MOST_FALSE = 0.01; // ours runs at alpha 1 %
    private static final double MOST_MISSED = 0.05;

    private Faults() {}

    static List<Goal> measure(Effort effort) {
        List<Goal> goals = new ArrayList<>();
        for (double noise : NOISE) {
            for (double defect : DEFECTS) {
                goals.add(goal(noise, defect, play(Endpoint.of(noise, defect), effort)));
            }
        }
        return goals;
    }

    /** The number of requests after which each alarm was raised in each run; 0 for never. */
    private static Map<Alarm, long[]> play(Endpoint endpoint, Effort effort) {
        int runs = effort.pick(100, 500);
        Map<Alarm, long[]> raised = new EnumMap<>(Alarm.class);
        for (Alarm alarm : Alarm.values()) {
            raised.put(alarm, new long[runs]);
        }
        SplittableRandom seeds = new SplittableRandom(effort.seed());
        for (int run = 0; run < runs; run++) {
            play(endpoint, seeds.split(), run, raised);
        }
        return raised;
    }

    private static void play(Endpoint endpoint, SplittableRandom random, int run, Map<Alarm, long[]> raised) {
        Seen seen = new Seen();
        int open = raised.size();
        while (seen.n < REQUESTS && open > 0) {
            endpoint.call(LOOK_EVERY, random, seen);
            for (Map.Entry<Alarm, long[]> alarm : raised.entrySet()) {
                if (alarm.getValue()[run] == 0 && alarm.getKey().isRaised(seen)) {
                    alarm.getValue()[run] = seen.n;
                    open--;
                }
            }
        }
    }

    private static Goal goal(double noise, double defect, Map<Alarm, long[]> raised) {
        boolean isHealthy = defect == 0;
        String endpoint = "noise " + percent(noise) + ", " + (isHealthy ? "no defect" : "defect " + percent(defect));
        Goal goal = isHealthy
                ? Goal.atMost("D1", endpoint + ": false alarms", share(raised, Alarm.OURS, true), MOST_FALSE, "of runs")
                : Goal.atMost("D1", endpoint + ": missed", share(raised, Alarm.OURS, false), MOST_MISSED, "of runs");
        for (Alarm alarm : Alarm.values()) {
            if (alarm != Alarm.OURS) {
                goal = goal.beside(alarm.label(), share(raised, alarm, isHealthy), "");
            }
            if (!isHealthy) {
                goal = goal.beside(alarm.label() + ", requests until found", requests(raised, alarm), "");
            }
        }
        return goal;
    }

    private static Spread share(Map<Alarm, long[]> raised, Alarm alarm, boolean isRaised) {
        long[] runs = raised.getOrDefault(alarm, new long[0]);
        return Spread.once(
                (double) Arrays.stream(runs).filter(n -> (n > 0) == isRaised).count() / runs.length);
    }

    /** The requests until the defect was found, over all runs; a run that missed it counts with all its requests. */
    private static Spread requests(Map<Alarm, long[]> raised, Alarm alarm) {
        return Spread.of(Arrays.stream(raised.getOrDefault(alarm, new long[0]))
                .mapToDouble(n -> n == 0 ? REQUESTS : n)
                .toArray());
    }

    private static String percent(double share) {
        return new BigDecimal(Double.toString(share))
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
