package dev.scientist.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Scientist;
import dev.scientist.TestScientists;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DisplayName("A pipeline of a reactive experiment while it is assembled")
class AssemblyTest {

    private final RecordingPublisher recording = new RecordingPublisher();

    @AutoClose
    private final Scientist scientist =
            TestScientists.builder(new FakeTicker()).publisher(recording).build();

    private <T> Experiment<T> sameThread(String name) {
        return scientist.experiment(name, options -> options.start(Start.SAME_THREAD));
    }

    @Test
    @Tag("promise-1")
    void thePrimaryIsCalledOnceAtOnceAndOnTheCallersThread() {
        ReactiveExperiment<String> experiment = ReactiveExperiment.of(sameThread("once"));
        List<Thread> calledBy = new ArrayList<>();

        Mono<String> observed = experiment.mono(
                () -> {
                    calledBy.add(Thread.currentThread());
                    return Mono.just("a");
                },
                () -> Mono.just("a"));
        List<Thread> calledBefore = List.copyOf(calledBy);
        observed.block();
        observed.block();

        assertThat(calledBefore).containsExactly(Thread.currentThread());
        assertThat(calledBy).hasSize(1);
    }

    @Test
    @Tag("promise-1")
    void aPrimaryThatThrowsInsteadOfReturningAPublisherThrowsThatToTheCaller() {
        Experiment<String> experiment = sameThread("throws");
        IllegalStateException error = new IllegalStateException("primary");

        Throwable thrown = catchThrowable(() -> ReactiveExperiment.of(experiment)
                .mono(
                        () -> {
                            throw error;
                        },
                        () -> Mono.just("a")));

        assertThat(thrown).isSameAs(error);
        assertThat(experiment.tally().calls("candidate")).isZero();
    }

    @Test
    @Tag("promise-2")
    void aCandidateThatThrowsOrReturnsNullInsteadOfAPublisherHasFailed() {
        Experiment<String> experiment = sameThread("candidate");
        ReactiveExperiment<String> reactive = ReactiveExperiment.of(experiment);

        String thrown = reactive.mono(() -> Mono.just("a"), () -> {
                    throw new LinkageError("candidate");
                })
                .block();
        String nothing = reactive.mono(() -> Mono.just("a"), () -> null).block();

        assertThat(List.of(thrown, nothing)).containsExactly("a", "a");
        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isEqualTo(2);
    }

    @Test
    void whatIsMissingIsRefusedWhenThePipelineIsAssembled() {
        ReactiveExperiment<String> mono = ReactiveExperiment.of(sameThread("mono"));
        ReactiveExperiment.OfList<String> flux = ReactiveExperiment.ofList(sameThread("flux"));

        assertThatNullPointerException()
                .isThrownBy(() -> mono.mono(() -> null, Mono::empty))
                .withMessage("the primary's publisher");
        assertThatNullPointerException()
                .isThrownBy(() -> flux.flux(() -> null, Flux::empty))
                .withMessage("the primary's publisher");
        assertThatNullPointerException()
                .isThrownBy(() -> mono.mono(null, Mono::empty))
                .withMessage("primary");
        assertThatNullPointerException()
                .isThrownBy(() -> flux.flux(Flux::empty, null))
                .withMessage("candidate");
    }

    @Test
    void severalCandidatesAreRefused() {
        Experiment<String> experiment = scientist.experiment("two", options -> options.candidates("a", "b"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReactiveExperiment.of(experiment))
                .withMessageContaining("two")
                .withMessageContaining("[a, b]");
    }

    @Test
    void oneDoorServesManyCallsAndItsStepsLeaveItAsItWas() {
        Experiment<String> experiment = sameThread("many");
        ReactiveExperiment<String> plain = ReactiveExperiment.of(experiment);

        plain.describedBy(call -> call.attribute("a", 1))
                .mono(() -> Mono.just("a"), () -> Mono.just("a"))
                .block();
        plain.mono(() -> Mono.just("a"), () -> Mono.just("a")).block();

        assertThat(recording.trials())
                .extracting(trial -> trial.attributes())
                .containsExactly(Map.of("a", 1), Map.of());
    }
}
