package dev.scientist.reactor;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Outcome;
import dev.scientist.ResultComparator;
import dev.scientist.Scientist;
import dev.scientist.TestScientists;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.decision.Evidence;
import dev.scientist.testing.RecordingPublisher;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

@DisplayName("Streams of which the caller takes a part, and long ones")
class StreamTest {

    private final FakeTicker ticker = new FakeTicker();
    private final Evidence evidence = Evidence.builder().build();
    private final RecordingPublisher recording = new RecordingPublisher();

    @AutoClose
    private final Scientist scientist = TestScientists.builder(ticker)
            .publisher(evidence)
            .publisher(recording)
            .closeTimeout(Duration.ofMillis(1))
            .build();

    private Experiment<List<Integer>> experiment(Start start) {
        return scientist.experiment("stream", options -> options.start(start).maxElements(100));
    }

    /** The only trial, once it is published. */
    private Trial<?> trial() {
        eventually("a trial is published", () -> recording.published() == 1);
        return recording.trials().get(0);
    }

    private Trial.Candidate<?> candidate() {
        return trial().candidates().get(0);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    // ---- a part ----

    @ParameterizedTest
    @EnumSource
    void aPartThatTheCallerTookIsComparedWithTheSamePart(Start start) {
        Experiment<List<Integer>> experiment = experiment(start);
        boolean isWaiting = start == Start.AFTER_PRIMARY || start == Start.SAME_THREAD;
        AtomicInteger delivered = new AtomicInteger();
        Flux<Integer> candidate = Flux.range(1, 50).doOnNext(element -> delivered.incrementAndGet());

        List<Integer> answer = ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 50), () -> candidate)
                .take(3)
                .collectList()
                .block();

        assertThat(answer).containsExactly(1, 2, 3);
        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(trial().primary().valueOrNull()).isEqualTo(List.of(1, 2, 3));
        assertThat(candidate().outcome().valueOrNull()).isEqualTo(List.of(1, 2, 3));
        assertThat(delivered)
                .as("a candidate that waits for the primary is asked for no more than the caller took")
                .hasValueLessThanOrEqualTo(isWaiting ? 3 : 50);
    }

    @ParameterizedTest
    @EnumSource
    void whatDiffersInThePartIsSeenAndWhatDiffersAfterItIsNot(Start start) {
        Experiment<List<Integer>> experiment = experiment(start);

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.just(1, 2, 3), () -> Flux.just(1, 9, 3))
                .take(2)
                .blockLast();
        eventually("a trial is published", () -> recording.published() == 1);
        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.just(1, 2, 3), () -> Flux.just(1, 2, 9))
                .take(2)
                .blockLast();
        eventually("both are published", () -> recording.published() == 2);

        assertThat(experiment.tally().count(Verdict.MISMATCHED)).isEqualTo(1);
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCandidateThatEndsBeforeThePartDoesDiffers(Start start) {
        Experiment<List<Integer>> experiment = experiment(start);

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 50), () -> Flux.range(1, 2))
                .take(3)
                .blockLast();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MISMATCHED);
    }

    private static Flux<Integer> failingAfter(int elements) {
        return Flux.range(1, elements).concatWith(Flux.error(new IllegalStateException("candidate")));
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInThePartIsTheCandidates(Start start) {
        Experiment<List<Integer>> experiment = experiment(start);

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 50), () -> failingAfter(2))
                .take(3)
                .blockLast();

        assertThat(candidate().verdict()).isEqualTo(Verdict.CANDIDATE_FAILED);
        assertThat(candidate().outcome().errorOrNull()).hasMessage("candidate");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAfterThePartIsNotSeen(Start start) {
        Experiment<List<Integer>> experiment = experiment(start);

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 50), () -> failingAfter(3))
                .take(3)
                .blockLast();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void anErrorThatCameBeforeTheCallerLeftIsSeenAsFarAsTheCallerTookThePrimary() throws InterruptedException {
        Experiment<List<Integer>> experiment = experiment(Start.IMMEDIATE);
        TestPublisher<Integer> primary = TestPublisher.create();
        CountDownLatch failed = new CountDownLatch(1);

        Disposable caller = ReactiveExperiment.ofList(experiment)
                .flux(primary::flux, () -> Flux.<Integer>concat(failingAfter(2)).doFinally(end -> failed.countDown()))
                .subscribe();
        await(failed);
        primary.next(1, 2);
        caller.dispose();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(candidate().outcome().valueOrNull()).isEqualTo(List.of(1, 2));
    }

    @ParameterizedTest
    @EnumSource(names = {"NEXT", "COMPLETE", "ERROR"})
    void anErrorAfterAsManyElementsIsSeenOnceThePrimaryGoesOnOrEnds(Going going) throws InterruptedException {
        Experiment<List<Integer>> experiment = experiment(Start.IMMEDIATE);
        TestPublisher<Integer> primary = TestPublisher.create();
        CountDownLatch failed = new CountDownLatch(1);

        Disposable caller = ReactiveExperiment.ofList(experiment)
                .flux(primary::flux, () -> Flux.<Integer>concat(failingAfter(2)).doFinally(end -> failed.countDown()))
                .subscribe(element -> {}, error -> {});
        await(failed);
        primary.next(1, 2);
        going.on(primary);
        caller.dispose();

        assertThat(candidate().verdict()).isEqualTo(going.verdict);
        assertThat(candidate().outcome().errorOrNull()).hasMessage("candidate");
    }

    private enum Going {
        NEXT(Verdict.CANDIDATE_FAILED) {
            @Override
            void on(TestPublisher<Integer> primary) {
                primary.next(3);
            }
        },
        COMPLETE(Verdict.CANDIDATE_FAILED) {
            @Override
            void on(TestPublisher<Integer> primary) {
                primary.complete();
            }
        },
        ERROR(Verdict.MATCHED) { // two equal errors
            @Override
            void on(TestPublisher<Integer> primary) {
                primary.error(new IllegalStateException("candidate"));
            }
        };

        final Verdict verdict;

        Going(Verdict verdict) {
            this.verdict = verdict;
        }

        abstract void on(TestPublisher<Integer> primary);
    }

    @Test
    void aSlowerCandidateIsTakenAsFarAndThenCancelled() throws InterruptedException {
        Experiment<List<Integer>> experiment = experiment(Start.IMMEDIATE);
        Sinks.Many<Integer> slower = Sinks.many().unicast().onBackpressureBuffer();
        CountDownLatch delivered = new CountDownLatch(2);
        CountDownLatch cancelled = new CountDownLatch(1);
        Flux<Integer> candidate =
                slower.asFlux().doOnNext(element -> delivered.countDown()).doOnCancel(cancelled::countDown);

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 50), () -> candidate)
                .take(3)
                .blockLast();
        slower.tryEmitNext(1).orThrow();
        slower.tryEmitNext(2).orThrow();
        await(delivered);
        long isRunning = cancelled.getCount();
        slower.tryEmitNext(3).orThrow();

        await(cancelled);
        assertThat(isRunning).isEqualTo(1);
        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void aCandidateThatIsAheadIsCancelledWhenTheCallerLeavesAndNotOnItsThread() throws InterruptedException {
        Experiment<List<Integer>> experiment = experiment(Start.IMMEDIATE);
        Sinks.Many<Integer> primary = Sinks.many().unicast().onBackpressureBuffer();
        CountDownLatch ahead = new CountDownLatch(3);
        List<Thread> cancelledBy = new ArrayList<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        Flux<Integer> candidate = Flux.just(1, 2, 3)
                .concatWith(Flux.never())
                .doOnNext(element -> ahead.countDown())
                .doOnCancel(() -> {
                    cancelledBy.add(Thread.currentThread());
                    cancelled.countDown();
                });

        Disposable caller = ReactiveExperiment.ofList(experiment)
                .flux(primary::asFlux, () -> candidate)
                .subscribe();
        await(ahead);
        primary.tryEmitNext(1).orThrow();
        caller.dispose();

        await(cancelled);
        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(candidate().outcome().valueOrNull()).isEqualTo(List.of(1));
        assertThat(cancelledBy).doesNotContain(Thread.currentThread());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-15")
    void aCallerThatLeavesBeforeTheFirstElementIsNoEvidence(Start start) {
        Experiment<List<Integer>> experiment = experiment(start);

        ReactiveExperiment.ofList(experiment)
                .flux(Flux::never, () -> Flux.just(1))
                .subscribe()
                .dispose();
        eventually("it is counted", () -> experiment.tally().calls("candidate") == 1);

        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.CANCELLED)
                        + experiment.tally().count("candidate", Verdict.SKIPPED, Reason.ABANDONED))
                .isEqualTo(1);
        assertThat(evidence.snapshot("stream").compared()).isZero();
    }

    @Test
    void theSecondRunOfThePrimaryIsTakenAsFar() {
        Experiment<List<Integer>> experiment = scientist.experiment(
                "stream", options -> options.start(Start.SAME_THREAD).replicateRate(1));

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 50), () -> Flux.range(1, 50))
                .take(2)
                .blockLast();

        assertThat(trial().replicate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void withASnapshotThePartIsComparedToo() {
        Experiment<List<Integer>> experiment = scientist.experiment(
                "stream", options -> options.start(Start.IMMEDIATE).snapshot(List::copyOf));

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 50), () -> Flux.range(1, 50))
                .take(2)
                .blockLast();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    // ---- the deadline ----

    @ParameterizedTest
    @EnumSource(names = {"POLLED", "IMMEDIATE"})
    void aStreamThatGoesOnAtTheDeadlineIsComparedAsFarAsBothHaveCome(Start start) throws InterruptedException {
        Experiment<List<Integer>> experiment = experiment(start);
        CountDownLatch delivered = new CountDownLatch(2);
        CountDownLatch cancelled = new CountDownLatch(1);
        Flux<Integer> candidate = Flux.just(1, 2)
                .doOnNext(element -> delivered.countDown())
                .concatWith(Flux.never())
                .doOnCancel(cancelled::countDown);

        Disposable caller = ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.just(1, 2, 3).concatWith(Flux.never()), () -> candidate)
                .subscribe();
        await(delivered);
        eventually("the deadline has passed", () -> {
            ticker.advance(Duration.ofMillis(100));
            return recording.published() == 1;
        });

        await(cancelled);
        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(trial().primary().valueOrNull()).isEqualTo(List.of(1, 2));
        assertThat(caller.isDisposed()).as("the caller goes on").isFalse();
        caller.dispose();
    }

    @Test
    void aCandidateThatDoesNotKeepUpIsLate() throws InterruptedException {
        Experiment<List<Integer>> experiment = experiment(Start.IMMEDIATE);
        CountDownLatch delivered = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Flux<Integer> candidate = Flux.just(1)
                .doOnNext(element -> delivered.countDown())
                .concatWith(Flux.never())
                .doOnCancel(cancelled::countDown);

        Disposable caller = ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.just(1, 2, 3).concatWith(Flux.never()), () -> candidate)
                .subscribe();
        await(delivered);
        ticker.advance(Duration.ofSeconds(2));
        await(cancelled);
        caller.dispose();

        assertThat(candidate().verdict()).isEqualTo(Verdict.TIMED_OUT);
    }

    @Test
    void aCandidateThatMissesTheEndOfThePrimaryIsLate() throws InterruptedException {
        Experiment<List<Integer>> experiment = experiment(Start.IMMEDIATE);
        CountDownLatch delivered = new CountDownLatch(2);

        ReactiveExperiment.ofList(experiment)
                .flux(
                        () -> Flux.just(1, 2, 3),
                        () -> Flux.just(1, 2)
                                .doOnNext(element -> delivered.countDown())
                                .concatWith(Flux.never()))
                .blockLast();
        await(delivered);
        eventually("the deadline has passed", () -> {
            ticker.advance(Duration.ofMillis(100));
            return recording.published() == 1;
        });

        assertThat(candidate().verdict()).isEqualTo(Verdict.TIMED_OUT);
    }

    @Test
    @Tag("promise-6")
    void aSubscriberWhoTakesNoMoreAndDoesNotLeaveHoldsNoPermitAfterTheDeadline() {
        Experiment<List<Integer>> experiment = experiment(Start.IMMEDIATE);
        Sinks.Many<Integer> primary = Sinks.many().unicast().onBackpressureBuffer();

        ReactiveExperiment.ofList(experiment)
                .flux(primary::asFlux, () -> Flux.range(1, 20))
                .subscribe();
        primary.tryEmitNext(1).orThrow();
        primary.tryEmitNext(2).orThrow();
        eventually("the deadline has passed", () -> {
            ticker.advance(Duration.ofMillis(100));
            return recording.published() == 1;
        });

        eventually("the permit is back", () -> experiment.tally().inFlight() == 0);
        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(trial().primary().valueOrNull()).isEqualTo(List.of(1, 2));
        assertThat(ticker.getAsLong())
                .as("long before it would be given up")
                .isLessThan(Duration.ofSeconds(30).toNanos());
    }

    // ---- long ones ----

    @ParameterizedTest
    @EnumSource
    @Tag("promise-15")
    void aStreamLongerThanTheLimitFlowsOnAndSpeaksAgainstNobody(Start start) {
        ResultComparator<Object> ofWholes = (primary, candidate) -> List.of();
        Experiment<List<Integer>> experiment = scientist.experiment(
                "stream", options -> options.start(start).maxElements(100).comparator(ofWholes));

        List<Integer> answer = ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 101), () -> Flux.range(1, 101))
                .collectList()
                .block();
        eventually("it is counted", () -> experiment.tally().calls("candidate") == 1);

        assertThat(answer).hasSize(101);
        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.OVER_BUDGET)
                        + experiment.tally().count("candidate", Verdict.SKIPPED, Reason.ABANDONED))
                .isEqualTo(1);
        assertThat(evidence.snapshot("stream").compared()).isZero();
    }

    @Test
    void aStreamAsLongAsTheLimitIsComparedAndALongerCandidateDiffers() {
        Experiment<List<Integer>> experiment = experiment(Start.SAME_THREAD);

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 100), () -> Flux.range(1, 100))
                .blockLast();
        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.range(1, 100), () -> Flux.range(1, 5_000))
                .blockLast();

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        assertThat(experiment.tally().count(Verdict.MISMATCHED)).isEqualTo(1);
    }

    // ---- what is kept ----

    /** Begins a stream that never ends, of elements that only the library may still hold. */
    private WeakReference<Object> begin(
            Experiment<List<Object>> experiment, Flux<Object> candidate, Sinks.Many<Object> primary) {
        Object element = new Object();
        ReactiveExperiment.ofList(experiment)
                .flux(primary::asFlux, () -> candidate)
                .subscribe(taken -> {});
        primary.tryEmitNext(element).orThrow();
        return new WeakReference<>(element);
    }

    @Test
    @Tag("promise-14")
    void aStreamThatOutlivesItsTrialHoldsNothingOfIt() {
        Experiment<List<Object>> experiment = scientist.experiment("kept", options -> options.start(Start.IMMEDIATE));
        Sinks.Many<Object> primary = Sinks.many().unicast().onBackpressureBuffer();

        WeakReference<Object> element = begin(experiment, Flux.empty(), primary);
        eventually("it is given up", () -> {
            ticker.advance(Duration.ofSeconds(20));
            return experiment.tally().inFlight() == 0 && experiment.tally().calls("candidate") == 1;
        });
        recording.takeTrials();

        eventually("the element is collected", () -> {
            System.gc();
            return element.get() == null;
        });
        assertThat(primary.currentSubscriberCount()).isEqualTo(1);
    }

    @Test
    @Tag("promise-14")
    void aStreamThatWasCutAtTheDeadlineHoldsNothingOfItsTrial() {
        Experiment<List<Object>> experiment = scientist.experiment("kept", options -> options.start(Start.IMMEDIATE));
        Sinks.Many<Object> primary = Sinks.many().unicast().onBackpressureBuffer();

        WeakReference<Object> element = begin(experiment, Flux.<Object>just("x").concatWith(Flux.never()), primary);
        eventually("it is cut", () -> {
            ticker.advance(Duration.ofMillis(100));
            return recording.published() == 1 && experiment.tally().inFlight() == 0;
        });
        Outcome.Kind kind = recording.takeTrials().get(0).primary().kind();

        eventually("the element is collected", () -> {
            System.gc();
            return element.get() == null;
        });
        assertThat(primary.currentSubscriberCount()).isEqualTo(1);
        assertThat(kind).isEqualTo(Outcome.Kind.RETURNED);
    }

    @Test
    @Tag("promise-14")
    void closingLeavesNothingOnAStreamThatGoesOn() {
        Experiment<List<Object>> experiment = scientist.experiment("kept", options -> options.start(Start.IMMEDIATE));
        Sinks.Many<Object> primary = Sinks.many().unicast().onBackpressureBuffer();

        WeakReference<Object> element = begin(experiment, Flux.never(), primary);
        scientist.close();
        recording.takeTrials();

        eventually("the element is collected", () -> {
            System.gc();
            return element.get() == null;
        });
        assertThat(primary.currentSubscriberCount()).isEqualTo(1);
    }
}
