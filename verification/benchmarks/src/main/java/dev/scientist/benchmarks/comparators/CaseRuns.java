package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Sample.Cost;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The runs of all cases of one line-up. */
final class CaseRuns {

    private final Effort effort;
    private final Map<String, CaseRun> byCase = new LinkedHashMap<>();

    private CaseRuns(Effort effort) {
        this.effort = effort;
    }

    /** Lets all contenders qualify, warms them up on every case, then measures. */
    static CaseRuns play(LineUp lineUp, Effort effort) throws Exception {
        CaseRuns runs = new CaseRuns(effort);
        Map<String, Contender<?>> contenders = new LinkedHashMap<>();
        lineUp.contenders().forEach(contender -> contenders.put(contender.name(), contender));
        for (Map.Entry<Case, Map<String, Qualification>> each :
                new Qualifying(lineUp, effort.pick(1, 3) * 1e9).run().entrySet()) {
            CaseRun run = new CaseRun(contenders, each.getKey(), each.getValue());
            runs.byCase.put(each.getKey().name(), run);
            run.warmUp(TimeUnit.MILLISECONDS.toNanos(effort.pick(50, 150)));
        }
        for (CaseRun run : runs.byCase.values()) {
            run.play(effort);
        }
        return runs;
    }

    /** The run of one case. */
    CaseRun of(String size, String series) {
        CaseRun run = byCase.get(Case.name(size, series));
        if (run == null) {
            throw new IllegalArgumentException("no case " + Case.name(size, series) + "; there is " + byCase.keySet());
        }
        return run;
    }

    /** The run of a line-up that has only one case. */
    CaseRun only() {
        return byCase.values().iterator().next();
    }

    /** The claim that one contender takes at most {@code limit} times as long on one case as on another. */
    Goal timeAtMost(String id, String name, CaseRun one, CaseRun other, double limit) throws Exception {
        String statement = one.compared().name() + ": " + name + ", time, times that of "
                + other.compared().name();
        for (CaseRun run : new CaseRun[] {one, other}) {
            if (!run.qualification(name).isRight()) {
                return Goal.unmeasured(
                        id, statement + ": " + run.qualification(name).said());
            }
        }
        return Goal.atMost(id, statement, times(name, one, other), limit, "times");
    }

    /** The time of one contender on one case, times its time on another; its answers to both must be right. */
    Spread times(String name, CaseRun one, CaseRun other) throws Exception {
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put("one", one.sample(name));
        samples.put("other", other.sample(name));
        CaseRun.settle();
        long slice = CaseRun.slice(effort);
        Rounds<Cost> rounds = Rounds.play(samples, 1, effort.rounds(), sample -> sample.take(slice));
        return rounds.spread("one", "other", (mine, its) -> mine.nanos() / its.nanos());
    }
}
