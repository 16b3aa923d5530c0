package dev.scientist;

import static dev.scientist.Bench.attempt;
import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static dev.scientist.InlinePublisher.inline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("promise-18")
@DisplayName("Promise 18: close() drains for a stated time, then cancels; nothing is left running")
class CloseTest {

    private static final Duration AT_ONCE = Duration.ofNanos(1);

    @AutoClose
    private final Bench bench = new Bench();

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void whatIsInFlightIsDrained(Start start) throws InterruptedException {
        Door door = bench.door();
        AtomicInteger published = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().publisher(trial -> published.incrementAndGet()));
        Experiment<String> experiment = scientist.experiment("experiment", options -> options.start(start));
        for (int i = 0; i < 20; i++) {
            experiment.run(() -> "a", () -> {
                door.pass();
                return "a";
            });
        }

        Thread closing = new Thread(scientist::close);
        closing.start();
        eventually("it is closing", () -> !scientist.isEnabled());
        boolean closedWhileTheyRan = experiment.tally().calls("candidate") > 0;
        door.open();
        closing.join();

        assertThat(closedWhileTheyRan).isFalse();
        assertThat(door.interruptions()).isZero();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 20L));
        assertThat(published).hasValue(20);
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void whatDoesNotEndInTimeIsInterruptedAndCounted(Start start) {
        List<Thread> before = Bench.threads();
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment("experiment", options -> options.start(start));
        for (int i = 0; i < 5; i++) {
            experiment.run(() -> "a", () -> {
                door.pass();
                return "a";
            });
        }
        door.awaitArrivals(5);

        scientist.close();
        settle(experiment);
        bench.seen.await(5);

        assertThat(door.interruptions()).isEqualTo(5);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 5L));
        assertThat(bench.seen.count()).isEqualTo(5);
        Bench.awaitNoThreadsBut(before);
    }

    @Test
    void whatHasNotStartedInTimeIsSkipped() {
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment("experiment");
        AtomicInteger started = new AtomicInteger();

        for (int i = 0; i < 50; i++) {
            experiment.run(() -> "a", () -> {
                started.incrementAndGet();
                return "a";
            });
        }
        scientist.close();
        settle(experiment);

        Map<String, Long> verdicts = verdicts(experiment);
        long notStarted = verdicts.getOrDefault("skipped/shutdown", 0L);
        assertThat(verdicts.keySet()).isSubsetOf("matched", "uncompared/cancelled", "skipped/shutdown");
        assertThat(started).hasValue((int) (50 - notStarted));
        assertThat(experiment.tally().calls("candidate")).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsStillBeingPreparedIsNotCalledAndIsSkipped(boolean isInterruptible) {
        Door door = bench.door();
        AtomicInteger called = new AtomicInteger();
        TestGuard guard = new TestGuard();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment(
                "experiment",
                options -> options.guard(guard).beforeRun(attributes -> {
                    if (isInterruptible) {
                        attempt(door::pass);
                    } else {
                        door.passStubbornly();
                    }
                }));
        experiment.run(() -> "a", () -> "a" + called.incrementAndGet());
        door.awaitArrivals(1);

        Thread closing = new Thread(scientist::close);
        closing.start();
        eventually("it is counted", () -> experiment.tally().calls("candidate") == 1);
        door.open();
        settle(experiment);

        assertThat(called).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/shutdown", 1L));
        assertThat(bench.seen.count()).isZero();
        assertThat(guard.heard()).containsExactly("acquire", "settled cancelled", "ended");
    }

    @Test
    void aTrialThatWasGivenUpIsPublishedBeforeItCloses() throws InterruptedException {
        Door comparing = bench.door();
        Door publishing = bench.door();
        AtomicInteger published = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().publisher(inline(trial -> {
            publishing.pass();
            published.incrementAndGet();
        })));
        Experiment<String> experiment = scientist.experiment(
                "experiment",
                options -> options.comparator((primary, candidate) -> {
                    comparing.passStubbornly();
                    return List.of();
                }));
        experiment.run(() -> "a", () -> "a");
        comparing.awaitArrivals(1);
        bench.ticker.advance(Duration.ofSeconds(2));
        publishing.awaitArrivals(1);
        comparing.open();
        settle(experiment);

        Thread closing = new Thread(scientist::close);
        closing.start();
        eventually("it is closing", () -> !scientist.isEnabled());
        publishing.open();
        closing.join();

        assertThat(published).hasValue(1);
        assertThat(publishing.interruptions()).isZero();
        assertThat(experiment.tally().hookFailures(Hook.PUBLISHER)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFutureThatDoesNotEndInTimeIsCancelledIfItIsOwnedAndCountedAsLostOtherwise(boolean isOwned) {
        CompletableFuture<String> hung = new CompletableFuture<>();
        TestGuard guard = new TestGuard();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment(
                "experiment", options -> options.ownedFutures(isOwned).guard(guard));
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> hung);
        eventually("somebody listens to the candidate's stage", () -> hung.getNumberOfDependents() > 0);

        scientist.close();
        settle(experiment);
        boolean isCancelled = hung.isCancelled();
        hung.complete("late");

        assertThat(isCancelled).isEqualTo(isOwned);
        assertThat(experiment.tally().hookFailures(Hook.LOST_FUTURE)).isEqualTo(isOwned ? 0 : 1);
        assertThat(guard.heard()).containsExactly("acquire", "settled cancelled", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    @Test
    void anAsynchronousPrimaryThatEndsAfterwardsIsCountedAndReachesItsCaller() {
        CompletableFuture<String> primary = new CompletableFuture<>();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment("experiment");
        CompletableFuture<String> handed =
                experiment.runAsync(() -> primary, () -> CompletableFuture.completedFuture("a"));

        scientist.close();
        primary.complete("a");
        settle(experiment);

        assertThat(handed.join()).isEqualTo("a");
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
        assertThat(verdicts(experiment).keySet()).isSubsetOf("uncompared/cancelled", "skipped/shutdown");
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_PRIMARY", "SAME_THREAD"})
    @Tag("promise-18")
    void aPrimaryThatEndsAfterwardsStartsNoCandidate(Start start) {
        AtomicInteger started = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment("experiment", options -> options.start(start));

        String value = experiment.run(
                () -> {
                    scientist.close();
                    return "a";
                },
                () -> "a" + started.incrementAndGet());
        settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(started).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/shutdown", 1L));
    }

    @Test
    void aPrimaryThatIsUnderWayWhileClosingReachesItsCaller() throws InterruptedException {
        Door door = bench.door();
        AtomicReference<String> value = new AtomicReference<>();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment("experiment");
        Thread caller = new Thread(() -> value.set(experiment.run(
                () -> {
                    door.passStubbornly();
                    return "a";
                },
                () -> "a")));
        caller.start();
        door.awaitArrivals(1);

        scientist.close();
        door.open();
        caller.join();
        settle(experiment);

        assertThat(value).hasValue("a");
        assertThat(door.interruptions()).isZero();
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void afterwardsTheCallerStillGetsThePrimarysAnswer(Start start) {
        AtomicInteger candidates = new AtomicInteger();
        Experiment<String> experiment =
                bench.experiment(options -> options.start(start).candidates("a", "b"));
        Experiment<String> single = bench.scientist().experiment("single", options -> options.start(start));

        bench.scientist().close();
        String value = experiment
                .call()
                .candidate("a", () -> "x" + candidates.incrementAndGet())
                .run(() -> "x");
        CompletableFuture<String> stage = single.runAsync(
                () -> CompletableFuture.completedFuture("x"),
                () -> CompletableFuture.completedFuture("x" + candidates.incrementAndGet()));
        String withArgument = single.run("x", text -> text, text -> text + candidates.incrementAndGet());

        assertThat(value).isEqualTo("x");
        assertThat(stage).isCompletedWithValue("x");
        assertThat(withArgument).isEqualTo("x");
        assertThat(candidates).hasValue(0);
        assertThat(verdicts(experiment, "a")).isEqualTo(Map.of("skipped/shutdown", 1L));
        assertThat(verdicts(experiment, "b")).isEqualTo(Map.of("skipped/shutdown", 1L));
        assertThat(verdicts(single)).isEqualTo(Map.of("skipped/shutdown", 2L));
    }

    @Test
    void aClosedScientistStaysClosed() {
        Scientist scientist = bench.scientist();
        Experiment<String> experiment = bench.experiment();

        scientist.close();
        scientist.enable();
        boolean isEnabled = scientist.isEnabled();
        scientist.disable();
        scientist.enable();
        scientist.close();
        experiment.change(settings -> settings.enabled(true).sampleRate(1));
        experiment.run(() -> "a", () -> "a");

        assertThat(isEnabled).isFalse();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/shutdown", 1L));
        assertThatIllegalStateException()
                .isThrownBy(() -> scientist.experiment("another"))
                .withMessageContainingAll("another", "closed");
    }

    @Test
    void aDisabledScientistCanBeClosed() {
        Scientist scientist = bench.scientist();
        Experiment<String> experiment = bench.experiment();

        scientist.disable();
        scientist.close();
        scientist.enable();
        experiment.run(() -> "a", () -> "a");

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/shutdown", 1L));
    }

    @Test
    void anInterruptEndsTheWaitingEarlyAndStaysSet() {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().closeTimeout(Duration.ofDays(1)));
        Experiment<String> experiment = scientist.experiment("experiment");
        experiment.run(() -> "a", () -> {
            door.pass();
            return "a";
        });
        door.awaitArrivals(1);

        Thread.currentThread().interrupt();
        scientist.close();
        boolean isInterrupted = Thread.interrupted();
        settle(experiment);

        assertThat(isInterrupted).isTrue();
        assertThat(door.interruptions()).isEqualTo(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    @Test
    void aHungPublisherDoesNotKeepItOpenAndWhatItMissesIsCounted() {
        List<Thread> before = Bench.threads();
        Door door = bench.door();
        AtomicInteger received = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE).publisher(trial -> {
            received.incrementAndGet();
            door.pass();
        }));
        Experiment<String> experiment = scientist.experiment("experiment");
        for (int i = 0; i < 10; i++) {
            experiment.run(() -> "a", () -> "a");
            settle(experiment);
        }
        door.awaitArrivals(1);

        scientist.close();
        Bench.awaitNoThreadsBut(before);

        assertThat(received.get() + experiment.tally().hookFailures(Hook.PUBLISHER_BACKLOG))
                .isEqualTo(10);
        assertThat(door.interruptions()).isPositive();
    }

    @Test
    void aCandidateThatClosesItsScientistDoesNotHangIt() {
        Scientist scientist = bench.use(bench.builder().closeTimeout(Duration.ofMillis(10)));
        Experiment<String> experiment = scientist.experiment("experiment");
        AtomicInteger closed = new AtomicInteger();

        String value = experiment.run(() -> "a", () -> {
            scientist.close();
            closed.incrementAndGet();
            return "a";
        });
        eventually("close returns", () -> closed.get() == 1);
        settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
    }

    @Test
    void aCandidateThatIgnoresEverythingIsCountedAndReturnsItsPermitInTheEnd() {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment("experiment");
        experiment.run(() -> "a", () -> {
            door.passStubbornly();
            return "a";
        });
        door.awaitArrivals(1);

        scientist.close();
        Map<String, Long> afterClose = verdicts(experiment);
        int inFlight = experiment.tally().inFlight();
        door.open();
        settle(experiment);

        assertThat(afterClose).isEqualTo(Map.of("uncompared/cancelled", 1L));
        assertThat(inFlight).isEqualTo(1);
        assertThat(verdicts(experiment)).isEqualTo(afterClose);
    }

    @Test
    void aComparisonThatHangsIsCancelled() {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().closeTimeout(AT_ONCE));
        Experiment<String> experiment = scientist.experiment(
                "experiment",
                options -> options.comparator((primary, candidate) -> {
                    door.pass();
                    return List.of();
                }));
        experiment.run(() -> "a", () -> "a");
        door.awaitArrivals(1);

        scientist.close();
        settle(experiment);

        assertThat(door.interruptions()).isEqualTo(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    @Test
    void severalThreadsMayCloseAtOnce() throws InterruptedException {
        Scientist scientist = bench.scientist();
        Experiment<String> experiment = bench.experiment();
        experiment.run(() -> "a", () -> "a");
        List<Thread> closing =
                List.of(new Thread(scientist::close), new Thread(scientist::close), new Thread(scientist::close));

        closing.forEach(Thread::start);
        for (Thread thread : closing) {
            thread.join();
        }
        experiment.run(() -> "a", () -> "a");

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "skipped/shutdown", 1L));
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.SHUTDOWN))
                .isEqualTo(1);
    }
}
