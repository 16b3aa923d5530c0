package dev.scientist.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Scientist;
import dev.scientist.Tally.Hook;
import dev.scientist.TestScientists;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.testing.RecordingPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class DescribedSubscriptionTest {

    private final RecordingPublisher recording = new RecordingPublisher();

    @AutoClose
    private final Scientist scientist =
            TestScientists.builder(new FakeTicker()).publisher(recording).build();

    private static List<?> copyOf(List<?> list) {
        return new ArrayList<>(list);
    }

    private <T> Experiment<T> sameThread(Consumer<ExperimentOptions.Builder<T>> options) {
        return scientist.experiment("experiment", builder -> {
            builder.start(Start.SAME_THREAD).argumentCopier(List.class, DescribedSubscriptionTest::copyOf);
            options.accept(builder);
        });
    }

    @Test
    void eachSubscriptionIsDescribedAndGetsACopyOfItsOwn() {
        Experiment<String> experiment = sameThread(options -> {});
        AtomicInteger subscriptions = new AtomicInteger();
        List<Integer> argument = new ArrayList<>(List.of(1));
        Mono<String> observed = ReactiveExperiment.of(experiment)
                .describedBy(call -> call.attribute("subscription", subscriptions.incrementAndGet()))
                .on(argument)
                .mono(own -> Mono.fromSupplier(argument::toString), copy -> {
                    copy.add(0);
                    return Mono.just("[1]");
                });

        List<String> answers = List.of(observed.block(), observed.block());

        assertThat(answers).containsExactly("[1]", "[1]");
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(2);
        assertThat(recording.trials())
                .extracting(trial -> trial.attributes())
                .containsExactly(Map.of("subscription", 1), Map.of("subscription", 2));
    }

    private record Request(String customer) {}

    private record Quote(int amount) {}

    private interface Quotes {
        Mono<Quote> quote(Request request);
    }

    @Test
    void theCodeOfThePageRuns() {
        Request request = new Request("c-1");
        Quotes ledger = any -> Mono.just(new Quote(1));
        Quotes rewrite = any -> Mono.just(new Quote(2));

        // tag::reactive[]
        ReactiveExperiment<Quote> quotes = ReactiveExperiment.of(scientist.experiment("pricing.quote"));

        Mono<Quote> quote = quotes.mono(() -> ledger.quote(request), () -> rewrite.quote(request));

        Mono<Quote> described = quotes.describedBy(call -> call.key(request.customer()))
                .on(request)
                .mono(ledger::quote, rewrite::quote);
        // end::reactive[]

        assertThat(quote.block()).isEqualTo(new Quote(1));
        assertThat(described.block()).isEqualTo(new Quote(1));
        scientist.close();
        assertThat(recording.trials()).hasSize(2);
    }

    @Test
    void aFluxIsDescribedAndComparedAsAList() {
        Experiment<List<Integer>> experiment = sameThread(options -> {});

        List<Integer> answer = ReactiveExperiment.ofList(experiment)
                .describedBy(call -> call.attributesFrom(() -> Map.of("a", 1)))
                .on(3)
                .flux(own -> Flux.range(1, 3), count -> Flux.range(1, count + 1))
                .collectList()
                .block();

        assertThat(answer).containsExactly(1, 2, 3);
        assertThat(experiment.tally().count(Verdict.MISMATCHED)).isEqualTo(1);
        assertThat(recording.trials().get(0).attributes()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aSubscriptionOutsideTheSampleCopiesNothingAndAsksForNothing() {
        AtomicInteger asked = new AtomicInteger();
        Experiment<String> experiment = sameThread(
                options -> options.sampleRate(0).argumentCopier(String.class, text -> text + asked.incrementAndGet()));

        String answer = ReactiveExperiment.of(experiment)
                .describedBy(call -> call.keyFrom(asked::incrementAndGet).attributesFrom(() -> {
                    asked.incrementAndGet();
                    return Map.of();
                }))
                .on("argument")
                .mono(own -> Mono.just("a"), text -> {
                    asked.incrementAndGet();
                    return Mono.just("a");
                })
                .block();

        assertThat(answer).isEqualTo("a");
        assertThat(asked).hasValue(0);
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.NOT_SAMPLED))
                .isEqualTo(1);
    }

    @Test
    void theCandidateIsMadeOnItsOwnThread() {
        Experiment<String> experiment = scientist.experiment("experiment");
        AtomicReference<Thread> thread = new AtomicReference<>();

        ReactiveExperiment.of(experiment)
                .on("x")
                .mono(own -> Mono.just("a"), text -> {
                    thread.set(Thread.currentThread());
                    return Mono.just("a");
                })
                .block();
        scientist.close();

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());
    }

    static Stream<Function<String, Mono<String>>> candidatesThatAreNotMade() {
        return Stream.of(text -> null, text -> {
            throw new LinkageError("candidate");
        });
    }

    @ParameterizedTest
    @MethodSource("candidatesThatAreNotMade")
    @Tag("promise-2")
    void aCandidateThatIsNotMadeHasFailed(Function<String, Mono<String>> candidate) {
        Experiment<String> experiment = sameThread(options -> {});

        String answer = ReactiveExperiment.of(experiment)
                .on("x")
                .mono(own -> Mono.just("a"), candidate)
                .block();

        assertThat(answer).isEqualTo("a");
        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isEqualTo(1);
    }

    @Test
    @Tag("promise-2")
    void aFluxThatIsNotMadeHasFailed() {
        Experiment<List<String>> experiment = sameThread(options -> {});

        ReactiveExperiment.ofList(experiment)
                .on("x")
                .flux(own -> Flux.just("a"), text -> (Flux<String>) null)
                .blockLast();

        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isEqualTo(1);
    }

    static Stream<UnaryOperator<Experiment.Call<String>>> descriptionsThatFail() {
        return Stream.of(
                call -> null,
                call -> {
                    throw new LinkageError("description");
                },
                call -> call.candidate(() -> "theirs"),
                call -> {
                    call.run(() -> "theirs");
                    return call;
                });
    }

    @ParameterizedTest
    @MethodSource("descriptionsThatFail")
    @Tag("promise-2")
    void aDescriptionThatFailsIsContainedAndCounted(UnaryOperator<Experiment.Call<String>> description) {
        Experiment<String> experiment = sameThread(options -> {});

        String answer = ReactiveExperiment.of(experiment)
                .describedBy(description)
                .on("x")
                .mono(own -> Mono.just("a"), Mono::just)
                .block();

        assertThat(answer).isEqualTo("a");
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.NOT_SAMPLED))
                .isEqualTo(1);
        assertThat(experiment.tally().hookFailures(Hook.ATTRIBUTES)).isEqualTo(1);
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @Test
    void whatIsWrongIsRefusedWhenThePipelineIsAssembled() {
        Experiment<String> experiment = sameThread(options -> {});

        assertThatNullPointerException()
                .isThrownBy(() -> ReactiveExperiment.of(experiment).describedBy(null))
                .withMessage("description");
        assertThatNullPointerException()
                .isThrownBy(() -> ReactiveExperiment.of(experiment).on("x").replicate(null))
                .withMessage("replicate");
        assertThatNullPointerException()
                .isThrownBy(() -> ReactiveExperiment.of(experiment).on("x").mono(Mono::just, null))
                .withMessage("candidate");
    }

    @Test
    @Tag("promise-9")
    void thePrimaryGetsTheCallersOwnArgumentAndTheCandidateACopy() {
        Experiment<List<Integer>> experiment = sameThread(options -> {});
        List<Integer> argument = new ArrayList<>(List.of(1, 2));
        List<Object> got = new ArrayList<>();

        ReactiveExperiment.ofList(experiment)
                .on(argument)
                .flux(own -> Flux.fromIterable(kept(got, own)), copy -> Flux.fromIterable(kept(got, copy)))
                .blockLast();

        assertThat(got).hasSize(2).first().isSameAs(argument);
        assertThat(got.get(1)).isEqualTo(argument).isNotSameAs(argument);
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    private static <T> T kept(List<Object> all, T one) {
        all.add(one);
        return one;
    }

    @Test
    @Tag("promise-9")
    void thePrimaryIsMadeAgainOfACopyWhereTheCallSaysHow() {
        Experiment<String> experiment = sameThread(options -> options.replicateRate(1));
        List<Integer> argument = new ArrayList<>(List.of(1));

        String answer = ReactiveExperiment.of(experiment)
                .on(argument)
                .replicate(copy -> {
                    copy.add(2);
                    return Mono.just("again " + copy);
                })
                .mono(own -> Mono.fromSupplier(argument::toString), copy -> Mono.just(copy.toString()))
                .block();

        assertThat(answer).isEqualTo("[1]");
        assertThat(recording.trials())
                .singleElement()
                .extracting(trial -> trial.replicate().outcome().valueOrNull())
                .isEqualTo("again [1, 2]");
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @Test
    void aFluxIsMadeAgainToo() {
        Experiment<List<Integer>> experiment = sameThread(options -> options.replicateRate(1));

        List<Integer> answer = ReactiveExperiment.ofList(experiment)
                .on(1)
                .replicate(first -> Flux.just(first, 3))
                .flux(own -> Flux.just(1, 2), first -> Flux.just(first, 2))
                .collectList()
                .block();

        assertThat(answer).containsExactly(1, 2);
        assertThat(recording.trials())
                .singleElement()
                .extracting(trial -> trial.replicate().outcome().valueOrNull())
                .isEqualTo(List.of(1, 3));
    }
}
