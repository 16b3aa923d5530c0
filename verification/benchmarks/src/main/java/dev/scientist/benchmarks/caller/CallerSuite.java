package dev.scientist.benchmarks.caller;

import dev.scientist.benchmarks.harness.Loops;
import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** Measures what an experiment costs its caller in plain Java. */
public final class CallerSuite implements Suite {

    /** The suite {@code caller}. */
    public CallerSuite() {}

    @Override
    public String name() {
        return "caller";
    }

    @Override
    public List<Part> parts() {
        return List.of(
                new Part("G1", "calls that are not sampled", Loops::javaOptions, NotSampled::measure),
                Part.of(
                        "G3",
                        "calls that are sampled, one every 40 us (and G4, the same in immediate mode)",
                        Sampled::measure),
                Part.of("G4", "wake-ups of a call", WakeUps::measure),
                Part.of("G5", "a primary of 40 us, the other cores busy", BusyCores::measure),
                Part.of("G6", "a candidate 100 times slower than the primary, 2 callers", SlowCandidates::measure),
                Part.of("G7", "bytes on the caller's thread", CallerBytes::measure),
                new Part("G8", "clocks and meters", Loops::javaOptions, Meters::measure),
                Part.of("G12", "what an idle dispatcher takes", IdleDispatcher::measure),
                Part.of("many", "1 000 experiments in one scientist", ManyExperiments::measure),
                Part.of("hang", "a candidate that hangs", HangingCandidate::measure));
    }
}
