package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.ExperimentOptions.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Running and returning: cases 1 to 15")
class RunningTest {

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    @Tag("case-1")
    void withoutACandidateOnlyThePrimaryRuns() {
        AtomicInteger asked = new AtomicInteger();
        Experiment<String> experiment =
                bench.experiment(options -> options.sampler((key, attributes) -> asked.incrementAndGet() > 0)
                        .runIf(attributes -> asked.incrementAndGet() > 0));

        String value = experiment.call().key("k").attribute("a", 1).run(() -> "primary");

        assertThat(value).isEqualTo("primary");
        assertThat(asked).hasValue(0);
        assertThat(bench.seen.all()).isEmpty();
        assertThat(verdicts(experiment)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @Tag("case-2")
    void whateverTheCandidateThrowsTheCallerGetsThePrimarysValue(Throwable thrown) {
        Object answer = new Object();
        Experiment<Object> experiment = bench.experiment();

        Object value = experiment.run(() -> answer, () -> {
            throw thrown;
        });
        settle(experiment);

        assertThat(value).isSameAs(answer);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("candidate_failed", 1L));
        assertThat(bench.seen.onlyCandidate().outcome().errorOrNull()).isSameAs(thrown);
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IOException("checked"),
                new IllegalStateException("unchecked"),
                new Error("error"),
                new StackOverflowError("stack"),
                new NoClassDefFoundError("linkage"),
                new AssertionError("assertion"),
                new InterruptedException("interrupted"),
                new Throwable("neither"));
    }

    @Test
    @Tag("promise-1")
    void whatIsSaidToThrowNothingCheckedRunsAsAnyOther() {
        Experiment<Object> experiment = bench.experiment();
        String answer = "primary";
        IllegalStateException error = new IllegalStateException("from the primary");

        String value = experiment.runUnchecked(() -> answer, () -> "candidate");
        String none = experiment.runUnchecked(() -> null, () -> null);
        Throwable thrown = catchThrowable(() -> experiment.runUnchecked(
                () -> {
                    throw error;
                },
                () -> "candidate"));
        settle(experiment);

        assertThat(value).isSameAs(answer);
        assertThat(none).isNull();
        assertThat(thrown).isSameAs(error);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L, "matched", 1L, "primary_failed", 1L));
    }

    @Test
    @Tag("case-2")
    void aCandidateThatReallyOverflowsItsStackHurtsNobody() {
        Experiment<Integer> experiment = bench.experiment();

        Integer value = experiment.run(() -> 1, () -> overflow(0));
        settle(experiment);

        assertThat(value).isEqualTo(1);
        assertThat(bench.seen.onlyCandidate().outcome().errorOrNull()).isInstanceOf(StackOverflowError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @Test
    @Tag("promise-1")
    void whatGivingUpThrowsReachesNoCallerOfAPrimaryThatHasEnded() throws Exception {
        Thread caller = Thread.currentThread();
        AtomicBoolean isStackUsedUp = new AtomicBoolean();
        bench.use(bench.builder().ticker(() -> {
            if (isStackUsedUp.get() && Thread.currentThread() == caller) {
                throw new StackOverflowError();
            }
            return 0;
        }));
        Experiment<String> experiment = bench.experiment(options -> options.start(Start.IMMEDIATE));
        IOException thrown = new IOException("from the primary");
        Door door = bench.door();
        Implementation<String, InterruptedException> candidate = () -> {
            door.pass();
            return "a";
        };

        String value = experiment.run(
                () -> {
                    door.awaitArrivals(1);
                    isStackUsedUp.set(true);
                    return "a";
                },
                candidate);
        isStackUsedUp.set(false);
        Throwable caught = catchThrowable(() -> experiment.run(
                () -> {
                    door.awaitArrivals(2);
                    isStackUsedUp.set(true);
                    throw thrown;
                },
                candidate));
        isStackUsedUp.set(false);
        door.open();
        settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(caught).isSameAs(thrown);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 2L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("case-3")
    void aCheckedExceptionOfThePrimaryReachesTheCallerAsItIs(Start start) {
        IOException thrown = new IOException("from the primary");
        AtomicInteger candidateCalls = new AtomicInteger();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        Throwable caught = null;
        try {
            experiment.run(
                    () -> {
                        throw thrown;
                    },
                    () -> "call " + candidateCalls.incrementAndGet());
        } catch (IOException e) { // the compiler knows that no other checked exception is thrown
            caught = e;
        }
        settle(experiment);

        assertThat(caught).isSameAs(thrown).hasNoCause().hasNoSuppressedExceptions();
        assertThat(candidateCalls).hasValue(1);
        assertThat(bench.seen.only().primary().errorOrNull()).isSameAs(thrown);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("primary_failed", 1L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("case-4")
    void anExceptionThatLooksLikeTheLibrarysOwnIsNotUnwrapped(Start start) {
        ExecutionException thrown = new ExecutionException("of the primary", new IOException("inner"));
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        Throwable caught = catchThrowable(() -> experiment.run(
                () -> {
                    throw thrown;
                },
                () -> {
                    throw new ExecutionException("of the primary", new IOException("inner"));
                }));
        settle(experiment);

        assertThat(caught).isSameAs(thrown);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().errorOrNull()).isSameAs(thrown);
        assertThat(bench.seen.onlyCandidate().outcome().errorOrNull()).isExactlyInstanceOf(ExecutionException.class);
    }

    /** The library throws this itself, for wrong use; from a primary it is an outcome like any other. */
    @Test
    @Tag("case-4")
    void anIllegalStateExceptionOfThePrimaryIsAnOutcome() {
        IllegalStateException thrown = new IllegalStateException("experiment \"experiment\" cannot be declared");
        Experiment<String> experiment = bench.experiment();

        Throwable caught = catchThrowable(() -> experiment.run(
                () -> {
                    throw thrown;
                },
                () -> "fine"));
        settle(experiment);

        assertThat(caught).isSameAs(thrown);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("primary_failed", 1L));
    }

    @ParameterizedTest
    @MethodSource("pairsOfErrors")
    @Tag("case-5")
    void errorsAreEqualWhenClassAndMessageAre(RuntimeException primary, RuntimeException candidate, String verdict) {
        Experiment<String> experiment = bench.experiment();

        Throwable caught = catchThrowable(() -> experiment.run(
                () -> {
                    throw primary;
                },
                () -> {
                    throw candidate;
                }));
        settle(experiment);

        assertThat(caught).isSameAs(primary);
        assertThat(verdicts(experiment)).isEqualTo(Map.of(verdict, 1L));
    }

    static Stream<Object[]> pairsOfErrors() {
        return Stream.of(
                new Object[] {new IllegalStateException("a"), new IllegalStateException("a"), "matched"},
                new Object[] {new IllegalStateException(), new IllegalStateException(), "matched"},
                new Object[] {new IllegalStateException("a"), new IllegalArgumentException("a"), "mismatched"},
                new Object[] {new IllegalStateException("a"), new IllegalStateException("b"), "mismatched"},
                new Object[] {new IllegalStateException("a"), new IllegalStateException(), "mismatched"});
    }

    @Test
    @Tag("case-6")
    void twoNullsMatch() {
        Experiment<String> experiment = bench.experiment();

        String value = experiment.run(() -> null, () -> null);
        settle(experiment);

        assertThat(value).isNull();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    @Tag("case-6")
    void oneNullIsAMismatchAndNoComparatorIsAsked() {
        AtomicInteger asked = new AtomicInteger();
        Experiment<String> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
            asked.incrementAndGet();
            return List.of();
        }));

        String first = experiment.run(() -> "value", () -> null);
        String second = experiment.run(() -> null, () -> "value");
        settle(experiment);

        assertThat(first).isEqualTo("value");
        assertThat(second).isNull();
        assertThat(asked).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 2L));
        assertThat(bench.seen.all())
                .flatExtracting(Trial::candidates)
                .flatExtracting(Trial.Candidate::differences)
                .extracting(Difference::kind)
                .containsExactlyInAnyOrder(Difference.Kind.MISSING, Difference.Kind.UNEXPECTED);
    }

    @ParameterizedTest
    @MethodSource("emptyValues")
    @Tag("case-7")
    void emptyValuesAreValues(Object empty, Object other) {
        Experiment<Object> experiment = bench.experiment();

        Object value = experiment.run(() -> empty, () -> empty);
        experiment.run(() -> empty, () -> other);
        settle(experiment);

        assertThat(value).isSameAs(empty);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "mismatched", 1L));
    }

    static Stream<Object[]> emptyValues() {
        return Stream.of(
                new Object[] {false, true},
                new Object[] {0, 1},
                new Object[] {"", " "},
                new Object[] {Optional.empty(), Optional.of("")},
                new Object[] {List.of(), List.of("")},
                new Object[] {new int[0], new int[1]});
    }

    @Test
    @Tag("case-8")
    void ofSeveralCandidatesOnlyTheOneThatDiffersIsListed() {
        Experiment<String> experiment = bench.experiment(options -> options.candidates("left", "middle", "right"));

        String value = experiment
                .call()
                .candidate("right", () -> "same")
                .candidate("left", () -> "same")
                .candidate("middle", () -> "other")
                .run(() -> "same");
        settle(experiment);

        assertThat(value).isEqualTo("same");
        assertThat(bench.seen.only().isDisagreement()).isTrue();
        assertThat(bench.seen.only().disagreements())
                .extracting(Trial.Candidate::name)
                .containsExactly("middle");
        assertThat(bench.seen.only().candidates())
                .extracting(Trial.Candidate::name)
                .containsExactly("left", "middle", "right");
        assertThat(verdicts(experiment, "left")).isEqualTo(Map.of("matched", 1L));
        assertThat(verdicts(experiment, "middle")).isEqualTo(Map.of("mismatched", 1L));
        assertThat(verdicts(experiment, "right")).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    @Tag("case-9")
    void aHungCandidateHoldsUpNoFurtherCall(Start start) {
        Door door = bench.door();
        Experiment<Integer> hung =
                bench.experiment(options -> options.start(start).maxConcurrent(1));
        Experiment<Integer> other = bench.scientist().experiment("other", options -> options.start(start));
        hung.run(() -> -1, () -> {
            door.passStubbornly();
            return -1;
        });
        door.awaitArrivals(1);

        List<Integer> values = IntStream.range(0, 1_000)
                .mapToObj(i -> hung.run(() -> i, () -> i))
                .toList();
        other.run(() -> 1, () -> 1);
        settle(other);

        assertThat(values).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
        assertThat(verdicts(hung)).isEqualTo(Map.of("skipped/saturated", 1_000L));
        assertThat(verdicts(other)).isEqualTo(Map.of("matched", 1L));
        assertThat(hung.tally().inFlight()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    @Tag("case-10")
    void aPoolThatRefusesIsASkippedCallAndTheCallerNoticesNothing(Start start) {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().maxConcurrent(1));
        Experiment<String> hog = scientist.experiment("hog");
        Experiment<String> refused = scientist.experiment("refused", options -> options.start(start));
        hog.run(() -> "hog", () -> {
            door.pass();
            return "hog";
        });

        String value = refused.run(() -> "value", () -> "value");

        assertThat(value).isEqualTo("value");
        assertThat(verdicts(refused)).isEqualTo(Map.of("skipped/saturated", 1L));
        assertThat(refused.tally().inFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    @Tag("case-11")
    void tenThousandCallsBehindAHungCandidateTakeBoundedMemory(Start start) {
        Door door = bench.door();
        AtomicInteger started = new AtomicInteger();
        Experiment<Integer> experiment = bench.experiment(options -> options.start(start));

        int mostInFlight = 0;
        for (int i = 0; i < 10_000; i++) {
            int answer = i;
            experiment.run(() -> answer, () -> {
                started.incrementAndGet();
                door.passStubbornly();
                return answer;
            });
            mostInFlight = Math.max(mostInFlight, experiment.tally().inFlight());
        }
        door.awaitArrivals(64);

        assertThat(mostInFlight).isEqualTo(64);
        assertThat(started).hasValue(64);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/saturated", 10_000L - 64));
    }

    /**
     * Every call moves a clock of its own, by another time for each side, so a duration that belongs to another call
     * would be noticed.
     */
    @ParameterizedTest
    @EnumSource(names = {"POLLED", "IMMEDIATE", "AFTER_PRIMARY"})
    @Tag("case-12")
    void everyDurationBelongsToItsOwnCall(Start start) throws InterruptedException {
        int callers = 64;
        ThreadLocal<long[]> clock = ThreadLocal.withInitial(() -> new long[1]);
        Scientist scientist = bench.use(bench.builder().ticker(() -> clock.get()[0]));
        Experiment<Long> experiment = scientist.experiment(
                "experiment",
                options -> options.start(start).maxConcurrent(100_000).candidateTimeout(Duration.ofDays(1)));
        CountDownLatch ready = new CountDownLatch(callers);
        List<Thread> threads = new ArrayList<>();

        for (int caller = 0; caller < callers; caller++) {
            long id = caller + 1L;
            Thread thread = new Thread(() -> {
                ready.countDown();
                awaitQuietly(ready);
                for (long call = 1; call <= 20; call++) {
                    long nanos = id * 1_000 + call;
                    experiment.run(
                            () -> {
                                clock.get()[0] += nanos;
                                return nanos;
                            },
                            () -> {
                                clock.get()[0] += 2 * nanos;
                                return nanos;
                            });
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        settle(experiment);

        assertThat(verdicts(experiment).get("matched")).isPositive();
        assertThat(bench.seen.all()).allSatisfy(trial -> {
            Duration own = Duration.ofNanos((Long) trial.primary().valueOrNull());
            assertThat(trial.primary().elapsed()).isEqualTo(own);
            assertThat(trial.candidates().get(0).outcome().elapsed()).isEqualTo(own.multipliedBy(2));
        });
        assertThat(experiment.tally().calls("candidate")).isEqualTo(callers * 20L);
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    @Tag("case-13")
    void aCandidateThatIgnoresInterruptionKeepsItsPermitUntilItEnds(Start start) {
        Door door = bench.door();
        Experiment<String> stubborn = bench.experiment(
                options -> options.start(start).maxConcurrent(1).candidateTimeout(Duration.ofMillis(100)));
        Experiment<String> other = bench.scientist().experiment("other", options -> options.start(start));
        stubborn.run(() -> "value", () -> {
            door.passStubbornly();
            return "value";
        });
        door.awaitArrivals(1);

        bench.ticker.advance(Duration.ofMillis(101));
        door.awaitInterruption();
        eventually("it is counted as late", () -> stubborn.tally().count(Verdict.TIMED_OUT) == 1);
        stubborn.run(() -> "value", () -> "value");
        other.run(() -> "value", () -> "value");
        settle(other);
        int inFlightWhileItRuns = stubborn.tally().inFlight();
        door.open();
        settle(stubborn);
        stubborn.run(() -> "value", () -> "value");
        settle(stubborn);

        assertThat(inFlightWhileItRuns).isEqualTo(1);
        assertThat(verdicts(other)).isEqualTo(Map.of("matched", 1L));
        assertThat(verdicts(stubborn)).isEqualTo(Map.of("timed_out", 1L, "skipped/saturated", 1L, "matched", 1L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("case-14")
    void theInterruptFlagIsAsThePrimaryLeftIt(Start start) {
        Experiment<Boolean> experiment =
                bench.experiment(options -> options.start(start).comparator((primary, candidate) -> {
                    Thread.currentThread().interrupt();
                    return List.of();
                }));

        Thread.currentThread().interrupt();
        boolean seenByPrimary = experiment.run(Thread::interrupted, () -> {
            Thread.currentThread().interrupt();
            return true;
        });
        boolean afterClearing = Thread.interrupted();
        experiment.run(
                () -> {
                    Thread.currentThread().interrupt();
                    return true;
                },
                Thread::interrupted);
        boolean afterSetting = Thread.interrupted();

        assertThat(seenByPrimary).isTrue();
        assertThat(afterClearing).isFalse();
        assertThat(afterSetting).isTrue();
    }

    @Test
    @Tag("case-15")
    void fiftyScientistsCreatedAndClosedLeaveNoThread() {
        List<Thread> before = Bench.threads();
        Queue<Thread> workers = new ConcurrentLinkedQueue<>();

        for (int i = 0; i < 50; i++) {
            try (Scientist scientist =
                    TestScientists.builder().publisher(trial -> {}).build()) {
                Experiment<Thread> experiment =
                        scientist.experiment("experiment", options -> options.start(Start.IMMEDIATE));
                experiment.run(Thread::currentThread, () -> {
                    workers.add(Thread.currentThread());
                    return Thread.currentThread();
                });
            }
        }

        Bench.awaitNoThreadsBut(before);
        eventually("no worker is alive", () -> workers.stream().noneMatch(Thread::isAlive));
        assertThat(workers).hasSize(50);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A candidate that hangs must not hold a lock of the library. */
    @Test
    @Tag("case-9")
    void callsOfManyThreadsPassAHungCandidate() throws InterruptedException {
        Door door = bench.door();
        Experiment<Integer> experiment = bench.experiment(options -> options.maxConcurrent(2));
        List<Integer> values = Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> values.add(experiment.run(() -> i, () -> {
                    door.passStubbornly();
                    return i;
                }))))
                .toList();

        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(values).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/saturated", 6L));
    }
}
