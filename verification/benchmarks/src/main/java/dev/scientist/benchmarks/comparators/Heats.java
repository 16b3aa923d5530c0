package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** All cases of one contest, played. */
final class Heats {

    private final Effort effort;
    private final Map<String, Heat> byCase = new LinkedHashMap<>();

    private Heats(Effort effort) {
        this.effort = effort;
    }

    /** Tries everyone first, then warms everyone up on every case, then plays. */
    static Heats play(Contest.Host host, Effort effort) throws Exception {
        Contest contest = host.contest();
        Heats heats = new Heats(effort);
        for (Map.Entry<Case, Map<String, Hearing>> each :
                new Audition(host, effort.pick(1, 3) * 1e9).hold(contest).entrySet()) {
            Heat heat = new Heat(contest, each.getKey(), each.getValue());
            heats.byCase.put(each.getKey().name(), heat);
            heat.warmUp(TimeUnit.MILLISECONDS.toNanos(effort.pick(50, 150)));
        }
        for (Heat heat : heats.byCase.values()) {
            heat.play(effort);
        }
        return heats;
    }

    /** The heat of one case. */
    Heat of(String size, String series) {
        Heat heat = byCase.get(Case.name(size, series));
        if (heat == null) {
            throw new IllegalArgumentException("no case " + Case.name(size, series) + "; there is " + byCase.keySet());
        }
        return heat;
    }

    /** The heat of a contest that has no other. */
    Heat only() {
        return byCase.values().iterator().next();
    }

    /** The claim that one contender takes at most so many times as long on one case as on another one. */
    Goal timeAtMost(String id, String name, Heat one, Heat other, double limit) throws Exception {
        String statement = one.compared().name() + ": " + name + ", time, times that of "
                + other.compared().name();
        for (Heat heat : new Heat[] {one, other}) {
            if (!heat.hearing(name).isRight()) {
                return Goal.unmeasured(id, statement + ": " + heat.hearing(name).said());
            }
        }
        return Goal.atMost(id, statement, times(name, one, other), limit, "times");
    }

    /** How many times as long one contender, whose answers to both are right, takes on one case as on another one. */
    Spread times(String name, Heat one, Heat other) throws Exception {
        Map<String, Turn> turns = new LinkedHashMap<>();
        turns.put("one", one.turn(name));
        turns.put("other", other.turn(name));
        Heat.settle();
        long slice = Heat.slice(effort);
        Rounds<Cost> rounds = Rounds.play(turns, 1, effort.rounds(), turn -> turn.take(slice));
        return rounds.spread("one", "other", (mine, its) -> mine.nanos() / its.nanos());
    }
}
