package dev.scientist.benchmarks.caller;

import static dev.scientist.benchmarks.caller.Contenders.DIRECT;
import static dev.scientist.benchmarks.caller.Contenders.EXECUTE;
import static dev.scientist.benchmarks.caller.Contenders.IMMEDIATE;
import static dev.scientist.benchmarks.caller.Contenders.OURS;
import static dev.scientist.benchmarks.caller.Contenders.SCIENTIST4J;
import static dev.scientist.benchmarks.caller.Contenders.SCIENTIST4J_ASYNC;
import static dev.scientist.benchmarks.caller.Contenders.SHADOW_TOOL;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Latencies.Timing;
import dev.scientist.benchmarks.harness.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** G3 and the times of G4: measures calls that are all sampled, with a caller that pauses between them. */
final class Sampled {

    private static final long SIDE_NANOS = 50;
    private static final long INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(40);
    private static final double LEAST_SAMPLED = 0.99;

    private Sampled() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Work work = Work.lasting(SIDE_NANOS);
        Sides sides = Sides.of(work, work);
        try (Contenders contenders = Contenders.all(sides)) {
            Rounds<Timing> rounds = contenders.time(effort.rounds(), effort.pick(1_000, 4_000), INTERVAL_NANOS);
            List<Goal> goals = new ArrayList<>();
            double sampled = contenders.ours(OURS).sampledShare();
            goals.add(Goal.atMost(
                            "G3",
                            "sampled, default mode: p50 added to a direct call",
                            rounds.spread(OURS, DIRECT, (mine, direct) -> mine.p50() - direct.p50()),
                            300,
                            "ns")
                    .besideAll(rounds, Timing::p50, "ns")
                    .note("the stretch is 150 ns; two clock readings of the benchmark are in every figure")
                    .butOnlyIf(sampled >= LEAST_SAMPLED, "only " + sampled + " of the calls were sampled"));
            goals.add(ratio(rounds, "G3", "sampled, default mode", OURS, SCIENTIST4J, 1.0 / 20));
            goals.add(ratio(rounds, "G3", "sampled, default mode", OURS, SCIENTIST4J_ASYNC, 1.0 / 40));
            goals.add(ratio(rounds, "G3", "sampled, default mode", OURS, SHADOW_TOOL, 1.0 / 20));
            double immediate = contenders.ours(IMMEDIATE).sampledShare();
            goals.add(Goal.atMost(
                            "G4",
                            "immediate mode: p50 of a call, times one execute on a like pool and the primary",
                            rounds.spread(IMMEDIATE, EXECUTE, (mine, bare) -> mine.p50() / bare.p50()),
                            1.15,
                            "times")
                    .beside(IMMEDIATE, rounds.spread(IMMEDIATE, Timing::p50), "ns")
                    .beside(EXECUTE, rounds.spread(EXECUTE, Timing::p50), "ns")
                    .butOnlyIf(immediate >= LEAST_SAMPLED, "only " + immediate + " of the calls were sampled"));
            goals.add(ratio(rounds, "G4", "immediate mode", IMMEDIATE, SCIENTIST4J, 0.8)
                    .beside(
                            "one bare execute adds",
                            rounds.addedRatio(EXECUTE, SCIENTIST4J, DIRECT, Timing::p50),
                            "times that"));
            return goals;
        }
    }

    private static Goal ratio(Rounds<Timing> rounds, String id, String mode, String ours, String rival, double limit) {
        return Goal.atMost(
                        id,
                        mode + ": p50 added, times what " + rival + " adds",
                        rounds.addedRatio(ours, rival, DIRECT, Timing::p50),
                        limit,
                        "times")
                .beside(
                        rival + " adds",
                        rounds.spread(rival, DIRECT, (mine, direct) -> mine.p50() - direct.p50()),
                        "ns");
    }
}
