package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.ExperimentOptions.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Asynchronous primaries and candidates")
class AsyncTest {

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    void stagesThatAreAlreadyCompleteAreCompared() {
        Experiment<String> experiment = bench.experiment();

        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> CompletableFuture.completedFuture("b"));
        experiment.runAsync(
                () -> CompletableFuture.completedFuture(null), () -> CompletableFuture.completedFuture(null));
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L, "matched", 1L));
    }

    @Test
    void aFailureIsTheSameWhetherOrNotItPassedThroughDependentStages() {
        Experiment<String> experiment = bench.experiment();

        CompletionStage<String> handed = experiment.runAsync(
                () -> CompletableFuture.failedFuture(new IOException("x")),
                () -> CompletableFuture.<String>failedFuture(new IOException("x"))
                        .thenApply(text -> text));
        Throwable caught = catchThrowable(() -> handed.toCompletableFuture().join());
        settle(experiment);

        assertThat(caught).isInstanceOf(CompletionException.class).hasCauseInstanceOf(IOException.class);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().errorOrNull()).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void aPrimaryThatThrowsBeforeItHasAStageThrowsThatAtTheCaller() {
        IOException thrown = new IOException("x");
        Experiment<String> experiment = bench.experiment();

        Throwable caught = catchThrowable(() -> experiment.runAsync(
                () -> {
                    if (bench != null) {
                        throw thrown;
                    }
                    return new CompletableFuture<String>();
                },
                () -> CompletableFuture.failedFuture(new IOException("x"))));
        settle(experiment);

        assertThat(caught).isSameAs(thrown);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void noStageAtAllIsANullAnswer() {
        Experiment<String> experiment = bench.experiment();

        CompletableFuture<String> handed =
                experiment.runAsync(() -> (CompletableFuture<String>) null, () -> (CompletableFuture<String>) null);
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> (CompletableFuture<String>) null);
        settle(experiment);

        assertThat(handed).isNull();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "mismatched", 1L));
    }

    @Test
    void aCandidateThatCancelsItselfFailed() {
        Experiment<String> experiment = bench.experiment();

        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            stage.cancel(true);
            return stage;
        });
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("candidate_failed", 1L));
        assertThat(bench.seen.onlyCandidate().outcome().errorOrNull()).isInstanceOf(CancellationException.class);
    }

    @Test
    void whoCompletesTheCandidatesStageDoesNotCompare() {
        CompletableFuture<String> candidate = new CompletableFuture<>();
        AtomicReference<Thread> comparing = new AtomicReference<>();
        Experiment<String> experiment = bench.experiment(options -> options.comparator((a, b) -> {
            comparing.set(Thread.currentThread());
            return List.of();
        }));

        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> candidate);
        eventually("somebody listens to the candidate's stage", () -> candidate.getNumberOfDependents() > 0);
        candidate.complete("a");
        settle(experiment);

        assertThat(comparing.get()).isNotSameAs(Thread.currentThread());
        assertThat(comparing.get().getName()).startsWith("scientist-worker-");
    }

    /** A future that lets a test call its listeners several times and with strange arguments. */
    private static final class StrangeFuture<V> extends CompletableFuture<V> {
        private final List<BiConsumer<? super V, ? super Throwable>> listeners = new CopyOnWriteArrayList<>();
        private final boolean throwsAfterwards;

        StrangeFuture(boolean throwsAfterwards) {
            this.throwsAfterwards = throwsAfterwards;
        }

        @Override
        public CompletableFuture<V> whenComplete(BiConsumer<? super V, ? super Throwable> action) {
            listeners.add(action);
            if (throwsAfterwards) {
                throw new IllegalStateException("after it has registered the listener");
            }
            return this;
        }

        void tell(V value) {
            listeners.forEach(listener -> listener.accept(value, null));
        }
    }

    @Test
    @Tag("promise-3")
    @DisplayName("Promise 3: one verdict, also where a primary's stage completes twice")
    void aPrimaryThatCompletesTwiceIsJudgedOnce() {
        StrangeFuture<String> primary = new StrangeFuture<>(false);
        CompletableFuture<String> candidate = new CompletableFuture<>();
        Experiment<String> experiment = bench.experiment();

        experiment.runAsync(() -> primary, () -> candidate);
        eventually("somebody listens to the candidate's stage", () -> candidate.getNumberOfDependents() > 0);
        primary.tell("first");
        primary.tell("second");
        candidate.complete("first");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo("first");
    }

    @Test
    @Tag("promise-3")
    @DisplayName("Promise 3: one verdict, also where a candidate's stage completes twice")
    void aCandidateThatCompletesTwiceIsJudgedOnce() {
        StrangeFuture<String> candidate = new StrangeFuture<>(false);
        Experiment<String> experiment = bench.experiment(options -> options.maxConcurrent(1));

        for (int i = 0; i < 3; i++) {
            experiment.runAsync(() -> CompletableFuture.completedFuture("first"), () -> candidate);
            int listeners = i + 1;
            eventually("somebody listens to the candidate's stage", () -> candidate.listeners.size() == listeners);
            candidate.tell("first");
            candidate.tell("second");
            settle(experiment);
        }

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 3L));
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @Test
    void stagesThatThrowAtTheirListenersAreUncomparedOrFailedAndNothingMore() {
        StrangeFuture<String> strange = new StrangeFuture<>(true);
        Experiment<String> experiment = bench.experiment(options -> options.start(Start.AFTER_PRIMARY));

        CompletableFuture<String> handed =
                experiment.runAsync(() -> strange, () -> CompletableFuture.completedFuture("a"));
        settle(experiment);
        strange.tell("a");
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> new StrangeFuture<>(true));
        settle(experiment);

        assertThat(handed).isSameAs(strange);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/abandoned", 1L, "candidate_failed", 1L));
    }

    @Test
    void aStageOfAnotherClassIsFollowedToo() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<String> minimal = source.minimalCompletionStage();
        Experiment<String> experiment = bench.experiment();

        CompletionStage<String> handed = experiment.runAsync(() -> minimal, source::minimalCompletionStage);
        source.complete("a");
        settle(experiment);

        assertThat(handed == minimal).isTrue();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-6")
    @DisplayName("Promise 6: a primary's stage that never completes gives its permits back in the end")
    void aPrimaryThatNeverCompletesIsGivenUp(Start start) {
        CompletableFuture<String> never = new CompletableFuture<>();
        Experiment<String> experiment =
                bench.experiment(options -> options.start(start).maxConcurrent(1));

        CompletableFuture<String> handed =
                experiment.runAsync(() -> never, () -> CompletableFuture.completedFuture("a"));
        eventually("time passes until it is given up", () -> {
            bench.ticker.advance(Duration.ofSeconds(20));
            return experiment.tally().inFlight() == 0;
        });
        never.complete("a");
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> CompletableFuture.completedFuture("a"));
        settle(experiment);

        assertThat(handed.join()).isEqualTo("a");
        assertThat(experiment.tally().calls("candidate")).isEqualTo(2);
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_PRIMARY", "SAME_THREAD"})
    @Tag("promise-4")
    void aCandidateThatWaitsForAPrimaryThatNeverCompletesIsNotCalledAnyMore(Start start) {
        AtomicInteger called = new AtomicInteger();
        CompletableFuture<String> never = new CompletableFuture<>();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        experiment.runAsync(() -> never, () -> CompletableFuture.completedFuture("a" + called.incrementAndGet()));
        eventually("time passes until it is given up", () -> {
            bench.ticker.advance(Duration.ofSeconds(20));
            return experiment.tally().inFlight() == 0;
        });
        never.complete("a");
        bench.scientist().close();

        assertThat(called).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/abandoned", 1L));
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @Test
    void anErrorIsComparedAlsoWhereNoSnapshotOfAValueCouldHaveBeenTaken() {
        CompletableFuture<String> primary = new Reserved<>();
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(text -> text));

        experiment.runAsync(() -> primary, () -> CompletableFuture.failedFuture(new IOException("x")));
        primary.completeExceptionally(new IOException("x"));
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    /** A user's own subclass, which cannot be copied. */
    private static final class Reserved<V> extends CompletableFuture<V> {}

    @Test
    void anAsynchronousPrimaryCanHaveACandidateThatBlocksAndTheOtherWayRound() {
        Experiment<String> experiment = bench.experiment();

        experiment.call().candidate(() -> "a").runAsync(() -> CompletableFuture.supplyAsync(() -> "a"));
        experiment
                .call()
                .asyncCandidate("candidate", () -> CompletableFuture.supplyAsync(() -> "a"))
                .run(() -> "a");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 2L));
    }

    @Test
    void aSkippedCallHandsBackTheStageAndCallsNoCandidate() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Experiment<String> experiment =
                bench.experiment(options -> options.enabled(false).snapshot(text -> text));
        List<String> called = new ArrayList<>();

        CompletableFuture<String> handed = experiment.runAsync(() -> stage, () -> {
            called.add("candidate");
            return new CompletableFuture<>();
        });

        assertThat(handed).isSameAs(stage);
        assertThat(called).isEmpty();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/disabled", 1L));
    }
}
