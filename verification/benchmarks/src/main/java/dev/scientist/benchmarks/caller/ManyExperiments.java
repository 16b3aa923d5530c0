package dev.scientist.benchmarks.caller;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import dev.scientist.metrics.MicrometerPublisher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures the threads and the memory of a thousand experiments in one scientist. */
final class ManyExperiments {

    private static final int EXPERIMENTS = 1_000;
    private static final int CALLS = 5; // of each experiment
    private static final double KILOBYTE = 1_024;

    private ManyExperiments() {}

    static List<Goal> measure(Effort effort) {
        Work work = Work.lasting(50);
        Sides sides = Sides.of(work, work);
        declare(Scientist.builder(), sides, 2); // loads the classes, which no experiment shall be charged for
        declare(metered(), sides, 2);
        Footprint plain = declare(Scientist.builder(), sides, EXPERIMENTS);
        Footprint metered = declare(metered(), sides, EXPERIMENTS);
        return List.of(
                Goal.exactly(
                                "many",
                                "threads that 1 000 experiments add",
                                Spread.count(plain.threads()),
                                0,
                                0,
                                "threads")
                        .beside("with meters", Spread.count(metered.threads()), "threads"),
                Goal.atMost(
                                "many",
                                "heap of an experiment that has been called, one of 1 000",
                                Spread.once(plain.kilobytes()),
                                10,
                                "KB")
                        .beside("with meters in a SimpleMeterRegistry", Spread.once(metered.kilobytes()), "KB"));
    }

    private record Footprint(int threads, double kilobytes) {}

    private static Scientist.Builder metered() {
        return Scientist.builder().publisher(new MicrometerPublisher(new SimpleMeterRegistry()));
    }

    private static Footprint declare(Scientist.Builder builder, Sides sides, int count) {
        try (Scientist scientist = builder.build()) {
            Experiment<Answer> first = scientist.experiment("first");
            call(first, sides); // starts the threads that one experiment needs
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long heap = Memory.afterCollection();
            List<Experiment<Answer>> experiments = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                experiments.add(scientist.experiment("experiment-" + i));
            }
            int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
            experiments.forEach(experiment -> call(experiment, sides));
            double bytes = Memory.afterCollection() - heap;
            if (experiments.size() != count) { // keeps them reachable until here
                throw new IllegalStateException();
            }
            return new Footprint(Math.max(0, more), bytes / count / KILOBYTE);
        }
    }

    private static void call(Experiment<Answer> experiment, Sides sides) {
        for (int i = 0; i < CALLS; i++) {
            experiment.run(sides.primary(), sides.candidate());
        }
        while (experiment.tally().inFlight() > 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
        }
    }
}
