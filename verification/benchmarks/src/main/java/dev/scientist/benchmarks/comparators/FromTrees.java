package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import java.util.ArrayList;
import java.util.List;

/** G10: compares two answers that are parsed trees or the application's own objects. */
final class FromTrees implements LineUp {

    private static final List<String> OF_OBJECTS = List.of(Peers.JAVERS, Peers.ASSERTJ);

    @Override
    public List<Contender<?>> contenders() {
        return List.of(
                Ours.jackson2(Ours.IN_ORDER),
                Ours.jackson3(Ours.IN_ORDER),
                Ours.objects(Ours.OBJECTS_IN_ORDER),
                Peers.equals2(),
                Peers.equals3(),
                Peers.jsonUnitTrees(),
                Peers.jsonAssertTrees(),
                Peers.zjsonPatchTrees(),
                Peers.javersObjects(),
                Peers.assertjObjects());
    }

    @Override
    public List<Case> cases() {
        return Cases.orders(Cases.SAME_ORDER, Cases.OTHER_ORDER, Cases.ONE, Cases.TWENTY);
    }

    static List<Goal> measure(Effort effort) throws Exception {
        CaseRuns runs = CaseRuns.play(new FromTrees(), effort);
        List<Goal> goals = new ArrayList<>();
        for (String size : Cases.sizes()) {
            for (String series : List.of(Cases.SAME_ORDER, Cases.OTHER_ORDER)) {
                CaseRun equal = runs.of(size, series);
                goals.add(equal.besideAll(equal.timeAtMost("G10", Ours.JACKSON_2, Peers.EQUALS_2, 3)));
                goals.add(equal.timeAtMost("G10", Ours.JACKSON_3, Peers.EQUALS_3, 3));
                if (size.equals(Cases.MIDDLE)) {
                    goals.add(equal.timeAtMost("G10", Ours.JACKSON_2, Peers.JSON_UNIT, 1.0 / 10));
                }
            }
        }
        for (String size : Cases.sizes()) {
            CaseRun one = runs.of(size, Cases.ONE);
            goals.add(one.besideAll(one.timeAtMost("trees", Ours.JACKSON_2, Peers.ZJSONPATCH, 1)));
            CaseRun twenty = runs.of(size, Cases.TWENTY);
            goals.add(twenty.besideAll(
                    runs.timeAtMost("G10", Ours.JACKSON_2, twenty, runs.of(size, Cases.SAME_ORDER), 2)));
            goals.add(twenty.timeAtMost("G10", Ours.JACKSON_2, Peers.ZJSONPATCH, 1));
        }
        for (String size : Cases.sizes()) {
            for (String series : List.of(Cases.SAME_ORDER, Cases.ONE, Cases.TWENTY)) {
                goals.add(runs.of(size, series).besideTheFastest("objects", Ours.OBJECTS, OF_OBJECTS));
            }
        }
        return goals;
    }
}
