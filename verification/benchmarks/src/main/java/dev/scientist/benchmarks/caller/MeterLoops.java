package dev.scientist.benchmarks.caller;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What clocks and meters cost by themselves. */
@State(Scope.Benchmark)
public class MeterLoops {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Timer timer = registry.timer("benchmark", "side", "primary");

    /** For JMH. */
    public MeterLoops() {}

    /** One reading of the clock. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /** The least that times a call with Micrometer. */
    @Benchmark
    public void floor() {
        long start = System.nanoTime();
        timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    /** What not keeping a timer costs on top. */
    @Benchmark
    public Timer lookup() {
        return registry.timer("benchmark", "side", "primary");
    }
}
