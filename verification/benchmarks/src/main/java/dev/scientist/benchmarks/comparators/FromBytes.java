package dev.scientist.benchmarks.comparators;

import static dev.scientist.benchmarks.comparators.Jacksons.PARSE_AND_EQUALS;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** G9: two answers that arrive as JSON. */
final class FromBytes implements LineUp.Source {

    private static final List<String> LOCATING =
            List.of(JsonUnit.NAME, JsonAssert.NAME, ZjsonPatch.NAME, Javers.NAME, AssertjRecursive.NAME);

    @Override
    public LineUp lineUp() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(Ours.BYTES, Ours.bytes(Ours.IN_ORDER));
        contenders.put(Ours.TEXT, Ours.text(Ours.IN_ORDER));
        contenders.put(PARSE_AND_EQUALS, Jacksons.parseAndEquals2());
        contenders.put(Jacksons.PARSE_AND_EQUALS_3, Jacksons.parseAndEquals3());
        contenders.put(JsonUnit.NAME, JsonUnit.text());
        contenders.put(JsonAssert.NAME, JsonAssert.text());
        contenders.put(ZjsonPatch.NAME, ZjsonPatch.text());
        contenders.put(Javers.NAME, Javers.text());
        contenders.put(AssertjRecursive.NAME, AssertjRecursive.text());
        return new LineUp(
                contenders,
                Books.cases(List.of(Books.IDENTICAL, Books.SAME_ORDER, Books.OTHER_ORDER, Books.ONE, Books.TWENTY)));
    }

    static List<Goal> measure(Effort effort) throws Exception {
        CaseRuns runs = CaseRuns.play(new FromBytes(), effort);
        List<Goal> goals = new ArrayList<>();
        CaseRun identical = runs.of(Books.MIDDLE, Books.IDENTICAL);
        goals.add(identical.besideAll(identical.timeAtMost("G9", Ours.BYTES, PARSE_AND_EQUALS, 1.0 / 100)));
        for (String size : Books.sizes()) {
            CaseRun sameOrder = runs.of(size, Books.SAME_ORDER);
            goals.add(sameOrder.besideAll(sameOrder.timeAtMost("G9", Ours.BYTES, PARSE_AND_EQUALS, 0.7)));
            goals.add(sameOrder.bytesAtMost("G9", Ours.BYTES, 16 * 1_024));
        }
        for (String size : Books.sizes()) {
            CaseRun otherOrder = runs.of(size, Books.OTHER_ORDER);
            goals.add(otherOrder.besideAll(otherOrder.timeAtMost("G9", Ours.BYTES, PARSE_AND_EQUALS, 1)));
            goals.add(otherOrder.timeAtMost("G9", Ours.BYTES, JsonUnit.NAME, 1 / 3.5));
            goals.add(otherOrder.bytesAtMost("G9", Ours.BYTES, JsonUnit.NAME, 1.0 / 4));
        }
        for (String size : Books.sizes()) {
            if (!size.equals(Books.MIDDLE)) {
                goals.add(besideTheFastest(runs.of(size, Books.IDENTICAL)));
            }
            goals.add(besideTheFastest(runs.of(size, Books.ONE)));
            goals.add(besideTheFastest(runs.of(size, Books.TWENTY)));
        }
        return goals;
    }

    private static Goal besideTheFastest(CaseRun run) {
        return run.besideAll(run.besideTheFastest("bytes", Ours.BYTES, LOCATING));
    }
}
