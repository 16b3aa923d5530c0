package dev.scientist.benchmarks.spring;

import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** What an experiment costs the callers of a Spring bean. */
public final class SpringSuite {

    private SpringSuite() {}

    /** The suite {@code spring}. */
    public static Suite create() {
        return new Suite("spring", List.of(new NotSampledProxyPart(), new SampledProxyPart(), new ProxyBytesPart()));
    }
}
