package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** G11: arrays whose order does not matter, and whose elements have no key. */
final class InAnyOrder implements LineUp.Source {

    // JSONassert is none of them: it ends with the first element that has no counterpart.
    private static final List<String> LOCATING = List.of(JsonUnit.NAME, Javers.NAME, AssertjRecursive.NAME);

    private static final List<String> OF_OBJECTS = List.of(Javers.NAME, AssertjRecursive.NAME);

    @Override
    public LineUp lineUp() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(Ours.JACKSON_2, Ours.jackson2(Ours.IN_ANY_ORDER));
        contenders.put(Ours.JACKSON_3, Ours.jackson3(Ours.IN_ANY_ORDER));
        contenders.put(Ours.BYTES, Ours.bytes(Ours.IN_ANY_ORDER));
        contenders.put(Ours.OBJECTS, Ours.objects(Ours.OBJECTS_IN_ANY_ORDER));
        contenders.put(MultisetFloor.NAME, MultisetFloor.trees());
        contenders.put(JsonUnit.NAME, JsonUnit.treesInAnyOrder());
        contenders.put(JsonAssert.NAME, JsonAssert.treesInAnyOrder());
        contenders.put(Javers.NAME, Javers.sets());
        contenders.put(AssertjRecursive.NAME, AssertjRecursive.objectsInAnyOrder());
        return new LineUp(contenders, Stocks.shuffled(List.of(100, 300, 1_000, 5_000, 10_000)));
    }

    static List<Goal> measure(Effort effort) throws Exception {
        CaseRuns runs = CaseRuns.play(new InAnyOrder(), effort);
        String ours = Ours.JACKSON_2;
        List<Goal> goals = new ArrayList<>();
        for (String series : List.of(Stocks.SHUFFLED, Stocks.SHUFFLED_AND_CHANGED)) {
            CaseRun many = runs.of(Stocks.size(5_000), series);
            CaseRun more = runs.of(Stocks.size(1_000), series);
            goals.add(many.besideAll(runs.timeAtMost("G11", ours, many, more, 8)
                    .beside(MultisetFloor.NAME + ", the same", runs.times(MultisetFloor.NAME, many, more), "times")));
            goals.add(many.timeAtMost("G11", ours, MultisetFloor.NAME, 10));
            CaseRun some = runs.of(Stocks.size(300), series);
            goals.add(some.besideAll(some.timeAtMost("G11", ours, JsonUnit.NAME, 1.0 / 100)));
            goals.add(more.besideAll(more.timeAtMost("G11", ours, AssertjRecursive.NAME, 1.0 / 50)));
            goals.add(more.timeAtMost("G11", Ours.OBJECTS, AssertjRecursive.NAME, 1.0 / 50));
            goals.add(more.besideTheFastest("objects", Ours.OBJECTS, OF_OBJECTS));
            for (int size : new int[] {100, 10_000}) {
                goals.add(besideTheFastest(runs.of(Stocks.size(size), series)));
            }
        }
        return goals;
    }

    /** No goal has a number for these: ours is to be no slower than anyone who says where the differences are. */
    private static Goal besideTheFastest(CaseRun run) {
        return run.fastest(LOCATING)
                .map(fastest -> run.besideAll(run.timeAtMost("unordered", Ours.JACKSON_2, fastest, 1)))
                .orElseGet(() -> run.besideAll(run.timeAtMost("unordered", Ours.JACKSON_2, MultisetFloor.NAME, 10)));
    }
}
