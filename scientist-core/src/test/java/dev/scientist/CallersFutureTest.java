package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.ExperimentOptions.Start;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The future that the caller of an asynchronous primary gets")
class CallersFutureTest {

    @AutoClose
    private final Bench bench = new Bench();

    private static CompletableFuture<String> answered() {
        return CompletableFuture.completedFuture("a");
    }

    /** A future of an application's own class. */
    private static final class OwnFuture<V> extends CompletableFuture<V> {
        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new OwnFuture<>();
        }
    }

    // ---- what the caller gets ----

    @ParameterizedTest
    @EnumSource
    @Tag("promise-1")
    @DisplayName("Promise 1: the caller's future completes with the primary's very value")
    void theCallersFutureCompletesWithTheVeryValue(Start start) {
        CompletableFuture<List<String>> stage = new CompletableFuture<>();
        List<String> value = List.of("a");
        Experiment<List<String>> experiment = bench.experiment(options -> options.start(start));

        CompletableFuture<List<String>> handed =
                experiment.runAsync(() -> stage, () -> CompletableFuture.supplyAsync(() -> List.of("a")));
        boolean isDoneBefore = handed.isDone();
        long callsBefore = experiment.tally().calls("candidate");
        stage.complete(value);
        settle(experiment);

        assertThat(isDoneBefore).isFalse();
        assertThat(callsBefore).isZero();
        assertThat(handed.getNow(null)).isSameAs(value);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-1")
    @DisplayName("Promise 1: the caller gets the very stage, where it is complete or of a class that cannot be copied")
    void theCallerGetsTheVeryStage(Start start) {
        OwnFuture<String> own = new OwnFuture<>();
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<String> minimal = source.minimalCompletionStage();
        CompletableFuture<String> complete = answered();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        CompletableFuture<String> first = experiment.runAsync(() -> own, CallersFutureTest::answered);
        CompletionStage<String> second = experiment.runAsync(() -> minimal, CallersFutureTest::answered);
        CompletableFuture<String> third = experiment.runAsync(() -> complete, CallersFutureTest::answered);
        own.complete("a");
        source.complete("a");
        settle(experiment);

        assertThat(first == own && second == minimal && third == complete).isTrue();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 3L));
    }

    @Test
    void itCompletesOnTheThreadThatCompletesThePrimarys() throws InterruptedException {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Experiment<String> experiment = bench.experiment();
        AtomicReference<Thread> ofDependent = new AtomicReference<>();
        Thread completing = new Thread(() -> stage.complete("a"));

        CompletableFuture<Void> dependent = experiment
                .runAsync(() -> stage, CallersFutureTest::answered)
                .thenAccept(value -> ofDependent.set(Thread.currentThread()));
        completing.start();
        completing.join();

        assertThat(dependent).isCompleted();
        assertThat(ofDependent.get()).isSameAs(completing);
    }

    @Test
    @Tag("promise-2")
    @DisplayName("Promise 2: a caller gets its answer also where memory runs out as the trial hears of it")
    void itCompletesAlsoWhereTheTrialCannotBeTold() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        AtomicReference<Thread> unfortunate = new AtomicReference<>();
        Scientist scientist = bench.use(bench.builder().ticker(() -> {
            if (Thread.currentThread() == unfortunate.get()) {
                throw new OutOfMemoryError("in a test");
            }
            return bench.ticker.getAsLong();
        }));
        Experiment<String> experiment = scientist.experiment("experiment");

        CompletableFuture<String> handed = experiment.runAsync(() -> stage, CallersFutureTest::answered);
        unfortunate.set(Thread.currentThread());
        stage.complete("a");
        unfortunate.set(null);

        assertThat(handed).isCompletedWithValue("a");
    }

    // ---- what the caller does to it ----

    static Stream<Arguments> waysToEndIt() {
        return Stream.of(
                Arguments.of("complete", (Consumer<CompletableFuture<String>>) future -> future.complete("mine")),
                Arguments.of("completeAsync", (Consumer<CompletableFuture<String>>)
                        future -> future.completeAsync(() -> "mine", Runnable::run)),
                Arguments.of("completeExceptionally", (Consumer<CompletableFuture<String>>)
                        future -> future.completeExceptionally(new IOException("mine"))),
                Arguments.of(
                        "obtrudeValue", (Consumer<CompletableFuture<String>>) future -> future.obtrudeValue("mine")),
                Arguments.of("obtrudeException", (Consumer<CompletableFuture<String>>)
                        future -> future.obtrudeException(new IOException("mine"))),
                Arguments.of("completeOnTimeout", (Consumer<CompletableFuture<String>>)
                        future -> future.completeOnTimeout("mine", 1, TimeUnit.MILLISECONDS)
                                .join()),
                Arguments.of("orTimeout", (Consumer<CompletableFuture<String>>) future -> Bench.attempt(
                        () -> future.orTimeout(1, TimeUnit.MILLISECONDS).get())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToEndIt")
    @DisplayName("What a caller makes of its own future is no answer of the primary")
    void whatACallerMakesOfItsFutureIsNoAnswerOfThePrimary(String way, Consumer<CompletableFuture<String>> end) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Experiment<String> experiment = bench.experiment();

        CompletableFuture<String> handed = experiment.runAsync(() -> stage, CallersFutureTest::answered);
        end.accept(handed);
        boolean isOriginalDone = stage.isDone();
        stage.complete("a");
        settle(experiment);

        assertThat(handed).as(way).isDone();
        assertThat(isOriginalDone).isFalse();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void cancellingItCancelsThePrimarysAndIsNoEvidence(Start start) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        CompletableFuture<String> handed = experiment.runAsync(() -> stage, CallersFutureTest::answered);
        handed.cancel(true);
        settle(experiment);

        assertThat(handed).isCancelled();
        assertThat(stage).isCancelled();
        assertThat(verdicts(experiment).keySet()).isSubsetOf("uncompared/cancelled", "skipped/abandoned");
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_PRIMARY", "SAME_THREAD"})
    void aCandidateThatWaitsForAPrimaryThatIsCancelledIsSkipped(Start start) {
        AtomicInteger called = new AtomicInteger();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        CompletableFuture<String> handed = experiment.runAsync(
                CompletableFuture::new, () -> CompletableFuture.completedFuture("a" + called.incrementAndGet()));
        handed.cancel(true);
        settle(experiment);

        assertThat(called).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/abandoned", 1L));
    }

    @Test
    void cancellingThePrimarysCancelsIt() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Experiment<String> experiment = bench.experiment();

        CompletableFuture<String> handed = experiment.runAsync(() -> stage, CallersFutureTest::answered);
        stage.cancel(true);
        settle(experiment);

        assertThat(handed).isCancelled();
    }

    // ---- how it fails ----

    private record Failure(String way, CompletableFuture<String> stage, Consumer<CompletableFuture<String>> fail) {
        @Override
        public String toString() {
            return way;
        }
    }

    static Stream<Failure> failures() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        IOException thrown = new IOException("x");
        return Stream.of(
                new Failure("directly", new CompletableFuture<>(), stage -> stage.completeExceptionally(thrown)),
                new Failure(
                        "wrapped",
                        new CompletableFuture<>(),
                        stage -> stage.completeExceptionally(new CompletionException(thrown))),
                new Failure(
                        "as a dependent",
                        source.thenApply(text -> text),
                        stage -> source.completeExceptionally(thrown)),
                new Failure("cancelled", new CompletableFuture<>(), stage -> stage.cancel(false)),
                new Failure(
                        "after a cancelled one", cancelled.thenApply(text -> text), stage -> cancelled.cancel(true)));
    }

    /** The errors that a future shows to each kind of caller that asks how it failed. */
    private static List<Throwable> faces(CompletableFuture<String> future) {
        AtomicReference<Throwable> ofDependent = new AtomicReference<>();
        AtomicReference<Throwable> ofHandler = new AtomicReference<>();
        CompletableFuture<String> dependent = future.whenComplete((value, error) -> ofDependent.set(error));
        CompletableFuture<String> recovered = future.exceptionally(error -> {
            ofHandler.set(error);
            return "recovered";
        });
        List<Throwable> faces = new ArrayList<>();
        for (Throwable face : Stream.of(
                        catchThrowable(future::join), catchThrowable(future::get), catchThrowable(dependent::get))
                .toList()) {
            faces.add(face.getCause() == null ? face : face.getCause());
        }
        faces.add(ofDependent.get());
        faces.add(ofHandler.get());
        assertThat(recovered).isCompletedWithValue("recovered");
        return faces;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    @Tag("promise-1")
    @DisplayName("Promise 1: the caller's future fails exactly like the primary's")
    void itFailsExactlyLikeThePrimarys(Failure failure) {
        Experiment<String> experiment = bench.experiment();

        CompletableFuture<String> handed = experiment.runAsync(failure::stage, CallersFutureTest::answered);
        failure.fail().accept(failure.stage());
        settle(experiment);

        assertThat(handed).isNotSameAs(failure.stage());
        assertThat(faces(handed))
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactlyElementsOf(faces(failure.stage()));
        assertThat(handed.isCancelled()).isEqualTo(failure.stage().isCancelled());
        assertThat(catchThrowable(handed::join)).hasSameClassAs(catchThrowable(failure.stage()::join));
        assertThat(catchThrowable(handed::get)).hasSameClassAs(catchThrowable(failure.stage()::get));
    }

    // ---- snapshots ----

    @Test
    @Tag("case-28")
    @Tag("promise-9")
    @DisplayName("Promise 9: with a snapshot, what a dependent of the caller changes is not compared")
    void aDependentThatChangesTheValueChangesNoVerdict() {
        CompletableFuture<List<Integer>> stage = new CompletableFuture<>();
        Experiment<List<Integer>> experiment = bench.experiment(options -> options.snapshot(ArrayList::new));

        CompletableFuture<List<Integer>> handed =
                experiment.runAsync(() -> stage, () -> CompletableFuture.completedFuture(List.of(1, 2)));
        CompletableFuture<Void> dependent = handed.thenAccept(List::clear);
        List<Integer> own = Bench.listOf(1, 2);
        stage.complete(own);
        settle(experiment);

        assertThat(dependent).isCompleted();
        assertThat(handed.join()).isSameAs(own).isEmpty();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void withASnapshotAFutureThatIsAlreadyCompleteIsHandedBackItself() {
        CompletableFuture<String> stage = answered();
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(text -> text));

        CompletableFuture<String> handed = experiment.runAsync(() -> stage, CallersFutureTest::answered);
        settle(experiment);

        assertThat(handed).isSameAs(stage);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    @Tag("case-28")
    @Tag("promise-9")
    @DisplayName("Promise 9: with a snapshot, a stage whose value the caller could change first is not compared")
    void aStageThatCannotBeCopiedReachesTheCallerItselfAndIsNotCompared() {
        OwnFuture<String> own = new OwnFuture<>();
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<String> minimal = source.minimalCompletionStage();
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(text -> text));

        CompletableFuture<String> first = experiment.runAsync(() -> own, CallersFutureTest::answered);
        CompletionStage<String> second = experiment.runAsync(() -> minimal, CallersFutureTest::answered);
        own.complete("a");
        source.complete("a");
        settle(experiment);

        assertThat(first == own && second == minimal).isTrue();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/snapshot_failed", 2L));
    }

    // ---- how long it took ----

    @Test
    void aPrimaryThatNeverCameHasTakenAsLongAsItWasWaitedFor() {
        CountDownLatch settled = new CountDownLatch(1);
        Experiment<String> experiment =
                bench.experiment(options -> options.guard(new TestGuard().onSettled(settled::countDown)));

        experiment.runAsync(CompletableFuture::new, CallersFutureTest::answered);
        eventually("the candidate has settled", () -> settled.getCount() == 0);
        bench.ticker.advance(Duration.ofSeconds(61)); // a minute after the deadline

        assertThat(bench.seen.of(experiment).primary().elapsed()).isEqualTo(Duration.ofSeconds(61));
        assertThat(Duration.between(
                        bench.seen.of(experiment).startedAt(),
                        bench.seen.of(experiment).endedAt()))
                .isEqualTo(Duration.ofSeconds(61));
    }

    @Test
    void aPrimaryThatClosingCutsOffHasTakenNoNegativeTime() {
        Experiment<String> experiment = bench.experiment();

        experiment.runAsync(CompletableFuture::new, CallersFutureTest::answered);
        bench.ticker.advance(Duration.ofMillis(5));
        bench.scientist().close();

        assertThat(bench.seen.only().primary().elapsed()).isEqualTo(Duration.ofMillis(5));
    }

    // ---- what is kept ----

    private WeakReference<byte[]> runWithALargeCandidate(
            Experiment<String> experiment, CompletableFuture<String> stage) {
        byte[] large = new byte[1024];
        experiment.runAsync(() -> stage, () -> {
            String text = large.length + "";
            return CompletableFuture.completedFuture(text);
        });
        return new WeakReference<>(large);
    }

    @Test
    @Tag("promise-14")
    void aStageThatNeverCompletesDoesNotHoldACallThatWasGivenUp() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Experiment<String> experiment = bench.experiment();

        WeakReference<byte[]> held = runWithALargeCandidate(experiment, never);
        eventually("time passes until it is given up", () -> {
            bench.ticker.advance(Duration.ofSeconds(20));
            return experiment.tally().inFlight() == 0;
        });

        eventually("what the candidate captured is collected", () -> {
            System.gc();
            return held.get() == null;
        });
        assertThat(never.cancel(true)).isTrue();
    }
}
