package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scientist.ExperimentOptions.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A primary that somebody else runs")
class ObservedPrimaryTest {

    @AutoClose
    private final Bench bench = new Bench();

    private static <T> ObservedPrimary<T> observed(Experiment<T> experiment, Implementation<? extends T, ?> candidate) {
        return requireNonNull(experiment.call().candidate(candidate).observe(), "an observed primary");
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void whatItReturnsIsComparedHoweverCandidatesStart(Start start) {
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        observed(experiment, () -> "a").returned("a");
        observed(experiment, () -> "b").returned("a");
        observed(experiment, () -> null).returned(null);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 2L, "mismatched", 1L));
    }

    @Test
    void whatItThrewIsComparedAsItIs() {
        IOException error = new IOException("x");
        Experiment<String> experiment = bench.experiment();

        observed(experiment, () -> {
                    throw new IOException("x");
                })
                .threw(error);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().errorOrNull()).isSameAs(error);
    }

    @Test
    void aCallThatItsCallerGaveUpIsUncompared() {
        Experiment<String> experiment = bench.experiment(options -> options.ownedFutures(true));
        CompletableFuture<String> pending = new CompletableFuture<>();
        ObservedPrimary<String> primary =
                requireNonNull(experiment.call().asyncCandidate(() -> pending).observe());
        eventually("the candidate is called", () -> pending.getNumberOfDependents() > 0);

        primary.cancelled();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
        assertThat(pending).isCancelled();
    }

    @Test
    void anAnswerThatIsLongerThanItMayBeIsNoEvidence() {
        Experiment<String> experiment = bench.experiment();
        Door door = bench.door();
        ObservedPrimary<String> primary = observed(experiment, () -> {
            door.pass();
            return "a";
        });
        door.awaitArrivals(1);

        primary.tooLong(new OverBudgetException("more than 3 bytes"));
        door.open();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/over_budget", 1L));
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_PRIMARY", "SAME_THREAD"})
    void withoutAnOutcomeACandidateThatWaitsForItIsSkipped(Start start) {
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        observed(experiment, () -> "a").cancelled();
        observed(experiment, () -> "a").tooLong(new OverBudgetException("more than 3 bytes"));
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/abandoned", 2L));
    }

    @Test
    void aLateCandidateHasTimedOutEvenIfThePrimarysOutcomeStaysUnknown() {
        Experiment<String> experiment = bench.experiment(options -> options.candidateTimeout(Duration.ofSeconds(1)));
        Door door = bench.door();
        ObservedPrimary<String> primary = observed(experiment, () -> {
            door.pass();
            return "a";
        });
        door.awaitArrivals(1);

        bench.ticker.advance(Duration.ofSeconds(1));
        door.awaitInterruption();
        primary.cancelled();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
    }

    @Test
    @SuppressWarnings("DataFlowIssue")
    void aMissingErrorOrLimitThrowsNothingAndIsNoEvidence() {
        Experiment<String> experiment = bench.experiment(options -> options.start(Start.SAME_THREAD));

        observed(experiment, () -> "a").threw(null);
        observed(experiment, () -> "a").tooLong(null);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/abandoned", 2L));
    }

    @Test
    @Tag("promise-3")
    void theFirstThatIsToldCountsAndEveryOtherIsNotHeard() {
        Experiment<String> experiment = bench.experiment();
        ObservedPrimary<String> primary = observed(experiment, () -> "a");

        primary.returned("a");
        primary.returned("b");
        primary.threw(new IOException("x"));
        primary.cancelled();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    @Tag("promise-3")
    @Tag("promise-5")
    void aPrimaryOfWhichNothingIsEverToldIsGivenUpAMinuteAfterTheDeadline(Start start) {
        Experiment<String> experiment =
                bench.experiment(options -> options.start(start).candidateTimeout(Duration.ofSeconds(1)));
        ObservedPrimary<String> primary = observed(experiment, () -> "a");

        bench.ticker.advance(Duration.ofSeconds(61));
        eventually(
                "the call is counted",
                () -> experiment.tally().calls("candidate") == 1
                        && experiment.tally().inFlight() == 0);
        primary.returned("a");

        assertThat(verdicts(experiment)).hasSize(1).doesNotContainKey("matched");
    }

    @Test
    @Tag("promise-18")
    void closingGivesUpAPrimaryOfWhichNothingWasTold() {
        Scientist scientist = bench.use(bench.builder().closeTimeout(Duration.ofMillis(1)));
        Experiment<String> experiment = bench.experiment();
        observed(experiment, () -> "a");
        eventually("the candidate has ended", () -> experiment.tally().inFlight() == 1);

        scientist.close();
        settle(experiment);

        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
    }

    @Test
    void aCallThatIsNotSampledHasNothingToTellAndIsCounted() {
        Experiment<String> experiment = bench.experiment(options -> options.sampleRate(0));

        ObservedPrimary<String> primary = experiment.call().candidate(() -> "a").observe();

        assertThat(primary).isNull();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
    }

    @Test
    @Tag("promise-11")
    void insideAShadowThereIsNothingToTell() {
        Experiment<String> inner = bench.scientist().experiment("inner");
        Experiment<String> outer = bench.experiment();
        List<Object> found = new CopyOnWriteArrayList<>();

        outer.run(() -> "a", () -> {
            found.add(inner.call().candidate(() -> "b").observe() == null);
            return "a";
        });
        settle(outer);

        assertThat(found).containsExactly(true);
        assertThat(verdicts(inner)).isEqualTo(Map.of("skipped/nested", 1L));
    }

    @Test
    @Tag("promise-6")
    void withoutAPermitThereIsNothingToTell() {
        Experiment<String> experiment = bench.experiment(options -> options.maxConcurrent(1));
        ObservedPrimary<String> first = observed(experiment, () -> "a");

        ObservedPrimary<String> second = experiment.call().candidate(() -> "a").observe();
        first.returned("a");
        settle(experiment);

        assertThat(second).isNull();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "skipped/saturated", 1L));
    }

    @Test
    @Tag("promise-9")
    void theSnapshotIsTakenWhileItIsTold() {
        Experiment<StringBuilder> experiment = bench.experiment(options -> options.snapshot(StringBuilder::new)
                .comparator((a, b) ->
                        a.compareTo(b) == 0 ? List.of() : List.of(Difference.of("", Difference.Kind.CHANGED, a, b))));
        StringBuilder answer = new StringBuilder("a");

        observed(experiment, () -> new StringBuilder("a")).returned(answer);
        answer.append("b");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void itRunsASecondTimeOnlyAsTheCallSays() {
        Experiment<String> experiment = bench.experiment(options -> options.replicateRate(1));
        AtomicReference<String> repeated = new AtomicReference<>();

        observed(experiment, () -> "a").returned("a");
        settle(experiment);
        requireNonNull(experiment
                        .call()
                        .candidate(() -> "a")
                        .replicate("again", argument -> {
                            repeated.set(argument);
                            return "a";
                        })
                        .observe())
                .returned("a");
        settle(experiment);

        assertThat(repeated).hasValue("again");
        assertThat(bench.seen.all().get(0).replicate()).isNull();
        assertThat(requireNonNull(bench.seen.all().get(1).replicate()).verdict())
                .isEqualTo(Verdict.MATCHED);
    }

    @Test
    void aCallIsObservedOnce() {
        Experiment.Call<String> call = bench.<String>experiment().call().candidate(() -> "a");

        requireNonNull(call.observe()).returned("a");

        assertThatIllegalStateException().isThrownBy(call::observe).withMessageContaining("has run already");
    }
}
