package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Tally.Hook;
import java.lang.ref.WeakReference;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Futures of candidates: whose they are, and what becomes of late ones")
class CandidateFutureTest {

    private static final Duration DEADLINE = Duration.ofMillis(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @AutoClose
    private final Bench bench = new Bench();

    private final TestGuard guard = new TestGuard();

    private Experiment<String> experiment(Consumer<ExperimentOptions.Builder<String>> more) {
        return bench.experiment(options -> {
            options.candidateTimeout(DEADLINE).guard(guard);
            more.accept(options);
        });
    }

    private static CompletableFuture<String> answered() {
        return CompletableFuture.completedFuture("a");
    }

    private static void awaitListeners(CompletableFuture<?> future, int count) {
        eventually(count + " listen to the future", () -> future.getNumberOfDependents() == count);
    }

    /** A call whose candidate returned this future, and whose deadline has passed. */
    private void runLate(Experiment<String> experiment, CompletableFuture<String> future) {
        int listeners = future.getNumberOfDependents();
        long late = experiment.tally().count(Verdict.TIMED_OUT);
        experiment.runAsync(CandidateFutureTest::answered, () -> future);
        awaitListeners(future, listeners + 1);
        bench.ticker.advance(DEADLINE);
        eventually("it is late", () -> experiment.tally().count(Verdict.TIMED_OUT) == late + 1);
    }

    // ---- not owned, which is the default ----

    @Test
    @Tag("promise-5")
    @DisplayName(
            "Promise 5: a late future is counted at its deadline, left alone, and keeps its permit until it completes")
    void aLateFutureIsLeftAloneAndKeepsItsPermitUntilItCompletes() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> options.maxConcurrent(1));

        runLate(experiment, future);
        eventually("the guard hears of it", () -> guard.heard().size() == 2);
        bench.letDispatcherWork();
        experiment.runAsync(CandidateFutureTest::answered, CandidateFutureTest::answered);
        int inFlight = experiment.tally().inFlight();
        List<String> heardBefore = guard.heard();
        boolean isLeftAlone = future.complete("late");
        settle(experiment);

        assertThat(isLeftAlone).isTrue();
        assertThat(inFlight).isEqualTo(1);
        assertThat(heardBefore).containsExactly("acquire", "settled timed_out");
        assertThat(guard.heard()).containsExactly("acquire", "settled timed_out", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L, "skipped/saturated", 1L));
        assertThat(experiment.tally().hookFailures(Hook.LOST_FUTURE)).isZero();
    }

    @Test
    @Tag("promise-5")
    @DisplayName("Promise 5: a minute after its deadline a future is lost: its permit returns, and that is counted")
    void aFutureThatDoesNotCompleteIsLostAMinuteAfterItsDeadline() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> options.maxConcurrent(1));

        runLate(experiment, never);
        bench.letDispatcherWork();
        bench.ticker.advance(MINUTE.minus(DEADLINE).minusSeconds(1));
        bench.letDispatcherWork();
        int inFlight = experiment.tally().inFlight();
        bench.ticker.advance(Duration.ofSeconds(2));
        settle(experiment);
        never.complete("a minute too late");

        assertThat(inFlight).isEqualTo(1);
        assertThat(experiment.tally().hookFailures(Hook.LOST_FUTURE)).isEqualTo(1);
        assertThat(guard.heard()).containsExactly("acquire", "settled timed_out", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
    }

    @Test
    void lostFuturesAreWarnedOfOnceAndCountedEachTime() {
        Experiment<String> experiment = experiment(options -> {});

        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 3; i++) {
                runLate(experiment, new CompletableFuture<>());
                eventually("time passes until it is lost", () -> {
                    bench.ticker.advance(Duration.ofSeconds(20));
                    return experiment.tally().inFlight() == 0;
                });
            }

            assertThat(experiment.tally().hookFailures(Hook.LOST_FUTURE)).isEqualTo(3);
            assertThat(lines.warnings())
                    .filteredOn(line -> line.contains("future"))
                    .singleElement()
                    .asString()
                    .contains(
                            "experiment experiment: a candidate's future was not complete a minute after its deadline");
        }
    }

    @Test
    @Tag("promise-2")
    @DisplayName("Promise 2: whoever waits for a future that a late candidate shares does not notice")
    void aSharedFutureOutlivesTheCallThatWasLate() {
        CompletableFuture<String> shared = new CompletableFuture<>();
        CompletableFuture<String> ofSomebodyElse = shared.thenApply(text -> text + "!");
        Experiment<String> experiment = experiment(options -> {});

        runLate(experiment, shared);
        shared.complete("a");
        settle(experiment);

        assertThat(ofSomebodyElse).isCompletedWithValue("a!");
    }

    @Test
    @Tag("promise-3")
    @DisplayName(
            "Promise 3: a call whose caller gives up says nothing about another one whose candidate waits for the same")
    void givingUpOneCallDoesNotFailTheCandidateOfAnother() {
        CompletableFuture<String> shared = new CompletableFuture<>();
        CompletableFuture<String> secondPrimary = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> {});
        CompletableFuture<String> first = experiment.runAsync(CompletableFuture::new, () -> shared);
        CompletableFuture<String> second = experiment.runAsync(() -> secondPrimary, () -> shared);
        awaitListeners(shared, 2);

        first.cancel(true);
        eventually("the first call is counted", () -> experiment.tally().calls("candidate") == 1);
        bench.letDispatcherWork();
        boolean isCancelled = shared.isCancelled();
        shared.complete("a");
        secondPrimary.complete("a");
        settle(experiment);

        assertThat(isCancelled).isFalse();
        assertThat(second).isCompletedWithValue("a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L, "matched", 1L));
    }

    @Test
    void theFutureOfACallThatItsCallerGivesUpKeepsItsPermitUntilItCompletes() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> {});
        CompletableFuture<String> handed = experiment.runAsync(CompletableFuture::new, () -> future);
        awaitListeners(future, 1);

        handed.cancel(true);
        eventually("the call is counted", () -> experiment.tally().calls("candidate") == 1);
        eventually("the guard hears of it", () -> guard.heard().size() == 2);
        bench.letDispatcherWork();
        int inFlight = experiment.tally().inFlight();
        boolean isLeftAlone = future.complete("a");
        settle(experiment);

        assertThat(inFlight).isEqualTo(1);
        assertThat(isLeftAlone).isTrue();
        assertThat(guard.heard()).containsExactly("acquire", "settled cancelled", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    private WeakReference<byte[]> runLateHolding(Experiment<String> experiment, CompletableFuture<String> future) {
        byte[] captured = new byte[1024];
        experiment.runAsync(CandidateFutureTest::answered, () -> captured.length == 0 ? null : future);
        return new WeakReference<>(captured);
    }

    @Test
    @Tag("promise-14")
    void aLostFutureDoesNotHoldTheCall() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> {});

        WeakReference<byte[]> held = runLateHolding(experiment, never);
        awaitListeners(never, 1);
        eventually("time passes until it is lost", () -> {
            bench.ticker.advance(Duration.ofSeconds(20));
            return experiment.tally().inFlight() == 0;
        });

        eventually("what the candidate captured is collected", () -> {
            System.gc();
            return held.get() == null;
        });
        assertThat(never).isNotDone();
    }

    // ---- owned ----

    @Test
    void anOwnedFutureIsCancelledWhenItIsLateAndItsPermitReturns() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> options.ownedFutures(true));

        runLate(experiment, future);
        settle(experiment);

        assertThat(future).isCancelled();
        assertThat(guard.heard()).containsExactly("acquire", "settled timed_out", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
    }

    @Test
    void anOwnedFutureIsCancelledWhenItsCallerGivesUp() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> options.ownedFutures(true));
        CompletableFuture<String> handed = experiment.runAsync(CompletableFuture::new, () -> future);
        awaitListeners(future, 1);

        handed.cancel(true);
        settle(experiment);

        assertThat(future).isCancelled();
        assertThat(guard.heard()).containsExactly("acquire", "settled cancelled", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    /** A user's own class of future, whose {@code cancel} throws. */
    private static final class StubbornFuture<V> extends CompletableFuture<V> {
        private final List<String> cancellations = new CopyOnWriteArrayList<>();

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            cancellations.add(Thread.currentThread().getName());
            throw new IllegalStateException("this one cannot be cancelled");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("promise-5")
    @DisplayName("Promise 5: an owned future that cannot be cancelled keeps its permit until it completes, or is lost")
    void anOwnedFutureThatCannotBeCancelledKeepsItsPermit(boolean isLost) {
        StubbornFuture<String> stubborn = new StubbornFuture<>();
        Experiment<String> experiment =
                experiment(options -> options.ownedFutures(true).maxConcurrent(1));

        runLate(experiment, stubborn);
        eventually("the failure is counted", () -> experiment.tally().hookFailures(Hook.CANCELLATION) == 1);
        bench.letDispatcherWork();
        int inFlight = experiment.tally().inFlight();
        if (isLost) {
            bench.ticker.advance(MINUTE);
        } else {
            stubborn.complete("late");
        }
        settle(experiment);

        assertThat(inFlight).isEqualTo(1);
        assertThat(stubborn.cancellations).singleElement().asString().startsWith("scientist-worker-");
        assertThat(experiment.tally().hookFailures(Hook.LOST_FUTURE)).isEqualTo(isLost ? 1 : 0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
    }

    @Test
    void oneCallCanOwnItsFuturesWhereTheOthersDoNot() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> ofReplicate = new CompletableFuture<>();
        Experiment<String> experiment = experiment(options -> options.replicateRate(1));

        experiment
                .call()
                .asyncCandidate(() -> future)
                .replicate("", nothing -> ofReplicate)
                .ownedFutures()
                .runAsync(CandidateFutureTest::answered);
        awaitListeners(future, 1);
        awaitListeners(ofReplicate, 1);
        bench.ticker.advance(DEADLINE);
        settle(experiment);

        assertThat(future).isCancelled();
        assertThat(ofReplicate).isCancelled();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
    }

    @Test
    void theFuturesOfThePrimarysSecondRunAreNotOwnedWithTheCandidates() {
        CompletableFuture<String> shared = new CompletableFuture<>();
        Experiment<String> experiment =
                experiment(options -> options.ownedFutures(true).replicateRate(1));

        experiment.runAsync(() -> shared, CandidateFutureTest::answered);
        awaitListeners(shared, 2);
        bench.ticker.advance(DEADLINE);
        bench.letDispatcherWork();
        boolean isLeftAlone = shared.complete("a");
        settle(experiment);

        assertThat(isLeftAlone).isTrue();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    @Tag("promise-11")
    void whatDependsOnACandidatesFutureRunsAsAShadowWhenItIsCancelled() {
        CompletableFuture<String> future = new CompletableFuture<>();
        AtomicReference<String> shadowOf = new AtomicReference<>();
        CompletableFuture<String> dependent =
                future.whenComplete((value, error) -> shadowOf.set(String.valueOf(Shadow.experiment())));
        Experiment<String> experiment = experiment(options -> options.ownedFutures(true));

        runLate(experiment, future);
        settle(experiment);

        assertThat(dependent).isCompletedExceptionally();
        assertThat(shadowOf).hasValue("experiment");
    }
}
