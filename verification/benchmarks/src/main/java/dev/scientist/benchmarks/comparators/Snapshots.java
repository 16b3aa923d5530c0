package dev.scientist.benchmarks.comparators;

import dev.scientist.SnapshotFormat;
import dev.scientist.benchmarks.comparators.Contender.Comparison;
import dev.scientist.benchmarks.comparators.Sample.Cost;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** G17: the time a built-in snapshot of an answer takes on the caller's thread, beside the application's mapper. */
final class Snapshots {

    private static final int BYTES = 2_000;
    private static final double LIMIT = 1.3;

    private static final String MAPPER_2 = "Jackson 2, writeValueAsBytes";
    private static final String MAPPER_3 = "Jackson 3, writeValueAsBytes";
    private static final String JSON_2 = "snapshot: json, Jackson 2";
    private static final String JSON_3 = "snapshot: json, Jackson 3";
    private static final String OBJECTS = "snapshot: objects";

    private Snapshots() {}

    static List<Goal> measure(Effort effort) throws Exception {
        Object answer = Document.ofOrders(Trees.orders(BYTES), Notation.PLAIN).object();
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put(MAPPER_2, sample(() -> Document.JACKSON_2.writeValueAsBytes(answer).length));
        samples.put(MAPPER_3, sample(() -> Document.JACKSON_3.writeValueAsBytes(answer).length));
        samples.put(JSON_2, snapshot(Ours.IN_ORDER.mapper(Document.JACKSON_2).snapshot(), answer));
        samples.put(JSON_3, snapshot(Ours.IN_ORDER.mapper(Document.JACKSON_3).snapshot(), answer));
        samples.put(OBJECTS, snapshot(Ours.OBJECTS_IN_ORDER.snapshot(), answer));
        long slice = CaseRun.slice(effort);
        Rounds.play(samples, 0, 1, sample -> sample.take(TimeUnit.SECONDS.toNanos(effort.pick(2, 5)))); // compiles them
        Rounds<Cost> rounds = Rounds.play(samples, 2, effort.rounds(), sample -> sample.take(slice));
        return List.of(
                goal(rounds, JSON_2, MAPPER_2, samples),
                goal(rounds, JSON_3, MAPPER_3, samples),
                goal(rounds, OBJECTS, MAPPER_2, samples));
    }

    private static Goal goal(Rounds<Cost> rounds, String name, String mapper, Map<String, Sample> samples) {
        Spread times = rounds.spread(name, mapper, (mine, its) -> mine.nanos() / its.nanos());
        Goal goal = Goal.atMost("G17", name + ", time, times " + mapper, times, LIMIT, "times");
        for (String each : samples.keySet()) {
            goal = goal.besideTime(each, rounds.spread(each, Cost::nanos));
        }
        return goal;
    }

    private static Sample snapshot(SnapshotFormat format, Object answer) throws Exception {
        return sample(() -> format.write(answer) == answer ? 1 : 2);
    }

    /** A call that returns the same each time, so that the compiler can leave none out. */
    private static Sample sample(Comparison call) throws Exception {
        return new Sample(call, call.differences());
    }
}
