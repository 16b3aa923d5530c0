package dev.scientist.benchmarks.decision;

import dev.scientist.benchmarks.harness.Loops;
import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** Measures which rules notice a worse candidate, which raise false alarms, and after how many comparisons. */
public final class DecisionSuite implements Suite {

    /** The suite {@code decision}. */
    public DecisionSuite() {}

    @Override
    public String name() {
        return "decision";
    }

    @Override
    public List<Part> parts() {
        return List.of(
                Part.of("D1", "endpoints with noise and seeded faults", Faults::measure),
                Part.of("D2", "candidates exactly as bad as the threshold", Promotions::measure),
                Part.of("D3", "breaks of a candidate that was good, and a year without any", Detection::measure),
                new Part("D4", "what a decision costs", Loops::javaOptions, Evaluation::measure));
    }
}
