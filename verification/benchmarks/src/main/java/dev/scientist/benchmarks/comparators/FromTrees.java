package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** G10: two answers that are trees already, or the application's own objects. */
final class FromTrees implements LineUp.Source {

    private static final List<String> OF_OBJECTS = List.of(Javers.NAME, AssertjRecursive.NAME);

    @Override
    public LineUp lineUp() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(Ours.JACKSON_2, Ours.jackson2(Ours.IN_ORDER));
        contenders.put(Ours.JACKSON_3, Ours.jackson3(Ours.IN_ORDER));
        contenders.put(Ours.OBJECTS, Ours.objects(Ours.OBJECTS_IN_ORDER));
        contenders.put(Jacksons.EQUALS_2, Jacksons.equals2());
        contenders.put(Jacksons.EQUALS_3, Jacksons.equals3());
        contenders.put(JsonUnit.NAME, JsonUnit.trees());
        contenders.put(JsonAssert.NAME, JsonAssert.trees());
        contenders.put(ZjsonPatch.NAME, ZjsonPatch.trees());
        contenders.put(Javers.NAME, Javers.objects());
        contenders.put(AssertjRecursive.NAME, AssertjRecursive.objects());
        return new LineUp(
                contenders, Books.cases(List.of(Books.SAME_ORDER, Books.OTHER_ORDER, Books.ONE, Books.TWENTY)));
    }

    static List<Goal> measure(Effort effort) throws Exception {
        CaseRuns runs = CaseRuns.play(new FromTrees(), effort);
        List<Goal> goals = new ArrayList<>();
        for (String size : Books.sizes()) {
            for (String series : List.of(Books.SAME_ORDER, Books.OTHER_ORDER)) {
                CaseRun equal = runs.of(size, series);
                goals.add(equal.besideAll(equal.timeAtMost("G10", Ours.JACKSON_2, Jacksons.EQUALS_2, 3)));
                goals.add(equal.timeAtMost("G10", Ours.JACKSON_3, Jacksons.EQUALS_3, 3));
                if (size.equals(Books.MIDDLE)) {
                    goals.add(equal.timeAtMost("G10", Ours.JACKSON_2, JsonUnit.NAME, 1.0 / 10));
                }
            }
        }
        for (String size : Books.sizes()) {
            CaseRun one = runs.of(size, Books.ONE);
            goals.add(one.besideAll(one.timeAtMost("trees", Ours.JACKSON_2, ZjsonPatch.NAME, 1)));
            CaseRun twenty = runs.of(size, Books.TWENTY);
            goals.add(twenty.besideAll(
                    runs.timeAtMost("G10", Ours.JACKSON_2, twenty, runs.of(size, Books.SAME_ORDER), 2)));
            goals.add(twenty.timeAtMost("G10", Ours.JACKSON_2, ZjsonPatch.NAME, 1));
        }
        for (String size : Books.sizes()) {
            for (String series : List.of(Books.SAME_ORDER, Books.ONE, Books.TWENTY)) {
                goals.add(runs.of(size, series).besideTheFastest("objects", Ours.OBJECTS, OF_OBJECTS));
            }
        }
        return goals;
    }
}
