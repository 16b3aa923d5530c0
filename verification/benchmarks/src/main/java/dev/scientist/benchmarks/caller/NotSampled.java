package dev.scientist.benchmarks.caller;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Loops;
import dev.scientist.benchmarks.harness.Rounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** G1: measures a call that is not sampled, or whose experiment is disabled. */
final class NotSampled {

    private static final String DIRECT = "direct call";
    private static final String BY_HAND = "written by hand";

    private NotSampled() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(DIRECT, "direct");
        methods.put("not sampled", "notSampled");
        methods.put("disabled", "disabled");
        methods.put(BY_HAND, "writtenByHand");
        methods.put("shadow-tool at 0 %", "shadowTool");
        methods.put("Scientist4J not enabled", "scientist4j");
        Rounds<Double> rounds = Loops.play(NotSampledLoops.class, methods, effort);
        return List.of(
                added(rounds, "not sampled"),
                added(rounds, "disabled"),
                likeForLike(rounds, "not sampled"),
                likeForLike(rounds, "disabled"));
    }

    private static Goal added(Rounds<Double> rounds, String ours) {
        return Goal.atMost(
                        "G1",
                        ours + ": added to a direct call",
                        rounds.spread(ours, DIRECT, (mine, direct) -> mine - direct),
                        10,
                        "ns")
                .besideAll(rounds, figure -> figure, "ns");
    }

    private static Goal likeForLike(Rounds<Double> rounds, String ours) {
        return Goal.atMost(
                        "G1",
                        ours + ": times what is written by hand (read a rate, draw a number, count, call)",
                        rounds.spread(ours, BY_HAND, (mine, byHand) -> mine / byHand),
                        1.5,
                        "times")
                .beside(BY_HAND, rounds.spread(BY_HAND, figure -> figure), "ns");
    }
}
