package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentSettings.Halving.Cause;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Adaptive sampling: the primary is protected")
class AdaptiveSamplingTest {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Implementation<String, RuntimeException> SIDE = () -> "a";
    private static final double HALF = 0.5;

    @AutoClose
    private final Bench bench = new Bench();

    private Experiment<String> adaptive(Consumer<ExperimentOptions.Builder<String>> options) {
        return bench.experiment(builder -> {
            builder.sampling(Sampling.ADAPTIVE);
            options.accept(builder);
        });
    }

    /** An experiment whose permits are all taken by a candidate that hangs. */
    private Experiment<String> saturated(Sampling sampling) {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.sampling(sampling)
                .candidateTimeout(Duration.ofDays(1))
                .maxConcurrent(1)
                .start(Start.IMMEDIATE)
                .sampleByKey());
        callWithKey(experiment, () -> {
            door.passStubbornly();
            return "a";
        });
        door.awaitArrivals(1);
        return experiment;
    }

    private static void callWithKey(Experiment<String> experiment, Implementation<String, RuntimeException> candidate) {
        experiment.call().key("customer").candidate(candidate).run(SIDE); // in the sample at a rate of 1, as any key
    }

    // ---- permits and caps ----

    @Test
    void aCallThatFindsNoPermitHalvesTheShareAtOnce() {
        Experiment<String> experiment = saturated(Sampling.ADAPTIVE);

        callWithKey(experiment, SIDE);

        assertThat(experiment.settings().share()).isEqualTo(HALF);
        assertThat(experiment.settings().sampleRate()).isEqualTo(1);
        assertThat(experiment.tally().halvings(Cause.PERMITS)).isEqualTo(1);
        assertThat(experiment.settings().lastHalving()).hasValueSatisfying(last -> {
            assertThat(last.cause()).isEqualTo(Cause.PERMITS);
            assertThat(last.from()).isEqualTo(1);
            assertThat(last.to()).isEqualTo(HALF);
        });
    }

    @Test
    void aConstantShareStaysAsItIs() {
        Experiment<String> experiment = saturated(Sampling.CONSTANT);

        callWithKey(experiment, SIDE);

        assertThat(experiment.settings().share()).isEqualTo(1);
        assertThat(verdicts(experiment)).containsEntry("skipped/saturated", 1L);
        assertThat(experiment.tally().halvings(Cause.PERMITS)).isZero();
    }

    @Test
    void aBurstOfRefusalsHalvesOnce() {
        Experiment<String> experiment =
                adaptive(options -> options.maxPerSecond(1).start(Start.SAME_THREAD));

        callOften(experiment, 1_000);

        assertThat(experiment.settings().share()).isEqualTo(AdaptiveSampling.MOST_SHARE / 2);
        assertThat(experiment.tally().halvings(Cause.CAP)).isEqualTo(1);
    }

    @Test
    void refusalsAfterAQuietTimeHalveAgainUntilAThousandthIsLeft() {
        Experiment<String> experiment = adaptive(options -> options.sampleRate(0.8));

        for (int i = 0; i < 50; i++) {
            bench.ticker.advance(QUIET);
            owner(experiment).noPermit();
        }

        assertThat(experiment.settings().share()).isEqualTo(0.8 / 1024);
        assertThat(experiment.tally().halvings(Cause.PERMITS)).isEqualTo(10);
    }

    private static AdaptiveSampling owner(Experiment<String> experiment) {
        return ((TrialRunner<String>) experiment).adaptive();
    }

    @Test
    void theQuietTimeIsAsLongAsACandidateMayRun() {
        Experiment<String> experiment = adaptive(options -> options.candidateTimeout(Duration.ofMinutes(1)));
        owner(experiment).noPermit();

        bench.ticker.advance(Duration.ofSeconds(59));
        owner(experiment).noPermit();
        double before = experiment.settings().share();
        bench.ticker.advance(Duration.ofSeconds(1));
        owner(experiment).noPermit();

        assertThat(before).isEqualTo(AdaptiveSampling.MOST_SHARE / 2);
        assertThat(experiment.settings().share()).isEqualTo(AdaptiveSampling.MOST_SHARE / 4);
    }

    @Test
    void aSecondRunOfThePrimaryThatFindsNoPermitHalvesTheShare() {
        Experiment<String> experiment =
                adaptive(options -> options.replicateRate(1).maxConcurrent(1).start(Start.SAME_THREAD));

        callOften(experiment, 100);

        assertThat(experiment.tally().halvings(Cause.PERMITS)).isEqualTo(1);
    }

    @Test
    void fewerCallsAreSampledAfterwards() {
        Experiment<String> experiment = adaptive(options -> options.start(Start.SAME_THREAD));
        owner(experiment).noPermit();
        bench.ticker.advance(QUIET);
        owner(experiment).noPermit();

        callOften(experiment, 10_000);

        assertThat((double) experiment.tally().count(Verdict.MATCHED)).isCloseTo(2_500, within(6 * 43.3));
    }

    // ---- what a person does ----

    @Test
    void whoSetsTheSampleRateRaisesTheShareAgainAlsoToWhatItWas() {
        Experiment<String> experiment = adaptive(options -> options.sampleRate(HALF));
        owner(experiment).noPermit();

        experiment.change(settings -> settings.sampleRate(settings.sampleRate()));

        assertThat(experiment.settings().share()).isEqualTo(HALF);
        assertThat(experiment.settings().lastHalving()).isEmpty();
        assertThat(experiment.tally().halvings(Cause.PERMITS)).isEqualTo(1);
    }

    @Test
    void afterAPersonHasRaisedItItCanBeHalvedAtOnce() {
        Experiment<String> experiment = adaptive(options -> options.sampleRate(HALF));
        owner(experiment).noPermit();
        experiment.change(settings -> settings.sampleRate(HALF));

        owner(experiment).noPermit();

        assertThat(experiment.settings().share()).isEqualTo(HALF / 2);
    }

    @Test
    void otherChangesLeaveTheShareAsItIs() {
        Experiment<String> experiment = adaptive(options -> options.sampleRate(HALF));
        owner(experiment).noPermit();

        experiment.change(settings -> settings.enabled(false).maxConcurrent(3).maxPerSecond(7));
        experiment.change(settings -> settings.enabled(true)
                .candidateTimeout(Duration.ofSeconds(9))
                .comparisonTimeout(Duration.ofSeconds(8)));

        assertThat(experiment.settings().share()).isEqualTo(HALF / 2);
        assertThat(experiment.settings().lastHalving()).isPresent();
    }

    @Test
    void settingsOfAnotherExperimentBringNoHalvingAlong() {
        Experiment<String> halved = adaptive(options -> options.sampleRate(HALF));
        owner(halved).noPermit();
        Experiment<String> constant = bench.scientist().experiment("constant");

        constant.change(settings -> halved.settings());
        double share = constant.settings().share();
        halved.change(settings -> constant.settings());

        assertThat(share).isEqualTo(HALF);
        assertThat(halved.settings().share()).isEqualTo(HALF);
    }

    @Test
    void theShareIsNeverAboveTheSampleRateWhateverHappens() {
        Experiment<String> experiment = adaptive(options -> {});
        SplittableRandom random = new SplittableRandom(11);
        double mostAbove = Double.NEGATIVE_INFINITY;

        for (int i = 0; i < 2_000; i++) {
            bench.ticker.advance(Duration.ofSeconds(random.nextInt(12)));
            switch (random.nextInt(4)) {
                case 0 -> owner(experiment).noPermit();
                case 1 -> owner(experiment).capped();
                case 2 -> owner(experiment).callerWaited(20_000_000);
                default -> experiment.change(settings -> settings.sampleRate(random.nextDouble()));
            }
            ExperimentSettings now = experiment.settings();
            mostAbove = Math.max(mostAbove, now.share() - now.sampleRate());
        }

        assertThat(mostAbove).isLessThanOrEqualTo(0);
    }

    // ---- how long the primary takes ----

    /** Takes one millisecond of the test's clock, and more where a candidate of this call is in flight beside it. */
    private String primary(Experiment<String> experiment, Duration beside) {
        bench.ticker.advance(experiment.tally().inFlight() > 0 ? beside : Duration.ofMillis(1));
        return "a";
    }

    private void callOften(Experiment<String> experiment, int calls) {
        for (int i = 0; i < calls; i++) {
            experiment.run(SIDE, SIDE);
        }
    }

    private void callOften(Experiment<String> experiment, int calls, Duration beside) {
        for (int i = 0; i < calls; i++) {
            experiment.run(() -> primary(experiment, beside), SIDE);
        }
    }

    /** Calls, with a look after each 50; after how many calls the share had been halved once. */
    private static int callsUntilHalved(Experiment<String> experiment, Runnable call, int most) {
        int calls = 0;
        while (calls < most && experiment.tally().halvings(Cause.LATENCY) == 0) {
            call.run();
            calls++;
            if (calls % 50 == 0) {
                owner(experiment).look();
            }
        }
        return calls;
    }

    @Test
    void aPrimaryThatIsSlowedByItsShadowHalvesTheShareWithinAThousandCalls() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(0.2).start(Start.SAME_THREAD));

        int calls = callsUntilHalved(
                experiment, () -> experiment.run(() -> primary(experiment, Duration.ofMillis(2)), SIDE), 10_000);

        assertThat(calls).isLessThan(1_000);
        assertThat(experiment.settings().lastHalving().orElseThrow().sentence())
                .contains("of the primary's calls that are sampled take more than")
                .contains("with 99 % confidence at any time");
    }

    @Test
    void itIsSeenWhereEveryCallWouldBeSampled() {
        Experiment<String> experiment = adaptive(options -> options.start(Start.SAME_THREAD));

        int calls = callsUntilHalved(
                experiment, () -> experiment.run(() -> primary(experiment, Duration.ofMillis(2)), SIDE), 20_000);

        assertThat(calls).isLessThan(5_000);
    }

    @Test
    void theTimesAreComparedEverySecondWhileThereAreTrials() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));
        callOften(experiment, 2_000, Duration.ofMillis(2));

        eventually("the share is halved", () -> {
            bench.ticker.advance(Duration.ofSeconds(1));
            return experiment.tally().halvings(Cause.LATENCY) == 1;
        });

        assertThat(experiment.settings().share()).isEqualTo(HALF / 2);
    }

    @Test
    void itIsSeenWhereTwoCallsInAHundredAreSlowed() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));
        SplittableRandom random = new SplittableRandom(3);

        int calls = callsUntilHalved(
                experiment,
                () -> {
                    Duration beside = Duration.ofMillis(random.nextInt(50) == 0 ? 50 : 1);
                    experiment.run(() -> primary(experiment, beside), SIDE);
                },
                100_000);

        assertThat(calls).isLessThan(20_000);
        assertThat(experiment.settings().lastHalving().orElseThrow().sentence()).startsWith("99 % of");
    }

    @Test
    void itIsSeenWhereThePrimaryThrows() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));

        int calls = callsUntilHalved(
                experiment,
                () -> Bench.attempt(() -> experiment.run(
                        () -> {
                            throw new IllegalStateException(primary(experiment, Duration.ofMillis(2)));
                        },
                        SIDE)),
                10_000);

        assertThat(calls).isLessThan(1_000);
    }

    @Test
    void itIsSeenWhereCallsHaveAnArgument() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));

        int calls = callsUntilHalved(
                experiment,
                () -> experiment.run("a", argument -> primary(experiment, Duration.ofMillis(2)), argument -> argument),
                10_000);

        assertThat(calls).isLessThan(1_000);
    }

    @Test
    void itIsSeenWhereFuturesCompleteLater() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));

        int calls = callsUntilHalved(
                experiment,
                () -> {
                    CompletableFuture<String> future = new CompletableFuture<>();
                    experiment.runAsync(() -> future, () -> CompletableFuture.completedFuture("a"));
                    future.complete(primary(experiment, Duration.ofMillis(2)));
                },
                10_000);

        assertThat(calls).isLessThan(1_000);
    }

    @Test
    void itIsSeenBetweenCallerAndPrimaryAndEveryCallIsCounted() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));

        int calls = callsUntilHalved(
                experiment,
                () -> {
                    Experiment.Call<String> call = experiment.callUnlessSkipped();
                    if (call == null) {
                        primary(experiment, Duration.ofMillis(2));
                    } else {
                        call.candidate(SIDE).run(() -> primary(experiment, Duration.ofMillis(2)));
                    }
                },
                10_000);

        assertThat(calls).isLessThan(1_000);
        assertThat(experiment.tally().calls("candidate")).isEqualTo(calls);
    }

    @Test
    void aPrimaryThatTakesAsLongEitherWayHalvesNothing() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));
        SplittableRandom random = new SplittableRandom(7);

        for (int i = 0; i < 40_000; i++) {
            Duration each = Duration.ofMillis(1 + random.nextInt(100));
            experiment.run(
                    () -> {
                        bench.ticker.advance(each);
                        return "a";
                    },
                    SIDE);
            if (i % 4_000 == 0) {
                owner(experiment).look();
            }
        }
        owner(experiment).look();

        assertThat(experiment.settings().share()).isEqualTo(HALF);
    }

    @Test
    void callsWhileNoCandidateIsStartedAreNotHeldAgainstThoseBefore() {
        AtomicReference<Verdict.Reason> refusal = new AtomicReference<>(Verdict.Reason.NONE);
        Experiment<String> experiment = adaptive(options -> options.sampleRate(HALF)
                .guard(new TestGuard().refusing(refusal::get))
                .start(Start.SAME_THREAD));
        Implementation<String, RuntimeException> slow = () -> {
            bench.ticker.advance(Duration.ofMillis(3));
            return "a";
        };
        for (int i = 0; i < 2_000; i++) {
            experiment.run(slow, SIDE);
        }
        refusal.set(Verdict.Reason.CIRCUIT_OPEN);

        callOften(experiment, 20_000, Duration.ofMillis(1));
        owner(experiment).look();

        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Verdict.Reason.CIRCUIT_OPEN))
                .isGreaterThan(9_000);
        assertThat(experiment.settings().share()).isEqualTo(HALF);
    }

    @Test
    void afterAHalvingTheComparisonBeginsAnew() {
        Experiment<String> experiment =
                adaptive(options -> options.sampleRate(HALF).start(Start.SAME_THREAD));
        callsUntilHalved(
                experiment, () -> experiment.run(() -> primary(experiment, Duration.ofMillis(2)), SIDE), 10_000);
        bench.ticker.advance(QUIET);

        callOften(experiment, 10_000, Duration.ofMillis(1));
        owner(experiment).look();

        assertThat(experiment.settings().share()).isEqualTo(HALF / 2);
    }

    @Test
    void oneCallInSixtyFourIsKeptToHoldTheOthersAgainst() {
        Experiment<String> experiment = adaptive(options -> options.start(Start.SAME_THREAD));

        callOften(experiment, 64_000);

        assertThat((double) experiment.tally().count("candidate", Verdict.SKIPPED, Verdict.Reason.NOT_SAMPLED))
                .isCloseTo(1_000, within(6 * 31.4));
    }

    @Test
    void whereCallsAreChosenNoneIsKeptAndItIsSaidThatTheirTimeIsNotCompared() {
        try (LogLines lines = new LogLines()) {
            Experiment<String> experiment =
                    adaptive(options -> options.runIf(attributes -> true).start(Start.SAME_THREAD));

            callOften(experiment, 1_000, Duration.ofMillis(2));
            owner(experiment).look();

            assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1_000);
            assertThat(lines.all())
                    .filteredOn(line -> line.contains("is not compared, because a condition chooses the sampled calls"))
                    .hasSize(1);
        }
    }

    // ---- what is told, and by whom ----

    @Test
    void aHalvingIsLoggedOnceAndSoIsItsEnd() {
        try (LogLines lines = new LogLines()) {
            Experiment<String> experiment = adaptive(options -> options.sampleRate(HALF));
            owner(experiment).noPermit();
            owner(experiment).noPermit();
            eventually("it is logged", () -> !lines.warnings().isEmpty());

            experiment.change(settings -> settings.sampleRate(HALF));

            assertThat(lines.warnings())
                    .containsExactly("experiment experiment: share of sampled calls 0.5 -> 0.25, because a sampled call"
                            + " found no permit; setting its sample rate raises it again");
            assertThat(lines.all()).contains("experiment experiment: share of sampled calls 0.25 -> 0.5, set anew");
        }
    }

    @Test
    void theMarkOfARunTellsThatCallersWait() {
        AtomicReference<LongConsumer> told = new AtomicReference<>();
        Experiment<String> experiment = adaptive(options -> options.sampleByKey());
        callWithKey(experiment, () -> {
            told.set(Shadow.current().callersWait());
            return "a";
        });
        settle(experiment);

        told.get().accept(Duration.ofMillis(12).toNanos());

        assertThat(experiment.settings().share()).isEqualTo(HALF);
        assertThat(experiment.settings().lastHalving().orElseThrow().sentence()).startsWith("a caller waited 12 ms");
    }

    @Test
    void theMarkOfARunOfAnotherExperimentDoesNot() {
        AtomicReference<LongConsumer> told = new AtomicReference<>(nanos -> {});
        Experiment<String> experiment = bench.experiment();

        experiment.run(SIDE, () -> {
            told.set(Shadow.current().callersWait());
            return "a";
        });
        settle(experiment);

        assertThat(told.get()).isNull();
    }
}
