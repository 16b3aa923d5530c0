package dev.scientist.benchmarks.caller;

import static dev.scientist.benchmarks.caller.Contenders.DIRECT;
import static dev.scientist.benchmarks.caller.Contenders.OURS;
import static dev.scientist.benchmarks.caller.Contenders.SCIENTIST4J;

import dev.scientist.benchmarks.caller.Rivals.DirectCall;
import dev.scientist.benchmarks.caller.Rivals.Scientist4jCall;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Latencies;
import dev.scientist.benchmarks.harness.Latencies.Timing;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Measures the caller's latency over 100 000 calls if the candidate never returns and does not listen to interrupts.
 */
final class HangingCandidate {

    private static final long PRIMARY_NANOS = 10_000;
    private static final int ROUNDS = 10;
    private static final int CALLS = 10_000; // in each round
    private static final double MICROS = 1_000;

    private HangingCandidate() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Work work = Work.lasting(PRIMARY_NANOS);
        CountDownLatch never = new CountDownLatch(1);
        Sides sides = new Sides(work::answer, () -> {
            hang(never);
            return work.known();
        });
        Map<String, Latencies> all = new LinkedHashMap<>();
        try (Contenders contenders = new Contenders(sides)
                .add(DIRECT, new DirectCall(sides))
                .add(OURS, OurCall.with(options -> {}, sides))
                .add(SCIENTIST4J, new Scientist4jCall(Scientist4jCall.Mode.CANDIDATE_ONLY, sides))) {
            contenders.byName().keySet().forEach(name -> all.put(name, new Latencies(ROUNDS * CALLS)));
            Map<String, String> names = new LinkedHashMap<>();
            all.keySet().forEach(name -> names.put(name, name));
            Rounds.play(names, 2, 0, name -> turn(contenders, name, new Latencies(CALLS)));
            Rounds<Timing> rounds = Rounds.play(names, 0, ROUNDS, name -> {
                Latencies latencies = new Latencies(CALLS);
                Timing timing = turn(contenders, name, latencies);
                all.computeIfAbsent(name, unknown -> new Latencies(0)).addAll(latencies);
                return timing;
            });
            double direct = p99(all, DIRECT);
            Spread perRound = rounds.spread(OURS, Timing::p99).map(nanos -> nanos / MICROS);
            Spread pooled = new Spread(perRound.p10(), p99(all, OURS), perRound.p90(), ROUNDS);
            return List.of(Goal.atMost(
                            "hang",
                            "a candidate that hangs: p99 of 100 000 calls; limit 1.1 times direct and 20 us",
                            pooled,
                            1.1 * direct + 20,
                            "us")
                    .beside(DIRECT, Spread.once(direct), "us")
                    .beside(SCIENTIST4J, Spread.once(p99(all, SCIENTIST4J)), "us")
                    .note("left out: Scientist4J async, which hangs its caller, and shadow-tool, which starts a thread"
                            + " for each call"));
        } finally {
            never.countDown();
        }
    }

    private static Timing turn(Contenders contenders, String name, Latencies latencies) throws Exception {
        Contender contender = contenders.get(name);
        Stopwatch.backToBack(contender, latencies, contenders.expected());
        return latencies.timing();
    }

    private static double p99(Map<String, Latencies> all, String name) {
        Latencies latencies = all.get(name);
        if (latencies == null) {
            throw new IllegalArgumentException(name);
        }
        return latencies.percentile(0.99) / MICROS;
    }

    private static void hang(CountDownLatch latch) {
        boolean hangs = true;
        while (hangs) {
            try {
                latch.await();
                hangs = false;
            } catch (InterruptedException ignored) {
                // The candidate ignores interrupts by design.
            }
        }
    }
}
