package dev.scientist.benchmarks.caller;

import static dev.scientist.benchmarks.caller.Contenders.DIRECT;
import static dev.scientist.benchmarks.caller.Contenders.OURS;

import dev.scientist.Scientist;
import dev.scientist.benchmarks.caller.Rivals.DirectCall;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Latencies.Timing;
import dev.scientist.benchmarks.harness.Loops;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import dev.scientist.metrics.MicrometerPublisher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** G8: measures what clocks and meters add to a sampled call, and counts how often a registry is asked for a meter. */
final class Meters {

    private static final String METERED = "ours, with meters";
    private static final String CLOCK = "one nanoTime";
    private static final String FLOOR = "two nanoTime and one cached Timer.record";
    private static final String LOOKUP = "one Timer looked up by name and tags";
    private static final long INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(40);

    private Meters() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Work work = Work.lasting(50);
        Sides sides = Sides.of(work, work);
        Rounds<Double> loops = loops(effort);
        double clock = loops.spread(CLOCK, figure -> figure).median();
        Spread floor = loops.spread(FLOOR, figure -> figure);
        double readings = CountedClock.readingsOfASampledCall(sides, effort.pick(2_000, 10_000));
        CountingRegistry registry = new CountingRegistry();
        try (Contenders contenders = new Contenders(sides)
                .add(DIRECT, new DirectCall(sides))
                .add(OURS, OurCall.in(Scientist.builder(), options -> options.maxConcurrent(256), sides))
                .add(
                        METERED,
                        OurCall.in(
                                Scientist.builder().publisher(new MicrometerPublisher(registry)),
                                options -> options.maxConcurrent(256),
                                sides))) {
            contenders.time(1, 1_000, INTERVAL_NANOS);
            registry.startCounting();
            Rounds<Timing> rounds = contenders.time(effort.rounds(), effort.pick(2_000, 6_000), INTERVAL_NANOS);
            Spread meters = rounds.spread(METERED, OURS, (with, without) -> with.p50() - without.p50());
            Goal cost = Goal.atMost(
                            "G8",
                            "clocks and meters on the caller, times two nanoTime and one cached Timer.record",
                            meters.map(added -> (readings * clock + Math.max(0, added)) / floor.median()),
                            1.5,
                            "times")
                    .beside("clock readings per call, counted", Spread.once(readings), "")
                    .beside("meters add", meters, "ns")
                    .besideAll(loops, figure -> figure, "ns")
                    .besideAll(rounds, Timing::p50, "ns")
                    .note("meters add what p50 differs with and without a registry, at least 0; clocks their number"
                            + " times the price of one");
            return List.of(
                    cost,
                    Goal.exactly(
                                    "G8",
                                    "times a registry was asked for a meter, by any thread, once meters were made",
                                    Spread.count(registry.lookups()),
                                    0,
                                    0,
                                    "times")
                            .beside("trials recorded meanwhile", Spread.count(registry.recorded()), ""));
        }
    }

    private static Rounds<Double> loops(Effort effort) throws Exception {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(CLOCK, "clock");
        methods.put(FLOOR, "floor");
        methods.put(LOOKUP, "lookup");
        return Loops.play(MeterLoops.class, methods, effort);
    }
}
