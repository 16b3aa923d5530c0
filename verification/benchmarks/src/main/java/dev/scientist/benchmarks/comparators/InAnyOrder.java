package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** G11: compares arrays whose order does not matter and whose elements have no key. */
final class InAnyOrder implements LineUp {

    // JSONassert is missing: it ends at the first element that has no counterpart.
    private static final List<String> LOCATING = List.of(Peers.JSON_UNIT, Peers.JAVERS, Peers.ASSERTJ);

    private static final List<String> OF_OBJECTS = List.of(Peers.JAVERS, Peers.ASSERTJ);

    @Override
    public List<Contender<?>> contenders() {
        return List.of(
                Ours.jackson2(Ours.IN_ANY_ORDER),
                Ours.jackson3(Ours.IN_ANY_ORDER),
                Ours.bytes(Ours.IN_ANY_ORDER),
                Ours.objects(Ours.OBJECTS_IN_ANY_ORDER),
                MultisetFloor.trees(),
                Peers.jsonUnitTreesInAnyOrder(),
                Peers.jsonAssertTreesInAnyOrder(),
                Peers.javersSets(),
                Peers.assertjObjectsInAnyOrder());
    }

    @Override
    public List<Case> cases() {
        return Cases.shuffled(100, 300, 1_000, 5_000, 10_000);
    }

    static List<Goal> measure(Effort effort) throws Exception {
        CaseRuns runs = CaseRuns.play(new InAnyOrder(), effort);
        String ours = Ours.JACKSON_2;
        List<Goal> goals = new ArrayList<>();
        for (String series : List.of(Cases.SHUFFLED, Cases.SHUFFLED_AND_CHANGED)) {
            CaseRun many = runs.of(Cases.size(5_000), series);
            CaseRun more = runs.of(Cases.size(1_000), series);
            goals.add(many.besideAll(runs.timeAtMost("G11", ours, many, more, 8)
                    .beside(MultisetFloor.NAME + ", the same", runs.times(MultisetFloor.NAME, many, more), "times")));
            goals.add(many.timeAtMost("G11", ours, MultisetFloor.NAME, 10));
            CaseRun some = runs.of(Cases.size(300), series);
            goals.add(some.besideAll(some.timeAtMost("G11", ours, Peers.JSON_UNIT, 1.0 / 100)));
            goals.add(more.besideAll(more.timeAtMost("G11", ours, Peers.ASSERTJ, 1.0 / 50)));
            goals.add(more.timeAtMost("G11", Ours.OBJECTS, Peers.ASSERTJ, 1.0 / 50));
            goals.add(more.besideTheFastest("objects", Ours.OBJECTS, OF_OBJECTS));
            for (int size : new int[] {100, 10_000}) {
                goals.add(besideTheFastest(runs.of(Cases.size(size), series)));
            }
        }
        return goals;
    }

    /** No goal has a number for these: ours is to be no slower than any peer that locates the differences. */
    private static Goal besideTheFastest(CaseRun run) {
        return run.fastest(LOCATING)
                .map(fastest -> run.besideAll(run.timeAtMost("unordered", Ours.JACKSON_2, fastest, 1)))
                .orElseGet(() -> run.besideAll(run.timeAtMost("unordered", Ours.JACKSON_2, MultisetFloor.NAME, 10)));
    }

    /** The last claim of G11: arrays that are larger than a service should send, compared once. */
    static final class HundredThousand implements LineUp {

        private static final double PATIENCE_SECONDS = 30; // chosen: longer than the deadline of any comparison

        @Override
        public List<Contender<?>> contenders() {
            return List.of(Ours.jackson2(Ours.IN_ANY_ORDER), Ours.bytes(Ours.IN_ANY_ORDER), MultisetFloor.trees());
        }

        @Override
        public List<Case> cases() {
            return Cases.shuffled(100_000);
        }

        static List<Goal> measure(Effort effort) throws Exception {
            return new Qualifying(new HundredThousand(), PATIENCE_SECONDS * 1e9)
                    .run().entrySet().stream()
                            .map(each -> goal(each.getKey(), each.getValue()))
                            .toList();
        }

        private static Goal goal(Case tried, Map<String, Qualification> qualifications) {
            Qualification ours = Objects.requireNonNull(qualifications.get(Ours.JACKSON_2));
            Goal goal = Goal.atMost(
                    "G11",
                    tried.name() + ": " + Ours.JACKSON_2 + ", first call of a process, until an answer or uncompared",
                    seconds(ours),
                    PATIENCE_SECONDS,
                    "s");
            for (Map.Entry<String, Qualification> each : qualifications.entrySet()) {
                goal = goal.beside(each.getKey(), seconds(each.getValue()), "s")
                        .note(each.getKey() + ": " + each.getValue().said());
                if (Ours.isOurs(each.getKey())) {
                    goal = goal.butOnlyIf(each.getValue().isHonest(), "which is not right");
                }
            }
            return goal;
        }

        private static Spread seconds(Qualification qualification) {
            return Spread.once(qualification.nanos() / 1e9);
        }
    }
}
