package dev.scientist.benchmarks.caller;

import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** What an experiment costs the caller in plain Java. */
public final class CallerSuite {

    private CallerSuite() {}

    /** The suite {@code caller}. */
    public static Suite create() {
        return new Suite(
                "caller",
                List.of(
                        new NotSampledPart(),
                        new SampledPart(),
                        new WakeUpsPart(),
                        new BusyCoresPart(),
                        new SlowCandidatePart(),
                        new BytesPart(),
                        new MetersPart(),
                        new IdlePart(),
                        new ManyExperimentsPart(),
                        new HangingCandidatePart()));
    }
}
