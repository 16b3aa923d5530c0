package dev.scientist.benchmarks.caller;

import static dev.scientist.benchmarks.caller.Contenders.DIRECT;
import static dev.scientist.benchmarks.caller.Contenders.EXECUTE;
import static dev.scientist.benchmarks.caller.Contenders.OURS;
import static dev.scientist.benchmarks.caller.Contenders.SCIENTIST4J;
import static dev.scientist.benchmarks.caller.Contenders.SHADOW_TOOL;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.benchmarks.caller.Rivals.BareExecuteCall;
import dev.scientist.benchmarks.caller.Rivals.DirectCall;
import dev.scientist.benchmarks.caller.Rivals.Scientist4jCall;
import dev.scientist.benchmarks.caller.Rivals.ShadowToolCall;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Latencies.Timing;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** G5: measures a primary whose caller never pauses while every core but one is busy with other work. */
final class BusyCores {

    private static final long PRIMARY_NANOS = 40_000;
    private static final long LIGHT_NANOS = 200;
    private static final String HEAVY = "ours, candidate as heavy as the primary";

    private BusyCores() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Work work = Work.lasting(PRIMARY_NANOS);
        Work light = Work.lasting(LIGHT_NANOS);
        Sides sides = new Sides(work::answer, () -> {
            light.answer();
            return work.known();
        });
        Sides heavy = Sides.of(work, work);
        try (Contenders contenders = new Contenders(sides)
                        .add(DIRECT, new DirectCall(sides))
                        .add(OURS, OurCall.with(options -> {}, sides))
                        .add("ours, after primary", OurCall.with(options -> options.start(Start.AFTER_PRIMARY), sides))
                        .add(HEAVY, OurCall.with(options -> {}, heavy))
                        .add(EXECUTE, new BareExecuteCall(sides))
                        .add(SHADOW_TOOL, new ShadowToolCall(sides))
                        .add(SCIENTIST4J, new Scientist4jCall(Scientist4jCall.Mode.CANDIDATE_ONLY, sides));
                Burners burners = Burners.onAllCoresButOne()) {
            Rounds<Timing> rounds = contenders.time(effort.rounds(), effort.pick(2_500, 8_000), 0);
            String busy = burners.count() + " of " + (burners.count() + 1) + " cores kept busy";
            return List.of(
                    goal(rounds, contenders, "p50", Timing::p50, 1.05).note(busy),
                    goal(rounds, contenders, "p99", Timing::p99, 1.25).note(busy));
        }
    }

    private static Goal goal(
            Rounds<Timing> rounds,
            Contenders contenders,
            String percentile,
            ToDoubleFunction<Timing> figure,
            double limit) {
        Goal goal = Goal.atMost(
                "G5",
                "a 40 us primary, back to back, light candidate: " + percentile + ", times a direct call",
                ratio(rounds, OURS, figure),
                limit,
                "times");
        for (String name : contenders.byName().keySet()) {
            goal = name.equals(DIRECT)
                    ? goal.beside(name, rounds.spread(name, timing -> figure.applyAsDouble(timing) / 1_000), "us")
                    : goal.beside(name, ratio(rounds, name, figure), "times");
        }
        return goal;
    }

    private static Spread ratio(Rounds<Timing> rounds, String name, ToDoubleFunction<Timing> figure) {
        return rounds.spread(name, DIRECT, (mine, direct) -> figure.applyAsDouble(mine) / figure.applyAsDouble(direct));
    }

    /** Keeps cores busy until closed, one thread each. */
    private static final class Burners implements AutoCloseable {

        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean stopped;

        private Burners(int count) {
            Work work = Work.lasting(10_000);
            for (int i = 0; i < count; i++) {
                Thread thread = new Thread(() -> burn(work), "burner");
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        static Burners onAllCoresButOne() {
            return new Burners(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        }

        int count() {
            return threads.size();
        }

        private void burn(Work work) {
            while (!stopped) {
                work.answer();
            }
        }

        @Override
        public void close() {
            stopped = true;
        }
    }
}
