package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Tally.Hook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Gates: cases 16, 17 and 19")
class GatesTest {

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    @Tag("case-16")
    void aDisabledExperimentEvaluatesNothingFurther() {
        AtomicInteger evaluated = new AtomicInteger();
        AtomicInteger candidates = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().contextCarrier(() -> {
            evaluated.incrementAndGet();
            return () -> () -> {};
        }));
        Experiment<String> experiment = scientist.experiment(
                "experiment",
                options -> options.enabled(false)
                        .sampler((key, attributes) -> evaluated.incrementAndGet() > 0)
                        .runIf(attributes -> evaluated.incrementAndGet() > 0)
                        .beforeRun(attributes -> evaluated.incrementAndGet())
                        .snapshot(value -> value + evaluated.incrementAndGet())
                        .argumentCopier(String.class, value -> value + evaluated.incrementAndGet())
                        .guard(new CountingGuard(evaluated)));

        String value = experiment.run(() -> "primary", () -> "candidate " + candidates.incrementAndGet());
        String withArgument = experiment.run("argument", text -> text, text -> text + candidates.incrementAndGet());

        assertThat(value).isEqualTo("primary");
        assertThat(withArgument).isEqualTo("argument");
        assertThat(evaluated).hasValue(0);
        assertThat(candidates).hasValue(0);
        assertThat(bench.seen.all()).isEmpty();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/disabled", 2L));
    }

    private record CountingGuard(AtomicInteger asked) implements CandidateGuard {
        @Override
        public Verdict.Reason refusal() {
            asked.incrementAndGet();
            return Verdict.Reason.NONE;
        }

        @Override
        public Verdict.Reason acquire() {
            asked.incrementAndGet();
            return Verdict.Reason.NONE;
        }

        @Override
        public void settled(Outcome<?> outcome) {
            asked.incrementAndGet();
        }

        @Override
        public void ended() {
            asked.incrementAndGet();
        }
    }

    @Test
    @Tag("case-16")
    void theKillSwitchOfTheScientistSkipsEveryExperiment() {
        Experiment<String> first = bench.experiment();
        Experiment<String> second = bench.scientist().experiment("second");

        bench.scientist().disable();
        boolean isEnabledWhileDisabled = bench.scientist().isEnabled();
        first.run(() -> "primary", () -> "primary");
        second.run(() -> "primary", () -> "primary");
        bench.scientist().enable();
        first.run(() -> "primary", () -> "primary");
        settle(first);

        assertThat(isEnabledWhileDisabled).isFalse();
        assertThat(verdicts(first)).isEqualTo(Map.of("skipped/disabled", 1L, "matched", 1L));
        assertThat(verdicts(second)).isEqualTo(Map.of("skipped/disabled", 1L));
    }

    @Test
    @Tag("case-17")
    @Tag("promise-8")
    @DisplayName("Promise 8: gates fail closed: a sampler that throws means not run, reported once")
    void aSamplerThatThrowsMeansNotSampled() {
        Experiment<String> experiment = bench.experiment(options -> options.sampler((key, attributes) -> {
            throw new IllegalStateException("secret");
        }));
        AtomicInteger candidates = new AtomicInteger();

        List<String> warnings = warningsOf(() -> {
            for (int i = 0; i < 3; i++) {
                experiment.run(() -> "primary", () -> "candidate " + candidates.incrementAndGet());
            }
        });

        assertThat(candidates).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 3L));
        assertThat(experiment.tally().hookFailures(Hook.SAMPLER)).isEqualTo(3);
        assertThat(warnings).singleElement().asString().contains("experiment", "sampler", "IllegalStateException");
    }

    @Test
    @Tag("case-17")
    @Tag("promise-8")
    @DisplayName("Promise 8: gates fail closed: a condition that throws means not run, reported once")
    void aConditionThatThrowsMeansNotRun() {
        Experiment<String> experiment = bench.experiment(options -> options.runIf(attributes -> {
            throw new AssertionError("secret");
        }));
        AtomicInteger candidates = new AtomicInteger();

        List<String> warnings = warningsOf(() -> {
            for (int i = 0; i < 3; i++) {
                experiment.run(() -> "primary", () -> "candidate " + candidates.incrementAndGet());
            }
        });

        assertThat(candidates).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/run_if", 3L));
        assertThat(experiment.tally().hookFailures(Hook.RUN_IF)).isEqualTo(3);
        assertThat(warnings).singleElement().asString().contains("experiment", "run_if", "AssertionError");
    }

    @Test
    @Tag("promise-8")
    @DisplayName("Promise 8: gates fail closed: each kind of gate is reported on its own")
    void twoGatesThatThrowAreReportedOnceEach() {
        Experiment<String> experiment = bench.experiment(options -> options.sampler((key, attributes) -> {
                    if (attributes.isEmpty()) {
                        throw new IllegalStateException("secret");
                    }
                    return true;
                })
                .runIf(attributes -> {
                    throw new IllegalStateException("secret");
                }));

        List<String> warnings = warningsOf(() -> {
            for (int i = 0; i < 3; i++) {
                experiment.call().candidate(() -> "candidate").run(() -> "primary");
                experiment.call().attribute("a", 1).candidate(() -> "candidate").run(() -> "primary");
            }
        });

        assertThat(warnings).hasSize(2).noneMatch(warning -> warning.contains("secret"));
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 3L, "skipped/run_if", 3L));
    }

    private static List<String> warningsOf(Runnable what) {
        try (LogLines lines = new LogLines()) {
            what.run();
            return lines.warnings();
        }
    }

    @Test
    void aConditionDecidesOnTheAttributesOfTheCall() {
        Experiment<String> experiment =
                bench.experiment(options -> options.runIf(attributes -> "gold".equals(attributes.get("tier"))));

        experiment.call().attribute("tier", "gold").candidate(() -> "a").run(() -> "a");
        experiment.call().attribute("tier", "tin").candidate(() -> "a").run(() -> "a");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "skipped/run_if", 1L));
        assertThat(bench.seen.only().attributes()).isEqualTo(Map.of("tier", "gold"));
    }

    @Test
    @Tag("case-19")
    void aRateChangedWhileRunningTakesEffectOnTheNextCallOfAnyThread() throws InterruptedException {
        Experiment<String> experiment = bench.experiment();

        experiment.run(() -> "a", () -> "a");
        inAnotherThread(() -> experiment.change(settings -> settings.sampleRate(0)));
        experiment.run(() -> "a", () -> "a");
        inAnotherThread(() -> experiment.change(settings -> settings.sampleRate(1)));
        experiment.run(() -> "a", () -> "a");
        inAnotherThread(() -> experiment.change(settings -> settings.enabled(false)));
        experiment.run(() -> "a", () -> "a");
        inAnotherThread(() -> experiment.change(settings -> settings.enabled(true)));
        inAnotherThread(() -> bench.scientist().disable());
        experiment.run(() -> "a", () -> "a");
        inAnotherThread(() -> bench.scientist().enable());
        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(verdicts(experiment))
                .isEqualTo(Map.of("matched", 3L, "skipped/not_sampled", 1L, "skipped/disabled", 2L));
    }

    @Test
    @Tag("case-19")
    void limitsAndDeadlinesChangedWhileRunningTakeEffectOnTheNextCall() {
        Door door = bench.door();
        Experiment<String> experiment =
                bench.experiment(options -> options.maxConcurrent(1).candidateTimeout(Duration.ofHours(1)));

        experiment.run(() -> "a", () -> waitAt(door));
        experiment.run(() -> "a", () -> "a");
        experiment.change(settings -> settings.maxConcurrent(2).candidateTimeout(Duration.ofMillis(1)));
        experiment.run(() -> "a", () -> waitAt(door));
        door.awaitArrivals(2);
        bench.ticker.advance(Duration.ofMillis(2));
        eventually("the later one is late", () -> experiment.tally().count(Verdict.TIMED_OUT) == 1);
        door.open();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/saturated", 1L, "timed_out", 1L, "matched", 1L));
    }

    private static String waitAt(Door door) {
        door.passStubbornly();
        return "a";
    }

    @Test
    @Tag("case-19")
    void changesOfManyThreadsAtOnceAreAllKept() throws InterruptedException {
        Experiment<String> experiment = bench.experiment(options -> options.maxConcurrent(1));

        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread -> new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        experiment.change(settings -> settings.maxConcurrent(settings.maxConcurrent() + 1));
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(experiment.settings().maxConcurrent()).isEqualTo(4_001);
    }

    private static void inAnotherThread(Runnable change) throws InterruptedException {
        Thread thread = new Thread(change);
        thread.start();
        thread.join();
    }
}
