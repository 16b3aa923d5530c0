package dev.scientist;

import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import dev.scientist.reactor.ReactiveExperiment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

@DisplayName("A primary whose answer comes in parts")
class PartialPrimaryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @AutoClose
    private final Bench bench = new Bench();

    /** An answer in parts that does something when it is asked to end. */
    private record Asked(Runnable action) implements PartialAnswer {
        @Override
        public void endAtDeadline() {
            action.run();
        }
    }

    private <T> Experiment<T> experiment(Start start) {
        return bench.experiment(options -> options.start(start).candidateTimeout(TIMEOUT));
    }

    private static ObservedPrimary<String> observed(Experiment<String> experiment, PartialAnswer parts) {
        return requireNonNull(experiment.call().candidate(() -> "a").observe(parts), "an observed primary");
    }

    private static boolean isCounted(Experiment<?> experiment) {
        return experiment.tally().calls("candidate") == 1 && experiment.tally().inFlight() == 0;
    }

    @Test
    @Tag("promise-3")
    @Tag("promise-5")
    void anAnswerThatIsAskedToEndAndNeverReportsIsGivenUpAMinuteAfterTheDeadline() {
        AtomicInteger asked = new AtomicInteger();
        Experiment<String> experiment = experiment(Start.POLLED);

        observed(experiment, new Asked(asked::incrementAndGet));
        eventually("the call is counted", () -> {
            bench.ticker.advance(TIMEOUT);
            return isCounted(experiment);
        });

        assertThat(verdicts(experiment)).hasSize(1).doesNotContainKey("matched");
        assertThat(asked).hasPositiveValue();
    }

    @Test
    @Tag("promise-18")
    void closingGivesUpAnAnswerThatWasAskedToEndAndDidNotReport() {
        AtomicInteger asked = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().closeTimeout(Duration.ofMillis(1)));
        Experiment<String> experiment = experiment(Start.POLLED);

        observed(experiment, new Asked(asked::incrementAndGet));
        bench.ticker.advance(TIMEOUT);
        eventually("it is asked", () -> asked.get() == 1);
        scientist.close();

        eventually("the call is counted", () -> isCounted(experiment));
        assertThat(verdicts(experiment)).hasSize(1).doesNotContainKey("matched");
    }

    @Test
    void anAnswerThatFailsWhenItIsAskedToEndIsReported() {
        Experiment<String> experiment = experiment(Start.POLLED);

        observed(experiment, new Asked(() -> {
            throw new IllegalStateException("secret");
        }));
        bench.ticker.advance(TIMEOUT);
        eventually("it has failed", () -> experiment.tally().hookFailures(Hook.PARTIAL_ANSWER) == 1);

        assertThat(experiment.tally().calls("candidate")).isZero();
    }

    @Test
    @Tag("promise-2")
    void anAnswerThatFailsWhenItIsToldHowItIsComparedIsReportedAndReachesNoCaller() {
        Experiment<String> experiment = experiment(Start.AFTER_PRIMARY);
        PartialAnswer failing = new PartialAnswer() {
            @Override
            public void comparedWith(int runs) {
                throw new IllegalStateException("secret");
            }
        };

        ObservedPrimary<String> primary;
        List<String> warnings;
        try (LogLines lines = new LogLines(Experiment.class)) {
            primary = experiment.call().candidate(() -> "a").observe(failing);
            warnings = lines.warnings();
        }
        eventually("the call is counted", () -> isCounted(experiment));

        assertThat(primary).isNull();
        assertThat(experiment.tally().hookFailures(Hook.PARTIAL_ANSWER)).isEqualTo(1);
        assertThat(warnings).singleElement().asString().contains("partial_answer failed", "IllegalStateException");
        assertThat(warnings.toString()).doesNotContain("secret");
    }

    @Test
    @Tag("promise-5")
    void anAnswerThatHangsWhenItIsAskedToEndDelaysNoOtherDeadline() {
        Door door = bench.door();
        Experiment<String> experiment = experiment(Start.POLLED);

        observed(experiment, new Asked(door::passStubbornly));
        bench.ticker.advance(TIMEOUT);
        door.awaitArrivals(1);
        bench.letDispatcherWork();

        assertThat(door.arrivals()).isEqualTo(1);
    }

    @Test
    @Tag("promise-5")
    void theSnapshotOfAStreamThatEndsAtTheDeadlineDelaysNoOtherDeadline() {
        Door door = bench.door();
        Experiment<List<String>> experiment =
                bench.experiment(options -> options.candidateTimeout(TIMEOUT).snapshot(taken -> {
                    door.passStubbornly();
                    return taken;
                }));

        ReactiveExperiment.ofList(experiment)
                .flux(() -> Flux.concat(Flux.just("a"), Flux.never()), () -> Flux.just("a"))
                .subscribe();
        eventually("the snapshot is taken", () -> {
            bench.ticker.advance(TIMEOUT);
            return door.arrivals() > 0;
        });
        bench.letDispatcherWork();

        assertThat(door.arrivals()).isEqualTo(1);
    }

    @Test
    void aCandidateOfTheSameThreadIsRunByAWorkerIfTheAnswerEndsAtTheDeadline() {
        List<String> threads = new CopyOnWriteArrayList<>();
        AtomicReference<ObservedPrimary<String>> primary = new AtomicReference<>();
        Experiment<String> experiment = experiment(Start.SAME_THREAD);

        primary.set(requireNonNull(experiment
                .call()
                .candidate(() -> {
                    threads.add(Thread.currentThread().getName());
                    return "a";
                })
                .observe(new Asked(() -> primary.get().returned("a")))));
        bench.ticker.advance(TIMEOUT);
        eventually("the call is counted", () -> isCounted(experiment));

        assertThat(threads).singleElement().asString().doesNotContain("dispatcher");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }
}
