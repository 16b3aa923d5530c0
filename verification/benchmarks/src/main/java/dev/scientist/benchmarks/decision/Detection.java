package dev.scientist.benchmarks.decision;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import dev.scientist.decision.ChangeDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** D3: counts the buckets of ten seconds until the break of a candidate that was good for long is noticed. */
final class Detection {

    private static final double LEVEL = 0.005;
    private static final double BUCKETS = 777_600; // 90 days
    private static final int CALLS = 100; // in a bucket
    private static final double HEALTHY = 0.0005;
    private static final int YEAR = 365 * 24 * 360; // buckets

    private Detection() {}

    static List<Goal> measure(Effort effort) {
        List<Goal> goals = new ArrayList<>();
        goals.add(Goal.atMost("D3", "a break of 20 % after a good day: delay", delay(effort, 0.2), 3, "buckets"));
        goals.add(Goal.atMost("D3", "a break of 5 % after a good day: delay", delay(effort, 0.05), 12, "buckets"));
        goals.add(Goal.atMost("D3", "a break of 1 % after a good day: delay", delay(effort, 0.01), 360, "buckets"));
        goals.add(Goal.atMost(
                "D3", "false alarms in a simulated year at 0.05 %", falseAlarms(effort, HEALTHY), 4, "alarms"));
        goals.add(Goal.atMost(
                "D3",
                "false alarms in a simulated year exactly at the level",
                falseAlarms(effort, LEVEL),
                4,
                "alarms"));
        return goals;
    }

    private static Spread delay(Effort effort, double broken) {
        int runs = effort.pick(50, 300);
        SplittableRandom seeds = new SplittableRandom(effort.seed());
        double[] delays = new double[runs];
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = seeds.split();
            ChangeDetector detector = ChangeDetector.above(LEVEL);
            for (int bucket = 0; bucket < 8_640; bucket++) {
                detector = detector.next(CALLS, bad(random, HEALTHY));
            }
            while (!detector.isAlarm(BUCKETS)) {
                detector = detector.next(CALLS, bad(random, broken));
                delays[run]++;
            }
        }
        return Spread.of(delays);
    }

    private static Spread falseAlarms(Effort effort, double rate) {
        SplittableRandom random = new SplittableRandom(effort.seed());
        int alarms = 0;
        ChangeDetector detector = ChangeDetector.above(LEVEL);
        for (int bucket = 0; bucket < YEAR; bucket++) {
            detector = detector.next(CALLS, bad(random, rate));
            if (detector.isAlarm(BUCKETS)) {
                alarms++;
                detector = ChangeDetector.above(LEVEL);
            }
        }
        return Spread.count(alarms);
    }

    private static long bad(SplittableRandom random, double rate) {
        long bad = 0;
        for (int call = 0; call < CALLS; call++) {
            bad += random.nextDouble() < rate ? 1 : 0;
        }
        return bad;
    }
}
