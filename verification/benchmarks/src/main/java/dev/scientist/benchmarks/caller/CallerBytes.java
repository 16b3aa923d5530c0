package dev.scientist.benchmarks.caller;

import static dev.scientist.benchmarks.caller.Contenders.DIRECT;
import static dev.scientist.benchmarks.caller.Contenders.OURS;
import static dev.scientist.benchmarks.caller.Contenders.SCIENTIST4J;
import static dev.scientist.benchmarks.caller.Contenders.SHADOW_TOOL;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.benchmarks.caller.Rivals.DirectCall;
import dev.scientist.benchmarks.caller.Rivals.Scientist4jCall;
import dev.scientist.benchmarks.caller.Rivals.ShadowToolCall;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** G7, and the bytes of G1: measures what a call allocates on the caller's thread. */
final class CallerBytes {

    private static final String WITH_MDC = "ours, the MDC";
    private static final String WITH_BOTH = "ours, the MDC and an accessor";
    private static final String TWO_ACCESSORS = "ours, two accessors";
    private static final String SHED = "ours, shed";
    private static final String NOT_SAMPLED = "ours, not sampled";
    private static final String DISABLED = "ours, disabled";
    private static final long INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int WARM_CALLS = 30_000;
    private static final double LEAST_SAMPLED = 0.98;
    private static final String SHED_TOO_OFTEN = "too many calls were shed";

    private CallerBytes() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Work work = Work.lasting(50);
        Sides sides = Sides.of(work, work);
        CountDownLatch never = new CountDownLatch(1);
        OurCall sampled = OurCall.sampled(Start.POLLED, sides);
        OurCall withMdc = OurCall.sampled(Start.POLLED, sides);
        OurCall withBoth = OurCall.sampled(Start.POLLED, sides);
        OurCall twoAccessors = OurCall.sampled(Start.POLLED, sides);
        OurCall shed = saturated(work, never);
        try (Contenders contenders = new Contenders(sides)
                .add(DIRECT, new DirectCall(sides))
                .add(OURS, sampled)
                .add(WITH_MDC, ContextCall.withMdc(withMdc))
                .add(WITH_BOTH, ContextCall.withMdcAndAccessor(withBoth))
                .add(TWO_ACCESSORS, ContextCall.withAccessors(twoAccessors))
                .add(SHED, shed)
                .add(NOT_SAMPLED, OurCall.with(options -> options.sampleRate(0), sides))
                .add(DISABLED, OurCall.with(options -> options.enabled(false), sides))
                .add(SCIENTIST4J, new Scientist4jCall(Scientist4jCall.Mode.CANDIDATE_ONLY, sides))
                .add(SHADOW_TOOL, new ShadowToolCall(sides))) {
            Rounds.play(contenders.byName(), 0, 1, contender -> turn(contender, shed, WARM_CALLS, 0));
            for (OurCall ours : List.of(sampled, withMdc, withBoth, twoAccessors)) {
                ours.mark();
            }
            shed.mark();
            int calls = effort.pick(500, 2_000);
            Rounds<Double> rounds = Rounds.play(
                    contenders.byName(), 2, effort.rounds(), contender -> turn(contender, shed, calls, INTERVAL_NANOS));
            List<Goal> goals = new ArrayList<>();
            goals.add(goal(rounds, "G1", "not sampled: bytes on the caller", NOT_SAMPLED, 0));
            goals.add(goal(rounds, "G1", "disabled: bytes on the caller", DISABLED, 0));
            goals.add(goal(rounds, "G7", "sampled: bytes on the caller", OURS, 200)
                    .beside(SCIENTIST4J, added(rounds, SCIENTIST4J), "bytes")
                    .beside(SHADOW_TOOL, added(rounds, SHADOW_TOOL), "bytes")
                    .butOnlyIf(sampled.sampledShare() > LEAST_SAMPLED, SHED_TOO_OFTEN));
            goals.add(goal(rounds, "G7", "sampled, with two context accessors: bytes on the caller", TWO_ACCESSORS, 400)
                    .butOnlyIf(twoAccessors.sampledShare() > LEAST_SAMPLED, SHED_TOO_OFTEN));
            goals.add(goal(rounds, "G7", "sampled, MDC of two entries: bytes on the caller", WITH_MDC, 400)
                    .butOnlyIf(withMdc.sampledShare() > LEAST_SAMPLED, SHED_TOO_OFTEN));
            goals.add(goal(rounds, "G7", "sampled, with the MDC and an accessor: bytes on the caller", WITH_BOTH, 400)
                    .note("the MDC has two entries; its own copy, which SLF4J makes, is most of it")
                    .butOnlyIf(withBoth.sampledShare() > LEAST_SAMPLED, SHED_TOO_OFTEN));
            goals.add(goal(rounds, "G7", "shed: bytes on the caller", SHED, 24)
                    .butOnlyIf(shed.sampledShare() == 0, "not every call was shed"));
            goals.add(goal(rounds, "G7", "not sampled: bytes on the caller", NOT_SAMPLED, 0));
            return goals;
        } finally {
            never.countDown();
        }
    }

    /** An experiment that sheds every call, because a candidate that does not end holds its only permit. */
    private static OurCall saturated(Work work, CountDownLatch never) {
        Sides sides = new Sides(work::answer, () -> {
            await(never);
            return work.known();
        });
        OurCall shed = OurCall.with(options -> options.maxConcurrent(1).candidateTimeout(Duration.ofHours(1)), sides);
        shed.call();
        return shed;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static double turn(Contender contender, OurCall shed, int calls, long interval) throws Exception {
        double bytes = Memory.bytesPerCall(contender, calls, interval);
        if (contender != shed) { // the shed experiment never settles
            contender.settle();
        }
        return bytes;
    }

    private static Goal goal(Rounds<Double> rounds, String id, String statement, String name, double limit) {
        return Goal.atMost(id, statement, added(rounds, name), limit, "bytes");
    }

    private static Spread added(Rounds<Double> rounds, String name) {
        return rounds.spread(name, DIRECT, (mine, direct) -> mine - direct);
    }
}
