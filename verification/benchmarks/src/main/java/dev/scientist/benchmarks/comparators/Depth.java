package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** G12: documents nested very deeply, on a thread with the default stack. */
final class Depth implements LineUp.Source {

    private static final int DEPTH = 10_000;
    private static final double PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2); // chosen: a hundred times what it takes

    @Override
    public LineUp lineUp() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(Ours.BYTES, Ours.bytes(Ours.IN_ORDER));
        contenders.put(Ours.TEXT, Ours.text(Ours.IN_ORDER));
        contenders.put(Ours.JACKSON_2, Ours.jackson2(Ours.IN_ORDER));
        contenders.put(Ours.JACKSON_3, Ours.jackson3(Ours.IN_ORDER));
        contenders.put(Ours.JACKSON_2 + " in any order", Ours.jackson2(Ours.IN_ANY_ORDER));
        contenders.put(Jacksons.EQUALS_2, Jacksons.equals2());
        contenders.put(JsonUnit.NAME, JsonUnit.trees());
        contenders.put(JsonAssert.NAME, JsonAssert.text());
        contenders.put(ZjsonPatch.NAME, ZjsonPatch.trees());
        contenders.put(Javers.NAME, Javers.objects());
        contenders.put(AssertjRecursive.NAME, AssertjRecursive.objects());
        return new LineUp(
                contenders,
                List.of(
                        nested("arrays, equal", 0, "[", "1", "1", "]"),
                        nested("arrays, 1 difference", 1, "[", "1", "2", "]"),
                        nested("objects, equal", 0, "{\"a\":", "1", "1", "}"),
                        nested("objects, 1 difference", 1, "{\"a\":", "1", "2", "}")));
    }

    static List<Goal> measure(Effort effort) throws Exception {
        return new Qualifying(new Depth(), PATIENCE_NANOS)
                .hold(new Depth().lineUp()).entrySet().stream()
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

    /** Not the same bytes, or there would be nothing to do. */
    private static Case nested(
            String series, int differences, String open, String primary, String candidate, String close) {
        return Case.exactly(series, series, DEPTH + " levels", differences, () -> {
            String before = open.repeat(DEPTH);
            String after = close.repeat(DEPTH);
            return new Pair(
                    new Document(before + primary + after),
                    new Document(before + " " + candidate + after),
                    Object.class,
                    Object.class);
        });
    }
}
