package dev.scientist.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Scientist;
import dev.scientist.Shadow;
import dev.scientist.TestScientists;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.testing.RecordingPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class ReactiveExperimentTest {

    private final RecordingPublisher recording = new RecordingPublisher();
    private final FakeTicker ticker = new FakeTicker();
    private final Scientist scientist =
            TestScientists.builder(ticker).publisher(recording).build();

    @AfterEach
    void close() {
        scientist.close();
    }

    @Test
    void aMonoPassesThroughAndIsCompared() {
        Experiment<String> experiment = sameThread("mono");

        StepVerifier.create(ReactiveExperiment.of(experiment).mono(() -> Mono.just("a"), () -> Mono.just("a")))
                .expectNext("a")
                .verifyComplete();
        StepVerifier.create(ReactiveExperiment.of(experiment).mono(() -> Mono.just("a"), () -> Mono.just("b")))
                .expectNext("a")
                .verifyComplete();

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        assertThat(experiment.tally().count(Verdict.MISMATCHED)).isEqualTo(1);
    }

    @Test
    @Tag("case-7")
    void anEmptyMonoIsAnAnswer() {
        Experiment<String> experiment = sameThread("empty");

        StepVerifier.create(ReactiveExperiment.of(experiment).mono(Mono::empty, Mono::empty))
                .verifyComplete();
        StepVerifier.create(ReactiveExperiment.of(experiment).mono(Mono::empty, () -> Mono.just("a")))
                .verifyComplete();

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        assertThat(experiment.tally().count(Verdict.MISMATCHED)).isEqualTo(1);
    }

    @Test
    @Tag("promise-1")
    void theSubscriberGetsThePrimarysVeryError() {
        Experiment<String> experiment = sameThread("error");
        IllegalStateException error = new IllegalStateException("primary");

        StepVerifier.create(ReactiveExperiment.of(experiment).mono(() -> Mono.error(error), () -> Mono.just("a")))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(error));

        assertThat(experiment.tally().count(Verdict.PRIMARY_FAILED)).isEqualTo(1);
        assertThat(recording.trials().get(0).primary().errorOrNull()).isSameAs(error);
    }

    @Test
    @Tag("promise-2")
    void aCandidateThatFailsWhileItIsAssembledReachesNobody() {
        Experiment<String> experiment = sameThread("assembly");
        Mono<String> candidate = Mono.defer(() -> {
            throw new LinkageError("candidate");
        });

        StepVerifier.create(ReactiveExperiment.of(experiment).mono(() -> Mono.just("a"), () -> candidate))
                .expectNext("a")
                .verifyComplete();

        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isEqualTo(1);
    }

    @Test
    void eachSubscriptionIsACall() {
        Experiment<String> experiment = sameThread("subscriptions");
        AtomicInteger subscriptions = new AtomicInteger();
        Mono<String> observed = ReactiveExperiment.of(experiment)
                .mono(() -> Mono.just("a"), () -> Mono.fromSupplier(() -> "a" + subscriptions.incrementAndGet()));

        observed.block();
        observed.block();

        assertThat(subscriptions).hasValue(2);
        assertThat(experiment.tally().calls("candidate")).isEqualTo(2);
    }

    @Test
    @Tag("promise-10")
    void theReactorContextReachesTheCandidate() throws InterruptedException {
        Experiment<String> experiment = scientist.experiment("context");
        AtomicReference<String> tenant = new AtomicReference<>();
        CountDownLatch seen = new CountDownLatch(1);
        Mono<String> candidate = Mono.deferContextual(context -> {
            tenant.set(context.get("tenant"));
            seen.countDown();
            return Mono.just("a");
        });

        ReactiveExperiment.of(experiment)
                .mono(() -> Mono.just("a"), () -> candidate)
                .contextWrite(context -> context.put("tenant", "acme"))
                .block();

        assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(tenant).hasValue("acme");
    }

    @Test
    @Tag("promise-11")
    void anExperimentInsideACandidateStartsNoOtherEvenOnAnotherThread() {
        Experiment<String> outer = sameThread("outer");
        Experiment<String> inner = sameThread("inner");
        AtomicBoolean innerRan = new AtomicBoolean();
        Mono<String> nested = ReactiveExperiment.of(inner)
                .mono(
                        () -> Mono.just("a"),
                        () -> Mono.fromSupplier(() -> {
                            innerRan.set(true);
                            return "a";
                        }));
        Mono<String> elsewhere = Mono.defer(() -> {
            Shadow.restore(null); // as on a thread without a mark
            return nested;
        });

        ReactiveExperiment.of(outer).mono(() -> Mono.just("a"), () -> elsewhere).block();

        assertThat(innerRan).isFalse();
        assertThat(inner.tally().count("candidate", Verdict.SKIPPED, Reason.NESTED))
                .isEqualTo(1);
        assertThat(outer.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @Test
    @Tag("promise-5")
    void aLateCandidateIsDisposed() throws InterruptedException {
        Experiment<String> experiment =
                scientist.experiment("late", options -> options.candidateTimeout(Duration.ofMillis(20)));
        CountDownLatch subscribed = new CountDownLatch(1);
        CountDownLatch disposed = new CountDownLatch(1);
        Mono<String> candidate =
                Mono.<String>never().doOnSubscribe(s -> subscribed.countDown()).doOnCancel(disposed::countDown);

        String answer = ReactiveExperiment.of(experiment)
                .mono(() -> Mono.just("a"), () -> candidate)
                .block();
        await(subscribed);
        ticker.advance(Duration.ofMillis(20));

        assertThat(answer).isEqualTo("a");
        assertThat(disposed.await(30, TimeUnit.SECONDS)).isTrue();
        scientist.close();
        assertThat(experiment.tally().count(Verdict.TIMED_OUT)).isEqualTo(1);
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @Test
    void thePrimaryRunsASecondTimeByAnotherSubscriptionAsAShadow() {
        Experiment<Integer> experiment = scientist.experiment(
                "replicate", options -> options.start(Start.SAME_THREAD).replicateRate(1));
        AtomicInteger subscriptions = new AtomicInteger();
        List<String> seen = new ArrayList<>();
        Mono<Integer> primary = Mono.deferContextual(context -> {
            seen.add(context.get("tenant") + (Shadow.isActive() ? " shadow" : ""));
            return Mono.just(subscriptions.incrementAndGet());
        });

        Integer answer = ReactiveExperiment.of(experiment)
                .mono(() -> primary, () -> Mono.just(1))
                .contextWrite(context -> context.put("tenant", "acme"))
                .block();

        assertThat(answer).isEqualTo(1);
        assertThat(seen).containsExactly("acme", "acme shadow");
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        assertThat(recording.trials())
                .singleElement()
                .extracting(
                        trial -> trial.replicate().verdict(),
                        trial -> trial.replicate().outcome().valueOrNull())
                .containsExactly(Verdict.MISMATCHED, 2);
    }

    @Test
    void aFluxRunsASecondTimeToo() {
        Experiment<List<Integer>> experiment = scientist.experiment(
                "replicates", options -> options.start(Start.SAME_THREAD).replicateRate(1));
        AtomicInteger subscriptions = new AtomicInteger();
        Flux<Integer> primary = Flux.defer(() -> Flux.range(subscriptions.getAndIncrement(), 2));

        List<Integer> answer = ReactiveExperiment.ofList(experiment)
                .flux(() -> primary, () -> Flux.just(0, 1))
                .collectList()
                .block();

        assertThat(answer).containsExactly(0, 1);
        assertThat(recording.trials().get(0).replicate().outcome().valueOrNull())
                .isEqualTo(List.of(1, 2));
    }

    @Test
    @Tag("promise-1")
    void aLateSecondRunIsDisposedAndThePrimaryIsNot() {
        Experiment<String> experiment = scientist.experiment(
                "late replicate", options -> options.replicateRate(1).candidateTimeout(Duration.ofMillis(20)));
        CountDownLatch disposed = new CountDownLatch(1);
        Mono<String> primary = Mono.defer(() -> Shadow.isActive()
                ? Mono.<String>never()
                        .doOnSubscribe(s -> ticker.advance(Duration.ofMillis(20)))
                        .doOnCancel(disposed::countDown)
                : Mono.fromCallable(() -> {
                    await(disposed);
                    return "a";
                }));

        String answer = ReactiveExperiment.of(experiment)
                .mono(() -> primary, () -> Mono.just("a"))
                .block();
        scientist.close();

        assertThat(answer).isEqualTo("a");
        assertThat(experiment.tally().inFlight()).isZero();
        assertThat(recording.trials().get(0).replicate().verdict()).isEqualTo(Verdict.TIMED_OUT);
    }

    @Test
    void aCancelledPrimaryCancelsTheCandidateAndIsUncompared() throws InterruptedException {
        Experiment<String> experiment =
                scientist.experiment("cancel", options -> options.candidateTimeout(Duration.ofMinutes(1)));
        CountDownLatch subscribed = new CountDownLatch(1);
        CountDownLatch disposed = new CountDownLatch(1);
        Mono<String> candidate =
                Mono.<String>never().doOnSubscribe(s -> subscribed.countDown()).doOnCancel(disposed::countDown);

        StepVerifier.create(ReactiveExperiment.of(experiment).mono(Mono::never, () -> candidate))
                .expectSubscription()
                .then(() -> await(subscribed))
                .thenCancel()
                .verify();

        assertThat(disposed.await(30, TimeUnit.SECONDS)).isTrue();
        scientist.close();
        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.CANCELLED))
                .isEqualTo(1);
    }

    @Test
    void aFluxFlowsAsItComesAndIsComparedAsAList() {
        Experiment<List<Integer>> experiment = sameThread("flux");

        StepVerifier.create(ReactiveExperiment.ofList(experiment).flux(() -> Flux.range(1, 3), () -> Flux.range(1, 3)))
                .expectNext(1, 2, 3)
                .verifyComplete();
        StepVerifier.create(ReactiveExperiment.ofList(experiment).flux(() -> Flux.range(1, 3), () -> Flux.range(1, 4)))
                .expectNext(1, 2, 3)
                .verifyComplete();

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        assertThat(experiment.tally().count(Verdict.MISMATCHED)).isEqualTo(1);
    }

    @Test
    void backpressureAndOrderAreThePrimarys() {
        Experiment<List<Integer>> experiment = sameThread("backpressure");
        TestPublisher<Integer> primary = TestPublisher.create();

        StepVerifier.create(ReactiveExperiment.ofList(experiment).flux(primary::flux, () -> Flux.just(1, 2)), 1)
                .then(() -> primary.next(1))
                .expectNext(1)
                .then(() -> primary.assertMaxRequested(1))
                .thenRequest(1)
                .then(() -> primary.next(2).complete())
                .expectNext(2)
                .verifyComplete();

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @Test
    void aCallOutsideTheSampleIsNotEvenObserved() {
        Experiment<String> experiment = scientist.experiment("off", options -> options.sampleRate(0));
        AtomicBoolean ran = new AtomicBoolean();

        String answer = ReactiveExperiment.of(experiment)
                .mono(
                        () -> Mono.just("a"),
                        () -> Mono.fromSupplier(() -> {
                            ran.set(true);
                            return "a";
                        }))
                .block();

        assertThat(answer).isEqualTo("a");
        assertThat(ran).isFalse();
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.NOT_SAMPLED))
                .isEqualTo(1);
    }

    @Test
    @Tag("promise-9")
    void aSnapshotIsTakenBeforeTheElementFlowsOn() {
        Experiment<List<Integer>> experiment = scientist.experiment(
                "snapshot", options -> options.start(Start.SAME_THREAD).snapshot(ArrayList::new));

        ReactiveExperiment.of(experiment)
                .mono(() -> Mono.just(new ArrayList<>(List.of(1))), () -> Mono.just(new ArrayList<>(List.of(1))))
                .doOnNext(list -> list.add(2))
                .block();

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    private <T> Experiment<T> sameThread(String name) {
        return scientist.experiment(name, options -> options.start(Start.SAME_THREAD));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
