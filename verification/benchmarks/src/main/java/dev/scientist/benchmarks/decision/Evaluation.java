package dev.scientist.benchmarks.decision;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Loops;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** D4: measures the cost of a decision over 200 strata. */
final class Evaluation {

    private static final String PASSING = "200 strata that pass";
    private static final String UNDECIDED = "200 strata of which none is decided";
    private static final String SCALE = "one Timer.takeSnapshot";

    private Evaluation() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(PASSING, "passing");
        methods.put(UNDECIDED, "undecided");
        methods.put(SCALE, "timerSnapshot");
        Rounds<Double> rounds = Loops.play(EvaluationLoops.class, methods, effort);
        Spread scale = micros(rounds, SCALE);
        return List.of(
                Goal.atMost("D4", "a decision over " + PASSING, micros(rounds, PASSING), 100, "us")
                        .beside(SCALE, scale, "us"),
                Goal.atMost("D4", "a decision over " + UNDECIDED, micros(rounds, UNDECIDED), 100, "us")
                        .beside(SCALE, scale, "us"));
    }

    private static Spread micros(Rounds<Double> rounds, String name) {
        return rounds.spread(name, nanos -> nanos / 1_000);
    }
}
