package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Case.Pair;
import dev.scientist.benchmarks.comparators.Sample.Cost;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Goal;
import dev.scientist.benchmarks.harness.Rounds;
import dev.scientist.benchmarks.harness.Spread;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Measures one case in interleaved rounds with every contender whose answer is right. Peers that are slow have fewer
 * rounds, each beside ours. The note of every goal names the contenders that were wrong, failed, or took too long.
 */
final class CaseRun {

    private static final double SLOW_NANOS = 100e6; // chosen: eleven rounds of it are a second

    private final Map<String, Contender<?>> contenders;
    private final Case compared;
    private final Map<String, Qualification> qualifications;
    private final Pair pair;
    private final Map<String, Rounds<Cost>> rounds = new LinkedHashMap<>();

    /**
     * Makes the documents.
     *
     * @param contenders by name
     * @param qualifications how each contender did before, by its name
     */
    CaseRun(Map<String, Contender<?>> contenders, Case compared, Map<String, Qualification> qualifications) {
        this.contenders = contenders;
        this.compared = compared;
        this.qualifications = qualifications;
        this.pair = compared.pair().get();
    }

    static long slice(Effort effort) {
        return TimeUnit.MILLISECONDS.toNanos(effort.pick(6, 15));
    }

    /** Lets each contender that is right and not slow compare for a while. */
    void warmUp(long nanos) throws Exception {
        for (String name : qualifications.keySet()) {
            if (qualification(name).isRight() && !isSlow(name)) {
                sample(name).take(nanos);
            }
        }
    }

    void play(Effort effort) throws Exception {
        Map<String, Sample> quick = new LinkedHashMap<>();
        Map<String, Sample> slow = new LinkedHashMap<>();
        for (String name : qualifications.keySet()) {
            if (qualification(name).isRight()) {
                (isSlow(name) ? slow : quick).put(name, sample(name));
            }
        }
        settle();
        Rounds<Cost> all = play(quick, effort.pick(2, 3), effort.rounds(), effort);
        quick.keySet().forEach(name -> rounds.put(name, all));
        for (Map.Entry<String, Sample> one : slow.entrySet()) {
            Map<String, Sample> beside = new LinkedHashMap<>(quick);
            beside.keySet().removeIf(name -> !Ours.isOurs(name)); // every claim about time is about one of these
            beside.put(one.getKey(), one.getValue());
            double budget = effort.pick(500, 3_000) * 1e6; // nanoseconds
            int few = (int) Math.max(
                    1,
                    Math.min(
                            effort.rounds(),
                            budget / qualification(one.getKey()).nanos()));
            rounds.put(one.getKey(), play(beside, 0, few, effort));
        }
    }

    /** Collects garbage, so that all documents lie in memory alike: some trees are too large for the caches. */
    static void settle() {
        System.gc();
    }

    Case compared() {
        return compared;
    }

    /** The result of one contender before the rounds. */
    Qualification qualification(String name) {
        return Objects.requireNonNull(qualifications.get(name), name);
    }

    /** Prepares a contender whose answer was right. */
    Sample sample(String name) throws Exception {
        Contender<?> contender = Objects.requireNonNull(contenders.get(name), name);
        return new Sample(contender.prepare(pair), qualification(name).answer());
    }

    Spread nanos(String name) {
        return played(name).spread(name, Cost::nanos);
    }

    Spread bytes(String name) {
        return played(name).spread(name, Cost::bytes);
    }

    /** The claim that a contender is no slower than any of some peers; no goal has a number for it. */
    Goal besideTheFastest(String id, String name, List<String> peers) {
        return fastest(peers)
                .map(fastest -> timeAtMost(id, name, fastest, 1))
                .orElseGet(() -> Goal.unmeasured(id, compared.name() + ": no peer is right"));
    }

    /** The peer with the least median, among those that were measured. */
    Optional<String> fastest(List<String> names) {
        return names.stream()
                .filter(rounds::containsKey)
                .min(Comparator.comparingDouble(name -> nanos(name).median()));
    }

    /** The claim that one contender takes at most {@code limit} times the time of another. */
    Goal timeAtMost(String id, String name, String other, double limit) {
        return ratio(id, "time", name, other, limit, Cost::nanos);
    }

    /** The claim that one contender allocates at most {@code limit} times the bytes of another. */
    Goal bytesAtMost(String id, String name, String other, double limit) {
        return ratio(id, "bytes allocated", name, other, limit, Cost::bytes);
    }

    /** The claim that one contender allocates at most {@code limit} bytes. */
    Goal bytesAtMost(String id, String name, double limit) {
        return qualification(name).isRight()
                ? noted(Goal.atMost(id, statement(name, "bytes allocated"), bytes(name), limit, "bytes"))
                : unmeasured(id, name);
    }

    /** The goal with the time and the bytes of every contender beside it. */
    Goal besideAll(Goal goal) {
        Goal more = goal;
        for (String name : rounds.keySet()) {
            more = more.besideTime(name, nanos(name));
        }
        for (String name : rounds.keySet()) {
            more = more.beside(name + " allocates", bytes(name).map(bytes -> bytes / 1_024), "KB");
        }
        return more;
    }

    private Goal ratio(String id, String what, String name, String other, double limit, ToDoubleFunction<Cost> figure) {
        if (!qualification(name).isRight()) {
            return unmeasured(id, name);
        }
        String statement = statement(name, what) + ", times that of " + other;
        if (rounds.containsKey(other)) {
            Rounds<Cost> common = isSlow(other) ? played(other) : played(name);
            Spread ratio =
                    common.spread(name, other, (mine, its) -> figure.applyAsDouble(mine) / figure.applyAsDouble(its));
            return noted(Goal.atMost(id, statement, ratio, limit, "times"));
        }
        if (qualification(other).state() == Qualification.State.OVER && what.equals("time")) {
            Spread most = nanos(name).map(nanos -> nanos / qualification(other).nanos());
            return noted(Goal.atMost(id, statement, most, limit, "times"))
                    .note("the time is that for which " + other + " was waited, so the figure is too high");
        }
        return Goal.unmeasured(
                id, statement + ": " + other + " " + qualification(other).said());
    }

    private Goal unmeasured(String id, String name) {
        return Goal.unmeasured(
                id, compared.name() + ": " + name + " " + qualification(name).said());
    }

    private String statement(String name, String what) {
        return compared.name() + ": " + name + ", " + what;
    }

    /** The goal with a note on each contender that was not right and so has no figures. */
    Goal noted(Goal goal) {
        Goal noted = goal;
        for (Map.Entry<String, Qualification> each : qualifications.entrySet()) {
            if (!each.getValue().isRight()) {
                noted = noted.note(each.getKey() + ": " + each.getValue().said());
            }
        }
        return noted;
    }

    private boolean isSlow(String name) {
        return qualification(name).nanos() > SLOW_NANOS && !Ours.isOurs(name);
    }

    private static Rounds<Cost> play(Map<String, Sample> samples, int warmUps, int rounds, Effort effort)
            throws Exception {
        long slice = slice(effort);
        return Rounds.play(samples, warmUps, rounds, sample -> sample.take(slice));
    }

    private Rounds<Cost> played(String name) {
        return Objects.requireNonNull(rounds.get(name), name);
    }
}
