package dev.scientist;

import static dev.scientist.Bench.attempt;
import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verdict with every reason that there is, reached one by one. */
@Tag("promise-3")
@DisplayName("Promise 3: every call ends in exactly one verdict per candidate")
class VerdictTest {

    @AutoClose
    private final Bench bench = new Bench();

    /**
     * A way to a verdict.
     *
     * @param verdict what {@link Bench#verdicts} must show once
     * @param options what the experiment needs
     * @param call brings it about, with one call
     */
    private record Way(
            String verdict,
            Consumer<ExperimentOptions.Builder<String>> options,
            BiConsumer<Bench, Experiment<String>> call) {

        static Way to(String verdict, Consumer<ExperimentOptions.Builder<String>> options) {
            return new Way(verdict, options, (bench, experiment) -> experiment.run(() -> "a", () -> "b"));
        }

        @Override
        public String toString() {
            return verdict;
        }
    }

    private static String raise(String message) {
        throw new IllegalStateException(message);
    }

    static Stream<Way> ways() {
        Door comparison = new Door();
        return Stream.of(
                new Way("matched", options -> {}, (bench, experiment) -> experiment.run(() -> "a", () -> "a")),
                new Way(
                        "matched",
                        options -> {},
                        (bench, experiment) -> attempt(() -> experiment.run(() -> raise("a"), () -> raise("a")))),
                Way.to("mismatched", options -> {}),
                new Way(
                        "mismatched",
                        options -> {},
                        (bench, experiment) -> attempt(() -> experiment.run(() -> raise("a"), () -> raise("b")))),
                Way.to(
                        "ignored",
                        options -> options.ignore(IgnoreRule.<String>named("rule")
                                .owner("team")
                                .reason("known")
                                .when((p, c) -> true))),
                new Way(
                        "candidate_failed",
                        options -> {},
                        (bench, experiment) -> experiment.run(() -> "a", () -> raise("b"))),
                new Way(
                        "primary_failed",
                        options -> {},
                        (bench, experiment) -> attempt(() -> experiment.run(() -> raise("a"), () -> "b"))),
                new Way(
                        "timed_out",
                        options -> options.candidateTimeout(Duration.ofMillis(10)),
                        (bench, experiment) -> {
                            Door door = bench.door();
                            experiment.run(() -> "a", () -> {
                                door.pass();
                                return "a";
                            });
                            door.awaitArrivals(1);
                            bench.ticker.advance(Duration.ofMillis(10));
                        }),
                Way.to(
                        "uncompared/comparator_failed",
                        options -> options.comparator((primary, candidate) -> Arrays.asList((Difference) null))),
                new Way(
                        "uncompared/over_budget",
                        options -> options.comparisonTimeout(Duration.ofMillis(10))
                                .comparator((primary, candidate) -> {
                                    comparison.pass(); // the comparison hangs until it is interrupted
                                    return List.of();
                                }),
                        (bench, experiment) -> {
                            experiment.run(() -> "a", () -> "a");
                            comparison.awaitArrivals(1);
                            bench.ticker.advance(Duration.ofMillis(10));
                            eventually(
                                    "it is given up", () -> experiment.tally().calls("candidate") == 1);
                        }),
                Way.to("uncompared/snapshot_failed", options -> options.snapshot(value -> raise("snapshot"))),
                new Way(
                        "uncompared/translation_failed",
                        options -> {},
                        (bench, experiment) -> experiment
                                .call()
                                .candidate("candidate", () -> 1, number -> raise("translation"))
                                .run(() -> "a")),
                Way.to(
                        "uncompared/session",
                        options -> options.comparator((primary, candidate) -> {
                            throw Sharing.SESSION.refusal("the primary's answer", Object.class);
                        })),
                new Way(
                        "uncompared/effect_refused",
                        options -> {},
                        (bench, experiment) -> experiment.run(() -> "a", () -> {
                            Shadow.effectRefused();
                            return "a";
                        })),
                new Way(
                        "uncompared/pool",
                        options -> {},
                        (bench, experiment) -> experiment.run(() -> "a", () -> {
                            Shadow.noPlaceInPool();
                            return raise("no connection");
                        })),
                new Way("uncompared/cancelled", options -> {}, (bench, experiment) -> {
                    Door door = bench.door();
                    CompletableFuture<String> primary = experiment.runAsync(CompletableFuture<String>::new, () -> {
                        door.pass();
                        return CompletableFuture.completedFuture("a");
                    });
                    door.awaitArrivals(1);
                    primary.cancel(true);
                    door.open();
                }),
                new Way(
                        "skipped/abandoned",
                        options -> options.start(ExperimentOptions.Start.AFTER_PRIMARY),
                        (bench, experiment) -> experiment
                                .runAsync(CompletableFuture<String>::new, () -> CompletableFuture.completedFuture("a"))
                                .cancel(true)),
                Way.to("skipped/disabled", options -> options.enabled(false)),
                new Way("skipped/disabled", options -> {}, (bench, experiment) -> {
                    bench.scientist().disable();
                    experiment.run(() -> "a", () -> "a");
                }),
                Way.to("skipped/not_sampled", options -> options.sampleRate(0)),
                Way.to("skipped/not_sampled", ExperimentOptions.Builder::sampleByKey),
                Way.to("skipped/not_sampled", options -> options.sampler((key, attributes) -> false)),
                Way.to("skipped/run_if", options -> options.runIf(attributes -> false)),
                Way.to("skipped/saturated", options -> options.guard(new TestGuard().refusing(() -> Reason.SATURATED))),
                Way.to(
                        "skipped/saturated",
                        options -> options.guard(new TestGuard().acquiring(() -> Reason.SATURATED))),
                Way.to(
                        "skipped/circuit_open",
                        options -> options.guard(new TestGuard().refusing(() -> Reason.CIRCUIT_OPEN))),
                Way.to(
                        "skipped/circuit_open",
                        options -> options.guard(new TestGuard().acquiring(() -> Reason.CIRCUIT_OPEN))),
                new Way("skipped/nested", options -> {}, (bench, experiment) -> {
                    Shadow.Scope mark = Shadow.enter("outer");
                    experiment.run(() -> "a", () -> "a");
                    mark.close();
                }),
                new Way(
                        "skipped/unsafe",
                        options -> options.argumentCopier(String.class, argument -> raise("copier")),
                        (bench, experiment) -> experiment.run("argument", argument -> "a", argument -> "a")),
                Way.to("skipped/unsafe", options -> options.beforeRun(attributes -> raise("preparation"))),
                Way.to("skipped/unsafe", options -> options.guard(new TestGuard().refusing(() -> null))),
                Way.to("skipped/unsafe", options -> options.guard(new TestGuard().acquiring(() -> null))),
                Way.to("skipped/unsafe", options -> options.guard(new TestGuard().refusing(() -> Reason.OVER_BUDGET))),
                Way.to("skipped/unsafe", options -> options.guard(new TestGuard().acquiring(() -> Reason.OVER_BUDGET))),
                Way.to("skipped/unsafe", options -> options.guard(new TestGuard().refusing(() -> Reason.valueOf("x")))),
                Way.to(
                        "skipped/unsafe",
                        options -> options.guard(new TestGuard().acquiring(() -> Reason.valueOf("x")))),
                new Way("skipped/shutdown", options -> {}, (bench, experiment) -> {
                    bench.scientist().close();
                    experiment.run(() -> "a", () -> "a");
                }));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachWayEndsInItsVerdictOnceAndGivesEverythingBack(Way way) {
        Experiment<String> experiment = bench.experiment(way.options());
        int published = way.verdict().startsWith("skipped") ? 0 : 1;

        way.call().accept(bench, experiment);
        settle(experiment);
        bench.seen.await(published);

        assertThat(verdicts(experiment)).isEqualTo(Map.of(way.verdict(), 1L));
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
        assertThat(bench.seen.count()).isEqualTo(published);
    }

    @Test
    void everyReasonThereIsHasItsWay() {
        List<String> verdicts = ways().map(Way::verdict).toList();

        assertThat(Arrays.stream(Verdict.values())
                        .flatMap(verdict -> Arrays.stream(Reason.values())
                                .filter(reason -> reason.explains(verdict))
                                .map(reason ->
                                        reason == Reason.NONE ? verdict.tag() : verdict.tag() + "/" + reason.tag())))
                .allMatch(verdicts::contains);
    }

    @ParameterizedTest
    @EnumSource
    void severalCandidatesAreCountedEachForItself(Start start) {
        Experiment<String> experiment =
                bench.experiment(options -> options.start(start).candidates("a", "b", "c", "d"));

        experiment
                .call()
                .candidate("a", () -> "x")
                .candidate("b", () -> "y")
                .candidate("c", () -> raise("c"))
                .run(() -> "x");
        settle(experiment);

        assertThat(verdicts(experiment, "a")).isEqualTo(Map.of("matched", 1L));
        assertThat(verdicts(experiment, "b")).isEqualTo(Map.of("mismatched", 1L));
        assertThat(verdicts(experiment, "c")).isEqualTo(Map.of("candidate_failed", 1L));
        assertThat(verdicts(experiment, "d")).isEqualTo(Map.of("skipped/disabled", 1L));
        assertThat(bench.seen.only().candidates()).hasSize(3);
    }

    @Test
    void whereOneOfSeveralFindsNoPermitOnlyThatOneIsSaturated() {
        Door door = bench.door();
        Experiment<String> experiment =
                bench.experiment(options -> options.maxConcurrent(2).candidates("a", "b", "c"));

        experiment
                .call()
                .candidate("a", () -> "x")
                .candidate("b", () -> {
                    door.pass();
                    return "x";
                })
                .candidate("c", () -> "x")
                .run(() -> "x");
        door.open();
        settle(experiment);

        assertThat(verdicts(experiment, "a")).isEqualTo(Map.of("matched", 1L));
        assertThat(verdicts(experiment, "b")).isEqualTo(Map.of("matched", 1L));
        assertThat(verdicts(experiment, "c")).isEqualTo(Map.of("skipped/saturated", 1L));
    }

    @Test
    void whereNoneOfSeveralFindsAPermitThePrimaryRunsAlone() {
        Door door = bench.door();
        Experiment<String> experiment =
                bench.experiment(options -> options.maxConcurrent(1).candidates("a", "b"));
        experiment
                .call()
                .candidate("a", () -> {
                    door.pass();
                    return "x";
                })
                .run(() -> "x");

        String value = experiment
                .call()
                .candidate("a", () -> "x")
                .candidate("b", () -> "x")
                .run(() -> "x");
        door.open();
        settle(experiment);

        assertThat(value).isEqualTo("x");
        assertThat(verdicts(experiment, "a")).isEqualTo(Map.of("matched", 1L, "skipped/saturated", 1L));
        assertThat(verdicts(experiment, "b")).isEqualTo(Map.of("skipped/disabled", 1L, "skipped/saturated", 1L));
        assertThat(bench.seen.count()).isEqualTo(1);
    }

    @Test
    void oneOfSeveralThatIsLateDoesNotHideTheOthers() {
        Door door = bench.door();
        TestGuard guard = new TestGuard();
        Experiment<String> experiment = bench.experiment(options -> options.candidates("quick", "hung")
                .candidateTimeout(Duration.ofMillis(10))
                .guard(guard));

        experiment
                .call()
                .candidate("quick", () -> "x")
                .candidate("hung", () -> {
                    door.passStubbornly();
                    return "x";
                })
                .run(() -> "x");
        door.awaitArrivals(1);
        eventually("the quick one has ended", () -> guard.heard().contains("ended"));
        bench.ticker.advance(Duration.ofMillis(10));
        eventually(
                "the quick one gives its permit back", () -> experiment.tally().inFlight() == 1);
        int published = bench.seen.count();
        door.open();
        settle(experiment);

        assertThat(published).isEqualTo(1);
        assertThat(verdicts(experiment, "quick")).isEqualTo(Map.of("matched", 1L));
        assertThat(verdicts(experiment, "hung")).isEqualTo(Map.of("timed_out", 1L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-4")
    @DisplayName("Promise 4: the candidate is called at most once per call, also where it fails")
    void aCandidateThatFailsIsNotRetried(Start start) {
        AtomicInteger calls = new AtomicInteger();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        for (int i = 0; i < 10; i++) {
            experiment.run(() -> "a", () -> raise("attempt " + calls.incrementAndGet()));
        }
        settle(experiment);

        assertThat(calls).hasValue(10);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("candidate_failed", 10L));
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    @Tag("promise-4")
    @DisplayName("Promise 4: the candidate is called at most once per call, also where it is late")
    void aLateCandidateIsNotRetried(Start start) {
        Door door = bench.door();
        Experiment<String> experiment =
                bench.experiment(options -> options.start(start).candidateTimeout(Duration.ofMillis(10)));

        experiment.run(() -> "a", () -> {
            door.pass();
            return "a";
        });
        door.awaitArrivals(1);
        bench.ticker.advance(Duration.ofMillis(10));
        settle(experiment);
        bench.ticker.advance(Duration.ofMillis(10));
        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(door.arrivals()).isEqualTo(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L, "matched", 1L));
    }

    /** The clock shows that the candidate was late. Whether the dispatcher looked in time must make no difference. */
    @Test
    @Tag("promise-5")
    @DisplayName("Promise 5: a late candidate is counted as late, also if it ends before anybody looks")
    void aLateAnswerIsLateAlsoWhereNobodyLookedInTime() {
        Experiment<String> experiment = bench.experiment(options -> options.candidateTimeout(Duration.ofMillis(10)));

        for (int i = 0; i < 200; i++) {
            experiment.run(() -> "a", () -> {
                bench.ticker.advance(Duration.ofMillis(10));
                return "a";
            });
            settle(experiment);
        }

        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 200L));
    }

    @Test
    void aLateAnswerDoesNotOverwriteTheTimeout() {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.candidateTimeout(Duration.ofMillis(10)));

        experiment.run(() -> "a", () -> {
            door.passStubbornly();
            return "a";
        });
        door.awaitArrivals(1);
        bench.ticker.advance(Duration.ofMillis(10));
        door.awaitInterruption();
        door.open();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
        assertThat(bench.seen.onlyCandidate().outcome().kind()).isEqualTo(Outcome.Kind.TIMED_OUT);
        assertThat(bench.seen.onlyCandidate().outcome().elapsed()).isEqualTo(Duration.ofMillis(10));
    }
}
