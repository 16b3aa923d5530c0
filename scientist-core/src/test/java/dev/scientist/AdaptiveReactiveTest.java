package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentSettings.Halving.Cause;
import dev.scientist.reactor.ReactiveExperiment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DisplayName("An adaptive share where primaries are Monos and Fluxes")
class AdaptiveReactiveTest {

    private static final int MOST_CALLS = 10_000;

    private final FakeTicker ticker = new FakeTicker();

    @AutoClose
    private final Scientist scientist = TestScientists.builder(ticker).build();

    private <T> Experiment<T> adaptive() {
        return scientist.experiment(
                "reactive",
                options -> options.sampling(Sampling.ADAPTIVE).sampleRate(0.5).start(Start.AFTER_PRIMARY));
    }

    /** Takes one millisecond of the test's clock, and two in a call whose candidate is going to run. */
    private String primary(Experiment<?> experiment, boolean isSlowed) {
        boolean isBeside = experiment.tally().inFlight() > 0;
        ticker.advance(Duration.ofMillis(isBeside && isSlowed ? 2 : 1));
        return "a";
    }

    /** The number of calls until the share was halved, with a look after each 50 calls. */
    private static int callsUntilHalved(Experiment<?> experiment, Runnable call) {
        int calls = 0;
        while (calls < MOST_CALLS && experiment.tally().halvings(Cause.LATENCY) == 0) {
            call.run();
            Eventually.eventually(
                    "nothing is in flight", () -> experiment.tally().inFlight() == 0);
            calls++;
            if (calls % 50 == 0) {
                ((TrialRunner<?>) experiment).adaptive().look();
            }
        }
        return calls;
    }

    @Test
    void aMonoThatIsSlowedHalvesIt() {
        Experiment<String> experiment = adaptive();

        int calls = callsUntilHalved(
                experiment,
                () -> ReactiveExperiment.of(experiment)
                        .mono(() -> Mono.fromSupplier(() -> primary(experiment, true)), () -> Mono.just("a"))
                        .block());

        assertThat(calls).isLessThan(1_000);
    }

    @Test
    void aFluxThatIsSlowedHalvesIt() {
        Experiment<List<String>> experiment = adaptive();

        int calls = callsUntilHalved(
                experiment,
                () -> ReactiveExperiment.ofList(experiment)
                        .flux(() -> Flux.defer(() -> Flux.just(primary(experiment, true))), () -> Flux.just("a"))
                        .blockLast());

        assertThat(calls).isLessThan(1_000);
    }

    @Test
    void everyAnswerInPartsIsToldOnceWithHowManyRunsItIsCompared() {
        Experiment<String> experiment = adaptive();
        List<Integer> told = new ArrayList<>();
        List<ObservedPrimary<String>> observed = new ArrayList<>();
        PartialAnswer parts = new PartialAnswer() {
            @Override
            public void comparedWith(int runs) {
                told.add(runs);
            }
        };

        for (int i = 0; i < 200; i++) {
            ObservedPrimary<String> primary =
                    experiment.call().candidate(() -> "a").observe(parts);
            if (primary != null) {
                observed.add(primary);
                primary.returned("a");
            }
        }

        assertThat(told).hasSameSizeAs(observed).contains(0, 1);
    }

    @Test
    void aCallThatOffersNoCandidateIsNotTimed() {
        Experiment<String> experiment = adaptive();
        List<ObservedPrimary<String>> observed = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ((TrialRunner<?>) experiment).adaptive().started(); // each allows that one other call is timed
        }

        for (int i = 0; i < 200; i++) {
            ObservedPrimary<String> primary = experiment.call().observe();
            if (primary != null) {
                observed.add(primary);
            }
        }

        assertThat(observed).isEmpty();
    }

    @Test
    void aMonoThatTakesAsLongEitherWayHalvesNothing() {
        Experiment<String> experiment = adaptive();

        for (int i = 0; i < 2_000; i++) {
            ReactiveExperiment.of(experiment)
                    .mono(() -> Mono.fromSupplier(() -> primary(experiment, false)), () -> Mono.just("a"))
                    .block();
        }
        ((TrialRunner<?>) experiment).adaptive().look();

        assertThat(experiment.tally().halvings(Cause.LATENCY)).isZero();
    }
}
