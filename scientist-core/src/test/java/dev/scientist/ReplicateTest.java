package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that a repeatable primary is run once more, aside, and that nothing but the trial tells of it. */
class ReplicateTest {

    private static final Duration LATE = Duration.ofSeconds(2);

    @AutoClose
    private final Bench bench = new Bench();

    private final AtomicInteger calls = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void theTrialTellsHowThePrimaryDiffersFromItself(Start start) {
        Experiment<Integer> experiment =
                bench.experiment(options -> options.start(start).replicateRate(1));

        Integer answer = experiment.run(
                () -> {
                    calls.incrementAndGet();
                    return Shadow.isActive() ? 2 : 1;
                },
                () -> 1);
        Bench.settle(experiment);

        assertThat(answer).isEqualTo(1);
        assertThat(calls).hasValue(2);
        assertThat(bench.seen.only().candidates()).singleElement().returns(Verdict.MATCHED, Trial.Candidate::verdict);
        assertThat(bench.seen.only().replicate())
                .returns("replicate", Trial.Candidate::name)
                .returns(Verdict.MISMATCHED, Trial.Candidate::verdict);
    }

    @Test
    @Tag("promise-1")
    void itRunsAsAShadowOnAnotherThreadAndTheCallerSeesTheFirstRunOnly() {
        AtomicReference<Thread> elsewhere = new AtomicReference<>();
        Experiment<String> experiment = bench.experiment(options -> options.replicateRate(1));

        String answer = experiment.run(
                () -> {
                    if (Shadow.isActive()) {
                        elsewhere.set(Thread.currentThread());
                        throw new IllegalStateException("second run");
                    }
                    return "first";
                },
                () -> "first");
        Bench.settle(experiment);

        assertThat(answer).isEqualTo("first");
        assertThat(elsewhere.get()).isNotNull().isNotSameAs(Thread.currentThread());
        assertThat(bench.seen.only().replicate().verdict()).isEqualTo(Verdict.CANDIDATE_FAILED);
    }

    @Test
    @Tag("promise-3")
    void itIsCountedNowhereAndGivesItsPermitBack() {
        Experiment<Integer> experiment = bench.experiment(
                options -> options.start(Start.SAME_THREAD).replicateRate(1).maxConcurrent(2));

        for (int i = 0; i < 100; i++) {
            experiment.run(() -> 1, () -> 1);
        }

        assertThat(experiment.tally().calls("candidate")).isEqualTo(100);
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(100);
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @Test
    @Tag("promise-6")
    void withoutAFreePermitItIsLeftOutWhichTheTrialTellsAndTheCandidateIsNot() {
        Experiment<Integer> experiment = bench.experiment(
                options -> options.start(Start.SAME_THREAD).replicateRate(1).maxConcurrent(1));

        experiment.run(calls::incrementAndGet, () -> 1);

        assertThat(calls).hasValue(1);
        assertThat(bench.seen.only().replicate())
                .extracting(Trial.Candidate::verdict, Trial.Candidate::reason)
                .containsExactly(Verdict.SKIPPED, Verdict.Reason.SATURATED);
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @Test
    @Tag("promise-9")
    void itGetsItsOwnCopyOfTheArgument() {
        Experiment<Integer> experiment = bench.experiment(
                options -> options.start(Start.SAME_THREAD).replicateRate(1).argumentCopier(int[].class, int[]::clone));

        Integer answer = experiment.run(new int[] {1}, argument -> argument[0]++, argument -> argument[0]++);

        assertThat(answer).isEqualTo(1);
        assertThat(bench.seen.only().replicate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void itIsRunForDescribedAndAsynchronousCallsToo() {
        Experiment<String> experiment =
                bench.experiment(options -> options.start(Start.SAME_THREAD).replicateRate(1));

        experiment.call().attribute("tier", "gold").candidate(() -> "a").run(() -> "a");
        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> CompletableFuture.completedFuture("a"));

        assertThat(bench.seen.all())
                .hasSize(2)
                .allSatisfy(trial -> assertThat(trial.replicate().verdict()).isEqualTo(Verdict.MATCHED));
        assertThat(bench.seen.all().get(0).attributes()).isEqualTo(Map.of("tier", "gold"));
    }

    @Test
    void aCandidateThatCannotBeStartedLeavesNoPermitWithIt() {
        Experiment<int[]> experiment = bench.experiment(
                options -> options.start(Start.SAME_THREAD).replicateRate(1).argumentCopier(int[].class, argument -> {
                    throw new IllegalStateException("copier");
                }));
        int[] argument = {1};

        experiment.call().candidate(argument, own -> own).run(() -> argument);
        experiment.run(argument, own -> own, own -> own);

        assertThat(experiment.tally().count(Verdict.SKIPPED)).isEqualTo(2);
        assertThat(experiment.tally().inFlight()).isZero();
        assertThat(bench.seen.all()).isEmpty();
    }

    @Test
    void noGuardIsAskedAboutIt() {
        TestGuard guard = new TestGuard();
        Experiment<Integer> experiment = bench.experiment(
                options -> options.start(Start.SAME_THREAD).replicateRate(1).guard(guard));

        experiment.run(calls::incrementAndGet, () -> 1);

        assertThat(calls).hasValue(2);
        assertThat(guard.heard()).filteredOn("acquire"::equals).hasSize(1);
    }

    @Test
    void theShareIsExact() {
        Experiment<Integer> experiment =
                bench.experiment(options -> options.start(Start.SAME_THREAD).replicateRate(0.25));

        for (int i = 0; i < 10_000; i++) {
            experiment.run(calls::incrementAndGet, () -> 1);
        }

        assertThat(calls.get()).isBetween(12_200, 12_800); // six standard errors and more
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.experiment(options -> options.replicateRate(1.5)))
                .withMessage("replicateRate must be between 0 and 1 but was 1.5");
    }

    @Test
    @Tag("promise-1")
    void aLateOneIsNotInterruptedAndKeepsItsPermitUntilItEnds() throws InterruptedException {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.replicateRate(1));
        experiment.run(
                () -> {
                    if (Shadow.isActive()) {
                        door.pass();
                    }
                    return "a";
                },
                () -> "a");
        door.awaitArrivals(1);

        bench.ticker.advance(LATE);
        Trial<?> trial = bench.seen.only();
        eventually("the candidate's permit is back", () -> experiment.tally().inFlight() == 1);
        bench.letDispatcherWork();
        int interruptions = door.interruptions();
        door.open();
        Bench.settle(experiment);

        assertThat(interruptions).isZero();
        assertThat(trial.candidates()).singleElement().returns(Verdict.MATCHED, Trial.Candidate::verdict);
        assertThat(trial.replicate().verdict()).isEqualTo(Verdict.TIMED_OUT);
    }

    @Test
    @Tag("promise-1")
    void aFutureThatThePrimarySharesIsNotCancelledUnderTheCallerByALateOne() {
        CompletableFuture<String> shared = new CompletableFuture<>();
        TestGuard guard = new TestGuard();
        Experiment<String> experiment =
                bench.experiment(options -> options.replicateRate(1).guard(guard));
        CompletableFuture<String> answer =
                experiment.runAsync(() -> shared, () -> CompletableFuture.completedFuture("a"));
        eventually("both sides follow the future", () -> shared.getNumberOfDependents() == 2);
        eventually("the candidate has ended in time", () -> guard.heard().contains("ended"));

        bench.ticker.advance(LATE);
        bench.letDispatcherWork();
        boolean isCompletedByItsOwner = shared.complete("a");
        Bench.settle(experiment);

        assertThat(isCompletedByItsOwner).isTrue();
        assertThat(answer).isCompletedWithValue("a");
        assertThat(bench.seen.of(experiment).candidates())
                .singleElement()
                .returns(Verdict.MATCHED, Trial.Candidate::verdict);
        assertThat(bench.seen.of(experiment).replicate().verdict()).isEqualTo(Verdict.TIMED_OUT);
    }

    @Test
    @Tag("promise-18")
    void closingCancelsNoFutureThatThePrimaryShares() {
        CompletableFuture<String> shared = new CompletableFuture<>();
        Scientist scientist = bench.use(bench.builder().closeTimeout(Duration.ofNanos(1)));
        Experiment<String> experiment = scientist.experiment("experiment", options -> options.replicateRate(1));
        experiment.runAsync(() -> shared, () -> CompletableFuture.completedFuture("a"));
        eventually("both sides follow the future", () -> shared.getNumberOfDependents() == 2);

        scientist.close();
        boolean isCompletedByItsOwner = shared.complete("a");
        Bench.settle(experiment);

        assertThat(isCompletedByItsOwner).isTrue();
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
    }

    @Test
    @Tag("promise-18")
    void closingDoesNotWaitForOneThatNeverEnds() {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().closeTimeout(Duration.ofNanos(1)));
        Experiment<String> experiment = scientist.experiment("experiment", options -> options.replicateRate(1));
        experiment.run(
                () -> {
                    if (Shadow.isActive()) {
                        door.passStubbornly();
                    }
                    return "a";
                },
                () -> "a");
        door.awaitArrivals(1);

        scientist.close();
        int inFlight = experiment.tally().inFlight();
        door.open();
        Bench.settle(experiment);

        assertThat(inFlight).isPositive();
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
    }

    @Test
    @Tag("promise-3")
    void aComparisonThatHangsLeavesTheCandidatesVerdictAsItIs() {
        Door door = bench.door();
        Experiment<String> experiment =
                bench.experiment(options -> options.replicateRate(1).comparator((primary, candidate) -> {
                    if (calls.incrementAndGet() == 2) {
                        bench.ticker.advance(LATE);
                        door.pass();
                    }
                    return List.of();
                }));

        experiment.run(() -> "a", () -> "a");
        Bench.settle(experiment);

        assertThat(door.interruptions()).isEqualTo(1);
        assertThat(Bench.verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo("a");
        assertThat(bench.seen.only().replicate())
                .returns(Verdict.UNCOMPARED, Trial.Candidate::verdict)
                .returns(Verdict.Reason.OVER_BUDGET, Trial.Candidate::reason);
    }

    @Test
    @Tag("promise-3")
    void itsComparisonTakesNoTimeFromTheCandidates() {
        Duration almostTheLimit = Duration.ofMillis(999);
        Experiment<String> experiment =
                bench.experiment(options -> options.replicateRate(1).comparator((primary, candidate) -> {
                    bench.ticker.advance(almostTheLimit);
                    if (calls.incrementAndGet() == 2) {
                        bench.letDispatcherWork();
                    }
                    return List.of();
                }));

        experiment.run(() -> "a", () -> "a");
        Bench.settle(experiment);

        assertThat(Bench.verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.of(experiment).replicate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(experiment.tally().comparisons()).isEqualTo(1);
        assertThat(experiment.tally().comparisonNanos()).isEqualTo(almostTheLimit.toNanos());
    }

    @Test
    @Tag("promise-9")
    void aDescribedCallSaysHowItRunsAndGetsACopyOfItsArgument() {
        Experiment<Integer> experiment = bench.experiment(
                options -> options.start(Start.SAME_THREAD).replicateRate(1).argumentCopier(int[].class, int[]::clone));
        int[] argument = {1};

        Integer answer = experiment
                .call()
                .candidate(argument, copy -> copy[0]++)
                .replicate(argument, copy -> copy[0]++ + 10)
                .run(() -> calls.incrementAndGet());

        assertThat(answer).isEqualTo(1);
        assertThat(argument).containsExactly(1);
        assertThat(calls).hasValue(1);
        assertThat(bench.seen.only().replicate().outcome().valueOrNull()).isEqualTo(11);
    }

    @Test
    void whereNothingRunsTwiceHowItWouldIsNotAsked() {
        Experiment<Integer> experiment = bench.experiment(options -> options.start(Start.SAME_THREAD));

        experiment
                .call()
                .candidate(() -> 1)
                .replicate(1, one -> calls.incrementAndGet())
                .run(() -> 1);

        assertThat(calls).hasValue(0);
        assertThat(bench.seen.only().replicate()).isNull();
    }

    @Test
    @Tag("promise-2")
    void whereItsArgumentCannotBeCopiedItIsLeftOutAndTheCandidateIsNot() {
        Experiment<Integer> experiment = bench.experiment(
                options -> options.start(Start.SAME_THREAD).replicateRate(1).argumentCopier(int[].class, argument -> {
                    throw new IllegalStateException("copier");
                }));

        Integer answer = experiment
                .call()
                .candidate(() -> 1)
                .replicate(new int[] {1}, copy -> copy[0])
                .run(() -> 1);

        assertThat(answer).isEqualTo(1);
        assertThat(bench.seen.only().replicate())
                .extracting(Trial.Candidate::verdict, Trial.Candidate::reason)
                .containsExactly(Verdict.SKIPPED, Verdict.Reason.UNSAFE);
        assertThat(Bench.verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(experiment.tally().hookFailures(Tally.Hook.ARGUMENT_COPIER)).isEqualTo(1);
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @Test
    @Tag("promise-11")
    void anExperimentInsideItStartsNoCandidate() {
        Experiment<String> inner = bench.scientist().experiment("inner");
        Experiment<String> outer = bench.experiment(options -> options.replicateRate(1));

        outer.run(() -> inner.run(() -> "a", () -> "a"), () -> "a");
        Bench.settle(outer);
        Bench.settle(inner);

        assertThat(Bench.verdicts(outer)).isEqualTo(Map.of("matched", 1L));
        assertThat(Bench.verdicts(inner)).isEqualTo(Map.of("matched", 1L, "skipped/nested", 1L));
    }

    @Test
    @Tag("promise-6")
    void aStageThatNeverCompletesGivesItsPermitBackAMinuteAfterTheDeadline() {
        CountDownLatch settled = new CountDownLatch(1);
        TestGuard guard = new TestGuard().onSettled(settled::countDown);
        Experiment<String> experiment = bench.experiment(options ->
                options.replicateRate(1).candidateTimeout(Duration.ofMillis(10)).guard(guard));
        CountDownLatch began = new CountDownLatch(1);

        experiment.runAsync(
                () -> {
                    if (!Shadow.isActive()) {
                        return CompletableFuture.completedFuture("a");
                    }
                    began.countDown();
                    return new CompletableFuture<>();
                },
                () -> CompletableFuture.completedFuture("a"));
        eventually(
                "the second run has begun, and the candidate has ended",
                () -> began.getCount() + settled.getCount() == 0);
        bench.ticker.advance(Duration.ofMillis(10));
        eventually("it is late", () -> !bench.seen.all().isEmpty());
        int inFlight = experiment.tally().inFlight();
        eventually("time passes until it is lost", () -> {
            bench.ticker.advance(Duration.ofSeconds(20));
            return experiment.tally().inFlight() == 0;
        });
        settle(experiment);

        assertThat(inFlight).isPositive();
        assertThat(bench.seen.of(experiment).replicate().verdict()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(verdicts(experiment)).containsExactly(Map.entry("matched", 1L));
    }

    @Test
    @Tag("promise-13")
    void aCleanerThatChangesWhatItIsGivenChangesNothingThatIsCompared() {
        Experiment<List<String>> experiment = bench.scientist()
                .experiment(
                        "cleaned",
                        options -> options.replicateRate(1)
                                .start(Start.SAME_THREAD)
                                .snapshot(ArrayList::new)
                                .cleaner(answer -> {
                                    answer.set(0, "***");
                                    return answer;
                                }));

        experiment.run(() -> new ArrayList<>(List.of("a")), () -> new ArrayList<>(List.of("a")));

        assertThat(bench.seen.only().replicate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo(List.of("***"));
    }

    @Test
    void whatTheCandidateLeavesOfAnInterruptDoesNotReachIt() {
        Experiment<Boolean> experiment = bench.scientist()
                .experiment("interrupted", options -> options.replicateRate(1).start(Start.SAME_THREAD));

        experiment.run(() -> Thread.currentThread().isInterrupted(), () -> {
            Thread.currentThread().interrupt();
            return false;
        });

        assertThat(bench.seen.only().replicate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void inTheModeForTestsItRunsOnTheCallersThreadAsTheCandidateDoes() {
        List<Thread> threads = new ArrayList<>();
        Experiment<String> experiment =
                bench.experiment(options -> options.start(Start.SAME_THREAD).replicateRate(1));

        experiment.run(
                () -> {
                    threads.add(Thread.currentThread());
                    return "a";
                },
                () -> "a");

        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    }
}
