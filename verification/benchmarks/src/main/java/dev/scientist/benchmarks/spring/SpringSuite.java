package dev.scientist.benchmarks.spring;

import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** Measures what an experiment costs the callers of a Spring bean. */
public final class SpringSuite implements Suite {

    /** The suite {@code spring}. */
    public SpringSuite() {}

    @Override
    public String name() {
        return "spring";
    }

    @Override
    public List<Part> parts() {
        return List.of(
                Part.of("G2", "calls of a bean that are not sampled", NotSampledProxies::measure),
                Part.of("sampled", "calls of a bean that are sampled, one every 40 us", SampledProxies::measure),
                Part.of("bytes", "bytes on the thread that calls a bean", ProxyBytes::measure));
    }
}
