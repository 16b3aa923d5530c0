package dev.scientist.benchmarks.spring;

import static dev.scientist.benchmarks.spring.ServiceCall.DIRECT;
import static dev.scientist.benchmarks.spring.ServiceCall.PROGRAMMATIC;
import static dev.scientist.benchmarks.spring.ServiceCall.PROGRAMMATIC_DESCRIBED;
import static dev.scientist.benchmarks.spring.ServiceCall.SAMPLED;
import static dev.scientist.benchmarks.spring.ServiceCall.SAMPLED_DESCRIBED;

import dev.scientist.benchmarks.caller.Contenders;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Latencies.Timing;
import dev.scientist.benchmarks.harness.Rounds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures sampled calls through {@code @ParallelRun} beside the same experiment in code. */
final class SampledProxies {

    private static final long INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(40);
    private static final double LEAST_SAMPLED = 0.99;

    private SampledProxies() {}

    static List<Goal> measure(Effort effort) throws Exception {
        try (Application application = Application.start();
                Contenders contenders = new Contenders(Beans.expected())) {
            ServiceCall.idle(application).forEach(contenders::add);
            Map<String, ServiceCall> sampled = ServiceCall.sampled(application);
            sampled.forEach(contenders::add);
            Rounds<Timing> rounds = contenders.time(effort.rounds(), effort.pick(1_000, 4_000), INTERVAL_NANOS);
            return List.of(
                    goal(rounds, SAMPLED, PROGRAMMATIC, 1.5, sampled)
                            .beside(DIRECT, rounds.spread(DIRECT, Timing::p50), "ns"),
                    goal(rounds, SAMPLED_DESCRIBED, PROGRAMMATIC_DESCRIBED, 3, sampled));
        }
    }

    private static Goal goal(
            Rounds<Timing> rounds, String ours, String inCode, double limit, Map<String, ServiceCall> calls) {
        Goal goal = Goal.atMost(
                        "sampled",
                        ours + ": p50, times the same " + inCode,
                        rounds.spread(ours, inCode, (mine, other) -> mine.p50() / other.p50()),
                        limit,
                        "times")
                .beside(ours, rounds.spread(ours, Timing::p50), "ns")
                .beside(inCode, rounds.spread(inCode, Timing::p50), "ns");
        for (String name : List.of(ours, inCode)) {
            ServiceCall call = calls.get(name);
            double share = call == null ? 0 : call.sampledShare();
            goal = goal.butOnlyIf(share >= LEAST_SAMPLED, "only " + share + " of the calls were sampled");
        }
        return goal;
    }
}
