package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link SimulationTest} proves that every answer is released exactly once under load. */
@DisplayName("The hook that releases what candidates return")
class ReleaseTest {

    private static final Duration DEADLINE = Duration.ofMillis(20);

    @AutoClose
    private final Bench bench = new Bench();

    private final List<String> events = new CopyOnWriteArrayList<>();

    private Experiment<String> experiment(Consumer<ExperimentOptions.Builder<String>> more) {
        return bench.experiment(options -> {
            options.candidateTimeout(DEADLINE)
                    .comparisonTimeout(DEADLINE)
                    .release(answer -> events.add("released " + answer));
            more.accept(options);
        });
    }

    private static String candidatesOwn() {
        return "a candidate's";
    }

    private static String stubbornly(Door door) {
        door.passStubbornly();
        return candidatesOwn();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerIsReleasedOnceItIsComparedAndPublished(Start start) {
        bench.use(bench.builder().publisher(new InlinePublisher(trial -> events.add("published"))));
        Experiment<String> experiment =
                experiment(options -> options.start(start).comparator((primary, candidate) -> {
                    events.add("compared");
                    return List.of();
                }));

        experiment.run(() -> "the caller's", ReleaseTest::candidatesOwn);
        settle(experiment);

        assertThat(events).containsExactly("compared", "published", "released a candidate's");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    @Tag("promise-2")
    void itIsReleasedOnAWorkerWhichIsNoShadow() {
        AtomicReference<String> where = new AtomicReference<>();
        Experiment<String> experiment = bench.experiment(options -> options.release(
                answer -> where.set(Thread.currentThread().getName() + " " + Shadow.isActive() + Shadow.mayWrite())));
        CompletableFuture<String> candidate = new CompletableFuture<>();
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> candidate);
        eventually("the future is followed", () -> candidate.getNumberOfDependents() > 0);

        candidate.complete("a");
        settle(experiment);

        assertThat(where.get()).startsWith("scientist-worker-").endsWith(" falsetrue");
    }

    @Test
    @Tag("promise-1")
    void onTheCallersOwnThreadItLeavesTheInterruptAsItWas() {
        List<Boolean> seen = new ArrayList<>();
        Experiment<String> experiment =
                bench.experiment(options -> options.start(Start.SAME_THREAD).release(answer -> {
                    seen.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                }));

        experiment.run(() -> "a", () -> "a");
        boolean isInterrupted = Thread.interrupted();
        Thread.currentThread().interrupt();
        experiment.run(() -> "a", () -> "a");
        boolean isStillInterrupted = Thread.interrupted();

        assertThat(isInterrupted).isFalse();
        assertThat(isStillInterrupted).isTrue();
        assertThat(seen).containsExactly(false, false);
    }

    @Test
    @Tag("promise-5")
    void aCandidateKeepsItsPermitUntilItsAnswerIsReleased() {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.release(answer -> door.passStubbornly()));

        experiment.run(() -> "a", () -> "a");
        door.awaitArrivals(1);
        int inFlight = experiment.tally().inFlight();
        door.open();
        settle(experiment);

        assertThat(inFlight).isEqualTo(1);
    }

    @Test
    void theCallersAnswerIsNotReleasedButThatOfThePrimarysSecondRunIs() {
        Experiment<String> experiment = experiment(options -> options.replicateRate(1));

        experiment
                .call()
                .candidate(ReleaseTest::candidatesOwn)
                .replicate("", nothing -> "the second")
                .run(() -> "the caller's");
        settle(experiment);

        assertThat(events).containsExactlyInAnyOrder("released a candidate's", "released the second");
    }

    @Test
    void whatIsNoAnswerIsNotReleased() {
        Experiment<String> experiment = experiment(options -> {});

        experiment.run(() -> "a", () -> null);
        experiment.run(() -> "a", () -> {
            throw new IOException("x");
        });
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> null);
        experiment.runAsync(
                () -> CompletableFuture.completedFuture("a"),
                () -> CompletableFuture.failedFuture(new IOException("x")));
        settle(experiment);

        assertThat(events).isEmpty();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 2L, "candidate_failed", 2L));
    }

    @Test
    void theAnswerOfACandidateOfAnotherTypeIsReleasedAsItIs() {
        List<Object> released = new CopyOnWriteArrayList<>();
        Experiment<String> experiment =
                bench.experiment(options -> options.release((Object answer) -> released.add(answer)));

        experiment.call().candidate("candidate", () -> 1, String::valueOf).run(() -> "1");
        settle(experiment);

        assertThat(released).containsExactly(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    private static final class Documents implements SnapshotFormat {
        @Override
        public Object write(Object answer) {
            return List.of(answer);
        }

        @Override
        public Comparison compare(Object primary, Object candidate) {
            return new Comparison(List.of(), 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereDocumentsAreComparedTheAnswersAreReleased(Start start) {
        Experiment<String> experiment =
                experiment(options -> options.start(start).snapshot(new Documents()));

        experiment.run(() -> "the caller's", ReleaseTest::candidatesOwn);
        experiment.runAsync(
                () -> CompletableFuture.completedFuture("the caller's"),
                () -> CompletableFuture.supplyAsync(() -> "a future's"));
        settle(experiment);

        assertThat(events).containsExactlyInAnyOrder("released a candidate's", "released a future's");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 2L));
    }

    @Test
    void aLateAnswerIsReleasedWhenItComes() {
        Door door = bench.door();
        Experiment<String> experiment = experiment(options -> {});

        experiment.run(() -> "a", () -> stubbornly(door));
        door.awaitArrivals(1);
        bench.ticker.advance(DEADLINE);
        eventually("it is late", () -> experiment.tally().count(Verdict.TIMED_OUT) == 1);
        door.open();
        settle(experiment);

        assertThat(events).containsExactly("released a candidate's");
    }

    @Test
    void anAnswerThatIsFoundLateOnlyWhenItComesIsReleasedToo() {
        Experiment<String> experiment = experiment(options -> {});

        experiment.run(() -> "a", () -> {
            bench.ticker.advance(DEADLINE);
            return candidatesOwn();
        });
        settle(experiment);

        assertThat(events).containsExactly("released a candidate's");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerOfAFutureIsReleasedAlsoWhereItWasLateOrLost(Patience patience) {
        CompletableFuture<String> future = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> {});
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> future);
        eventually("the future is followed", () -> future.getNumberOfDependents() > 0);

        patience.exhaust(bench, experiment);
        List<String> before = List.copyOf(events);
        future.complete(candidatesOwn());
        settle(experiment);
        eventually("it is released", () -> !events.isEmpty());

        assertThat(before).isEmpty();
        assertThat(events).containsExactly("released a candidate's");
    }

    private enum Patience {
        IN_TIME,
        LATE,
        LOST;

        void exhaust(Bench bench, Experiment<?> experiment) {
            if (this != IN_TIME) {
                bench.ticker.advance(DEADLINE);
                eventually("it is late", () -> experiment.tally().count(Verdict.TIMED_OUT) == 1);
            }
            if (this == LOST) {
                eventually("time passes until it is lost", () -> {
                    bench.ticker.advance(Duration.ofSeconds(20));
                    return experiment.tally().inFlight() == 0;
                });
            }
        }
    }

    @Test
    void theAnswerOfACallThatItsCallerGivesUpIsReleased() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> {});
        CompletableFuture<String> handed = experiment.runAsync(CompletableFuture::new, () -> future);
        eventually("the future is followed", () -> future.getNumberOfDependents() > 0);

        handed.cancel(true);
        future.complete(candidatesOwn());
        settle(experiment);

        assertThat(events).containsExactly("released a candidate's");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    @Test
    void theAnswerThatWaitsForAPrimaryThatNeverComesIsReleasedInTheEnd() {
        Door called = bench.door();
        called.open();
        Experiment<String> experiment = experiment(options -> {});

        CompletableFuture<String> handed = experiment.runAsync(CompletableFuture::new, () -> {
            called.pass();
            return CompletableFuture.completedFuture(candidatesOwn());
        });
        called.awaitArrivals(1);
        eventually("time passes until it is given up", () -> {
            bench.ticker.advance(Duration.ofSeconds(20));
            return experiment.tally().inFlight() == 0;
        });

        assertThat(handed).isNotDone();
        assertThat(events).containsExactly("released a candidate's");
    }

    @Test
    void anAnswerWhoseComparisonIsGivenUpIsReleasedWhenThatHasReallyEnded() {
        Door door = bench.door();
        Experiment<String> experiment = experiment(options -> options.comparator((primary, candidate) -> {
            door.passStubbornly();
            events.add("compared");
            return List.of();
        }));

        experiment.run(() -> "a", ReleaseTest::candidatesOwn);
        door.awaitArrivals(1);
        bench.ticker.advance(DEADLINE);
        eventually("it is given up", () -> experiment.tally().count(Verdict.UNCOMPARED) == 1);
        bench.letDispatcherWork();
        List<String> before = List.copyOf(events);
        door.open();
        settle(experiment);

        assertThat(before).isEmpty();
        assertThat(events).containsExactly("compared", "released a candidate's");
    }

    /** The candidate was compared, and is published with its answer by another worker than the one that compares. */
    @Test
    void anAnswerThatAnotherWorkerPublishesIsReleasedAfterwards() {
        Door comparing = bench.door();
        Door publishing = bench.door();
        bench.use(bench.builder().publisher(new InlinePublisher(trial -> {
            if (trial.experiment().equals("experiment")) {
                publishing.passStubbornly();
                events.add("published");
            }
        })));
        Experiment<String> experiment =
                experiment(options -> options.replicateRate(1).comparator((primary, other) -> {
                    if (!other.equals(candidatesOwn())) {
                        comparing.passStubbornly();
                    }
                    return List.of();
                }));

        experiment
                .call()
                .candidate(ReleaseTest::candidatesOwn)
                .replicate("", same -> "second")
                .run(() -> "a");
        comparing.awaitArrivals(1);
        bench.ticker.advance(DEADLINE);
        publishing.awaitArrivals(1);
        comparing.open();
        bench.letDispatcherWork();
        List<String> before = List.copyOf(events);
        publishing.open();
        settle(experiment);

        assertThat(before).doesNotContain("released a candidate's");
        assertThat(events).contains("published", "released a candidate's", "released second");
        assertThat(events.indexOf("released a candidate's")).isGreaterThan(events.indexOf("published"));
    }

    @Test
    @Tag("promise-18")
    void closingReleasesWhatStillComes() {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().closeTimeout(Duration.ofNanos(1)));
        CompletableFuture<String> future = new CompletableFuture<>();
        Experiment<String> experiment = scientist.experiment(
                "experiment", options -> options.release(answer -> events.add("released " + answer)));
        experiment.run(() -> "a", () -> stubbornly(door));
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> future);
        door.awaitArrivals(1);
        eventually("the future is followed", () -> future.getNumberOfDependents() > 0);

        scientist.close();
        future.complete("a future's");
        door.open();
        settle(experiment);
        eventually("both are released", () -> events.size() == 2);

        assertThat(events).containsExactlyInAnyOrder("released a candidate's", "released a future's");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 2L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-2")
    @DisplayName("Promise 2: a hook that throws reaches nobody; it is counted, and warned of once")
    void aHookThatThrowsIsCountedAndWarnedOfOnce(Start start) {
        try (LogLines lines = new LogLines()) {
            Experiment<String> experiment =
                    bench.experiment(options -> options.start(start).release(answer -> {
                        throw new StackOverflowError("card 4111");
                    }));

            for (int i = 0; i < 3; i++) {
                experiment.run(() -> "a", () -> "a");
            }
            settle(experiment);

            // A permit returns before the failure of its hook is counted.
            eventually("all failures are counted", () -> experiment.tally().hookFailures(Hook.RELEASE) == 3);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 3L));
            // Nothing is logged on the caller's own thread if its stack may end there.
            eventually("it is told", () -> lines.warnings().stream().anyMatch(line -> line.contains("release failed")));
            assertThat(lines.warnings())
                    .filteredOn(line -> line.contains("release failed"))
                    .hasSize(1);
            assertThat(lines.all()).noneMatch(line -> line.contains("4111"));
        }
    }
}
