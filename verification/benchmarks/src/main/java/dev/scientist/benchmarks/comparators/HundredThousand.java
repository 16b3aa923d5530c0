package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The last part of G11: arrays in any order that are larger than anyone should send. */
final class HundredThousand implements LineUp.Source {

    private static final double PATIENCE_SECONDS = 30; // chosen: past any deadline of a comparison

    @Override
    public LineUp lineUp() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(Ours.JACKSON_2, Ours.jackson2(Ours.IN_ANY_ORDER));
        contenders.put(Ours.BYTES, Ours.bytes(Ours.IN_ANY_ORDER));
        contenders.put(MultisetFloor.NAME, MultisetFloor.trees());
        return new LineUp(contenders, Stocks.shuffled(List.of(100_000)));
    }

    static List<Goal> measure(Effort effort) throws Exception {
        return new Qualifying(new HundredThousand(), PATIENCE_SECONDS * TimeUnit.SECONDS.toNanos(1))
                .hold(new HundredThousand().lineUp()).entrySet().stream()
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
        return Spread.once(qualification.nanos() / TimeUnit.SECONDS.toNanos(1));
    }
}
