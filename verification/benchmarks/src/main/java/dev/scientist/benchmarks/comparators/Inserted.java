package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.List;

/** Counts the differences that contenders report if an array whose order matters gets one more element in front. */
final class Inserted implements LineUp {

    @Override
    public List<Contender<?>> contenders() {
        return List.of(
                Ours.jackson2(Ours.IN_ORDER.maxDifferences(Integer.MAX_VALUE)),
                Ours.objects(Ours.OBJECTS_IN_ORDER.maxDifferences(Integer.MAX_VALUE)),
                Peers.jsonUnitTrees(),
                Peers.jsonAssertTrees(),
                Peers.zjsonPatchTrees(),
                Peers.javersObjects(),
                Peers.javersAlignedObjects(),
                Peers.assertjObjects());
    }

    @Override
    public List<Case> cases() {
        return List.of(Cases.insertedInFront(5_000));
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
        for (String name :
                new Inserted().contenders().stream().map(Contender::name).toList()) {
            if (run.qualification(name).isRight() && run.qualification(name).answer() != Contender.SOME) {
                goal = goal.beside(
                        name + " reports", Spread.count(run.qualification(name).answer()), "");
            }
        }
        return List.of(run.noted(run.besideAll(goal)));
    }
}
