package dev.scientist.benchmarks.spring;

import static dev.scientist.benchmarks.spring.ServiceCall.ASPECT;
import static dev.scientist.benchmarks.spring.ServiceCall.BINDING_ASPECT;
import static dev.scientist.benchmarks.spring.ServiceCall.DISABLED;
import static dev.scientist.benchmarks.spring.ServiceCall.INTERCEPTOR;
import static dev.scientist.benchmarks.spring.ServiceCall.NOT_SAMPLED;
import static dev.scientist.benchmarks.spring.ServiceCall.NOT_SAMPLED_DESCRIBED;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.ProcessorTime;
import dev.scientist.benchmarks.harness.ProcessorTime.Loop;
import dev.scientist.benchmarks.harness.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * G2: measures a call through {@code @ParallelRun} that is not sampled, or whose experiment is disabled. It reads
 * processor time and not JMH's wall clock: the ratios are of some tens of nanoseconds, and on a busy machine an
 * interruption would decide them.
 */
final class NotSampledProxies {

    private static final List<String> OURS = List.of(NOT_SAMPLED, DISABLED, NOT_SAMPLED_DESCRIBED);

    private NotSampledProxies() {}

    static List<Goal> measure(Effort effort) throws Exception {
        try (Application application = Application.start()) {
            Map<String, Loop> loops = ProxyLoops.of(application);
            Rounds<Double> rounds = ProcessorTime.play(loops, effort);
            List<Goal> goals = new ArrayList<>();
            OURS.forEach(ours -> goals.add(times(rounds, ours, INTERCEPTOR, 1.3)));
            OURS.forEach(ours -> goals.add(times(rounds, ours, ASPECT, 0.5)
                    .beside(
                            "times a " + BINDING_ASPECT,
                            rounds.spread(ours, BINDING_ASPECT, (mine, other) -> mine / other),
                            "times")));
            goals.set(0, goals.get(0).besideAll(rounds, figure -> figure, "ns"));
            return goals;
        }
    }

    private static Goal times(Rounds<Double> rounds, String ours, String other, double limit) {
        return Goal.atMost(
                "G2",
                ours + ": times a " + other,
                rounds.spread(ours, other, (mine, idle) -> mine / idle),
                limit,
                "times");
    }
}
