package dev.scientist.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Scientist;
import dev.scientist.TestScientists;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Tag("promise-2")
@DisplayName("Promise 2: what is the caller's own in a Reactor context does not meet the candidate")
class CallersOwnTest {

    @AutoClose
    private final Scientist scientist = TestScientists.builder(new FakeTicker()).build();

    private <T> Experiment<T> experiment() {
        return scientist.experiment(
                "reactive", options -> options.start(Start.SAME_THREAD).replicateRate(1));
    }

    @Test
    void theCallersOnErrorContinueIsNotCalledWithErrorsOfTheCandidate() {
        Experiment<List<Integer>> experiment = experiment();
        Queue<Object> continued = new ConcurrentLinkedQueue<>();
        Flux<Integer> candidate = Flux.just(1, 2, 3).map(number -> {
            if (number == 2) {
                throw new IllegalStateException("candidate");
            }
            return number;
        });

        List<Integer> answer = ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.just(1, 2, 3), () -> candidate)
                .onErrorContinue((error, number) -> continued.add(number))
                .collectList()
                .block();

        assertThat(answer).containsExactly(1, 2, 3);
        assertThat(continued).isEmpty();
        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isEqualTo(1);
    }

    @Test
    void theCallersDoOnDiscardIsNotCalledWithElementsOfTheCandidate() {
        Experiment<List<Integer>> experiment = experiment();
        Queue<Integer> discarded = new ConcurrentLinkedQueue<>();

        ReactiveExperiment.ofList(experiment)
                .flux(
                        () -> Flux.just(1, 2, 3),
                        () -> Flux.just(101, 1, 2, 102, 3).filter(number -> number < 100))
                .doOnDiscard(Integer.class, discarded::add)
                .collectList()
                .block();

        assertThat(discarded).isEmpty();
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reactor.onNextError.localStrategy",
                "reactor.onDiscard.local",
                "reactor.onErrorDropped.local",
                "reactor.onNextDropped.local",
                "reactor.onOperatorError.local",
                "reactor.onRejectedExecution.local",
                "org.springframework.web.filter.reactive.ServerWebExchangeContextFilter.EXCHANGE_CONTEXT",
                "org.springframework.transaction.reactive.TransactionContext",
                "com.mongodb.reactivestreams.client.ClientSession"
            })
    void neitherCandidateNorReplicateFindsIt(String key) {
        Experiment<String> experiment = experiment();
        List<String> found = new ArrayList<>();
        Mono<String> telling = Mono.deferContextual(context -> {
            found.add(context.getOrDefault(key, "nothing") + " and " + context.getOrDefault("tenant", "nothing"));
            return Mono.just("a");
        });

        ReactiveExperiment.of(experiment)
                .mono(() -> telling, () -> telling)
                .contextWrite(own -> own.put(key, "the caller's").put("tenant", "acme"))
                .block();

        assertThat(found).containsExactlyInAnyOrder("the caller's and acme", "nothing and acme", "nothing and acme");
    }
}
