package dev.scientist.benchmarks.caller;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures clocks and meters by themselves. */
@State(Scope.Benchmark)
public class MeterLoops {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Timer timer = registry.timer("benchmark", "side", "primary");

    /** JMH needs a public constructor. */
    public MeterLoops() {}

    /** Reads the clock once. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /** Does the least that times a call with Micrometer. */
    @Benchmark
    public void floor() {
        long start = System.nanoTime();
        timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    /** Looks a timer up, which a call does that keeps none. */
    @Benchmark
    public Timer lookup() {
        return registry.timer("benchmark", "side", "primary");
    }
}
