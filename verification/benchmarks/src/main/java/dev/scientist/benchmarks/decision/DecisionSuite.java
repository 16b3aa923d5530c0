package dev.scientist.benchmarks.decision;

import dev.scientist.benchmarks.harness.Suite;
import java.util.List;

/** Whether a candidate is worse: who notices, who cries wolf, and after how many comparisons. */
public final class DecisionSuite {

    private DecisionSuite() {}

    /** The suite {@code decision}. */
    public static Suite create() {
        return new Suite(
                "decision", List.of(new FaultsPart(), new PromotionPart(), new DetectorPart(), new EvaluationPart()));
    }
}
