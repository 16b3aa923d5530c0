package dev.scientist.benchmarks.decision;

import dev.scientist.decision.Decision;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot;
import dev.scientist.decision.Stratum;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Decides over evidence of 200 strata and an hour of buckets. */
@State(Scope.Benchmark)
public class EvaluationLoops {

    private static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");

    private final DecisionPolicy policy = DecisionPolicy.of(Step.FROM_25_TO_50_PERCENT)
            .with(changed -> changed.soak(Duration.ZERO).latency(LatencyPolicy.NONE));
    private final EvidenceSnapshot passing = evidence(100_000);
    private final EvidenceSnapshot undecided = evidence(5_000);
    private final Timer timer =
            Timer.builder("benchmark").publishPercentiles(0.5, 0.95, 0.99).register(new SimpleMeterRegistry());

    /** Prepares the timer. */
    public EvaluationLoops() {
        IntStream.range(0, 10_000).forEach(i -> timer.record(i, TimeUnit.MICROSECONDS));
    }

    /** Decides where all strata pass. */
    @Benchmark
    public Decision passing() {
        return Decision.decide(passing, policy);
    }

    /** Decides where no stratum has enough comparisons. */
    @Benchmark
    public Decision undecided() {
        return Decision.decide(undecided, policy);
    }

    /** Takes a snapshot of a timer, which gives the scale. */
    @Benchmark
    public HistogramSnapshot timerSnapshot() {
        return timer.takeSnapshot();
    }

    private static EvidenceSnapshot evidence(long comparisons) {
        List<Stratum> strata = IntStream.range(0, 200)
                .mapToObj(i -> Stratum.builder("s" + i)
                        .matched(comparisons - i % 5)
                        .major(i % 5)
                        .build())
                .toList();
        Instant until = FROM.plus(Duration.ofDays(2));
        EvidenceSnapshot evidence = EvidenceSnapshot.builder("checkout.quote", "candidate", FROM)
                .until(until)
                .takenAt(until)
                .strata(strata)
                .build();
        Map<String, Object> tree = new HashMap<>(evidence.toWire());
        tree.put(
                "recent", IntStream.range(0, 360).mapToObj(i -> bucket(10L * i)).toList());
        return EvidenceSnapshot.fromWire(tree);
    }

    private static Map<String, Object> bucket(long start) {
        Map<String, Integer> split = Map.of("worse", 0, "better", 0, "both", 0);
        return Map.of("start", start, "n", 1_000, "k", 0, "failed", 0, "paired", 0, "split", split);
    }
}
