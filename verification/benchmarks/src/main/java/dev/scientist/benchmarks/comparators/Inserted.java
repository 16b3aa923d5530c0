package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One element more at the front of an array whose order matters: is that one difference, or thousands? */
final class Inserted implements LineUp.Source {

    private static final int ROWS = 5_000;

    @Override
    public LineUp lineUp() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(Ours.JACKSON_2, Ours.jackson2(Ours.IN_ORDER.maxDifferences(Integer.MAX_VALUE)));
        contenders.put(Ours.OBJECTS, Ours.objects(Ours.OBJECTS_IN_ORDER.maxDifferences(Integer.MAX_VALUE)));
        contenders.put(JsonUnit.NAME, JsonUnit.trees());
        contenders.put(JsonAssert.NAME, JsonAssert.trees());
        contenders.put(ZjsonPatch.NAME, ZjsonPatch.trees());
        contenders.put(Javers.NAME, Javers.objects());
        contenders.put(Javers.NAME + ", by Levenshtein distance", Javers.alignedObjects());
        contenders.put(AssertjRecursive.NAME, AssertjRecursive.objects());
        return new LineUp(contenders, List.of(Stocks.insertedInFront(ROWS)));
    }

    static List<Goal> measure(Effort effort) throws Exception {
        CaseRuns runs = CaseRuns.play(new Inserted(), effort);
        CaseRun run = runs.only();
        Qualification ours = run.qualification(Ours.JACKSON_2);
        if (!ours.isRight()) {
            return List.of(Goal.unmeasured("insert", Ours.JACKSON_2 + ": " + ours.said()));
        }
        Goal goal = Goal.exactly(
                "insert",
                run.compared().name() + ": " + Ours.JACKSON_2 + ", differences reported",
                Spread.count(ours.answer()),
                1,
                0,
                "");
        for (String name : new Inserted().lineUp().contenders().keySet()) {
            if (run.qualification(name).isRight() && run.qualification(name).answer() != Contender.SOME) {
                goal = goal.beside(
                        name + " reports", Spread.count(run.qualification(name).answer()), "");
            }
        }
        return List.of(run.noted(run.besideAll(goal)));
    }
}
