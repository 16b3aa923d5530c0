package dev.scientist.benchmarks.spring;

import static dev.scientist.benchmarks.spring.ServiceCall.DIRECT;
import static dev.scientist.benchmarks.spring.ServiceCall.DISABLED;
import static dev.scientist.benchmarks.spring.ServiceCall.INTERCEPTOR;
import static dev.scientist.benchmarks.spring.ServiceCall.NOT_SAMPLED;
import static dev.scientist.benchmarks.spring.ServiceCall.NOT_SAMPLED_DESCRIBED;
import static dev.scientist.benchmarks.spring.ServiceCall.PROGRAMMATIC;
import static dev.scientist.benchmarks.spring.ServiceCall.SAMPLED;

import dev.scientist.benchmarks.caller.Memory;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Rounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures what a call through {@code @ParallelRun} allocates on the caller's thread. */
final class ProxyBytes {

    private static final long INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int WARM_CALLS = 30_000;

    private ProxyBytes() {}

    static List<Goal> measure(Effort effort) throws Exception {
        try (Application application = Application.start()) {
            Map<String, ServiceCall> calls = new LinkedHashMap<>(ServiceCall.idle(application));
            calls.putAll(ServiceCall.sampled(application));
            Rounds.play(calls, 0, 1, call -> turn(call, WARM_CALLS, 0));
            int count = effort.pick(500, 2_000);
            Rounds<Double> rounds = Rounds.play(calls, 2, effort.rounds(), call -> turn(call, count, INTERVAL_NANOS));
            Goal first = goal(rounds, NOT_SAMPLED, INTERCEPTOR, 96);
            for (String name : calls.keySet()) {
                first = first.beside(name, rounds.spread(name, DIRECT, (mine, direct) -> mine - direct), "bytes");
            }
            return List.of(
                    first,
                    goal(rounds, DISABLED, INTERCEPTOR, 96),
                    goal(rounds, NOT_SAMPLED_DESCRIBED, INTERCEPTOR, 200),
                    goal(rounds, SAMPLED, PROGRAMMATIC, 300));
        }
    }

    private static double turn(ServiceCall call, int count, long interval) throws Exception {
        double bytes = Memory.bytesPerCall(call, count, interval);
        call.settle();
        return bytes;
    }

    private static Goal goal(Rounds<Double> rounds, String ours, String other, double limit) {
        return Goal.atMost(
                "bytes",
                ours + ": bytes beyond those of " + other,
                rounds.spread(ours, other, (mine, base) -> mine - base),
                limit,
                "bytes");
    }
}
