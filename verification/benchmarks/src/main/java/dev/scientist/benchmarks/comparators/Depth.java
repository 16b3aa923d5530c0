package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Case.Pair;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** G12: compares very deeply nested documents on a thread with the default stack. */
final class Depth implements LineUp {

    private static final int DEPTH = 10_000;
    private static final double PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2); // chosen: a hundred times what it takes

    @Override
    public List<Contender<?>> contenders() {
        return List.of(
                Ours.bytes(Ours.IN_ORDER),
                Ours.text(Ours.IN_ORDER),
                Ours.jackson2(Ours.IN_ORDER),
                Ours.jackson3(Ours.IN_ORDER),
                Ours.jackson2(Ours.IN_ANY_ORDER).named(Ours.JACKSON_2 + " in any order"),
                Peers.equals2(),
                Peers.jsonUnitTrees(),
                Peers.jsonAssertText(),
                Peers.zjsonPatchTrees(),
                Peers.javersObjects(),
                Peers.assertjObjects());
    }

    @Override
    public List<Case> cases() {
        return List.of(
                nested("arrays, equal", 0, "[", "1", "1", "]"),
                nested("arrays, 1 difference", 1, "[", "1", "2", "]"),
                nested("objects, equal", 0, "{\"a\":", "1", "1", "}"),
                nested("objects, 1 difference", 1, "{\"a\":", "1", "2", "}"));
    }

    static List<Goal> measure(Effort effort) throws Exception {
        return new Qualifying(new Depth(), PATIENCE_NANOS)
                .run().entrySet().stream()
                        .map(each -> goal(each.getKey(), each.getValue()))
                        .toList();
    }

    private static Goal goal(Case tried, Map<String, Qualification> qualifications) {
        long lost = qualifications.entrySet().stream()
                .filter(each -> Ours.isOurs(each.getKey()) && !each.getValue().isHonest())
                .count();
        Goal goal = Goal.exactly(
                "G12",
                tried.name() + ": forms of the document that end neither in the right answer nor uncompared",
                Spread.count(lost),
                0,
                0,
                "");
        for (Map.Entry<String, Qualification> each : qualifications.entrySet()) {
            goal = goal.note(each.getKey() + ": " + each.getValue().said());
        }
        return goal;
    }

    /** The two differ in a space at least, or comparing their bytes would be enough. */
    private static Case nested(
            String series, int differences, String open, String primary, String candidate, String close) {
        return Case.exactly(series, series, DEPTH + " levels", differences, () -> {
            String before = open.repeat(DEPTH);
            String after = close.repeat(DEPTH);
            return new Pair(Document.of(before + primary + after), Document.of(before + " " + candidate + after));
        });
    }
}
