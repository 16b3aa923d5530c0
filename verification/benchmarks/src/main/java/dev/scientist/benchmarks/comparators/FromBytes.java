package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import java.util.ArrayList;
import java.util.List;

/** G9: compares two answers that arrive as JSON. */
final class FromBytes implements LineUp {

    private static final List<String> LOCATING =
            List.of(Peers.JSON_UNIT, Peers.JSON_ASSERT, Peers.ZJSONPATCH, Peers.JAVERS, Peers.ASSERTJ);

    @Override
    public List<Contender<?>> contenders() {
        return List.of(
                Ours.bytes(Ours.IN_ORDER),
                Ours.text(Ours.IN_ORDER),
                Peers.parseAndEquals2(),
                Peers.parseAndEquals3(),
                Peers.jsonUnitText(),
                Peers.jsonAssertText(),
                Peers.zjsonPatchText(),
                Peers.javersText(),
                Peers.assertjText());
    }

    @Override
    public List<Case> cases() {
        return Cases.orders(Cases.IDENTICAL, Cases.SAME_ORDER, Cases.OTHER_ORDER, Cases.ONE, Cases.TWENTY);
    }

    static List<Goal> measure(Effort effort) throws Exception {
        CaseRuns runs = CaseRuns.play(new FromBytes(), effort);
        List<Goal> goals = new ArrayList<>();
        CaseRun identical = runs.of(Cases.MIDDLE, Cases.IDENTICAL);
        goals.add(identical.besideAll(identical.timeAtMost("G9", Ours.BYTES, Peers.PARSE_AND_EQUALS_2, 1.0 / 100)));
        for (String size : Cases.sizes()) {
            CaseRun sameOrder = runs.of(size, Cases.SAME_ORDER);
            goals.add(sameOrder.besideAll(sameOrder.timeAtMost("G9", Ours.BYTES, Peers.PARSE_AND_EQUALS_2, 0.7)));
            goals.add(sameOrder.bytesAtMost("G9", Ours.BYTES, 16 * 1_024));
        }
        for (String size : Cases.sizes()) {
            CaseRun otherOrder = runs.of(size, Cases.OTHER_ORDER);
            goals.add(otherOrder.besideAll(otherOrder.timeAtMost("G9", Ours.BYTES, Peers.PARSE_AND_EQUALS_2, 1)));
            goals.add(otherOrder.timeAtMost("G9", Ours.BYTES, Peers.JSON_UNIT, 1 / 3.5));
            goals.add(otherOrder.bytesAtMost("G9", Ours.BYTES, Peers.JSON_UNIT, 1.0 / 4));
        }
        for (String size : Cases.sizes()) {
            if (!size.equals(Cases.MIDDLE)) {
                goals.add(besideTheFastest(runs.of(size, Cases.IDENTICAL)));
            }
            goals.add(besideTheFastest(runs.of(size, Cases.ONE)));
            goals.add(besideTheFastest(runs.of(size, Cases.TWENTY)));
        }
        return goals;
    }

    private static Goal besideTheFastest(CaseRun run) {
        return run.besideAll(run.besideTheFastest("bytes", Ours.BYTES, LOCATING));
    }
}
