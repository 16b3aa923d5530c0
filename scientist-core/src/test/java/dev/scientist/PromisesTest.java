package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Verdict.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the promises of the README, in its words. Promises that need more tests have a class of their own: 3 in
 * {@link VerdictTest}, 8 in {@link GatesTest}, 10 in {@link ContextCarrierTest}, 13 in {@link PrivacyTest}, 18 in
 * {@link CloseTest}.
 */
class PromisesTest {

    @AutoClose
    private final Bench bench = new Bench();

    private static List<?> copyOf(List<?> list) {
        return new ArrayList<>(list);
    }

    @Nested
    @Tag("promise-1")
    @DisplayName("Promise 1: the caller gets exactly what the serving side did, on its own thread")
    class TheCallerGetsWhatThePrimaryDid {

        @ParameterizedTest
        @EnumSource
        void theSameValueOnTheSameThreadWithItsThreadLocals(Start start) {
            Object answer = new Object();
            ThreadLocal<String> local = new ThreadLocal<>();
            AtomicReference<Thread> primaryThread = new AtomicReference<>();
            Experiment<Object> experiment = bench.experiment(options -> options.start(start));

            local.set("from the caller");
            Object value = experiment.run(
                    () -> {
                        primaryThread.set(Thread.currentThread());
                        local.set(local.get() + ", changed by the primary");
                        return answer;
                    },
                    Object::new);

            assertThat(value).isSameAs(answer);
            assertThat(primaryThread.get()).isSameAs(Thread.currentThread());
            assertThat(local.get()).isEqualTo("from the caller, changed by the primary");
        }

        @ParameterizedTest
        @EnumSource
        void theSameThrowableObjectUnwrappedAndUnmarked(Start start) {
            IOException thrown = new IOException("of the primary");
            Experiment<Object> experiment = bench.experiment(options -> options.start(start));

            Throwable caught = catchThrowable(() -> experiment.run(
                    () -> {
                        throw thrown;
                    },
                    () -> "fine"));
            settle(experiment);

            assertThat(caught).isSameAs(thrown).hasNoCause().hasNoSuppressedExceptions();
        }

        /** The interrupt flag is proved in {@link RunningTest#theInterruptFlagIsAsThePrimaryLeftIt}. */
        @ParameterizedTest
        @EnumSource
        void theSameWithAnArgumentACopierAndASnapshot(Start start) {
            List<Integer> argument = Bench.listOf(1, 2);
            AtomicReference<Object> seenByPrimary = new AtomicReference<>();
            Experiment<List<Integer>> experiment = bench.experiment(options ->
                    options.start(start).snapshot(ArrayList::new).argumentCopier(List.class, PromisesTest::copyOf));

            List<Integer> value = experiment.run(
                    argument,
                    list -> {
                        seenByPrimary.set(list);
                        return list;
                    },
                    ArrayList::new);
            settle(experiment);

            assertThat(value).isSameAs(argument);
            assertThat(seenByPrimary.get()).isSameAs(argument);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        }

        @ParameterizedTest
        @EnumSource
        void thePrimaryRunsOnceWhateverBecomesOfTheCandidate(Start start) {
            AtomicInteger calls = new AtomicInteger();
            Experiment<Integer> experiment =
                    bench.experiment(options -> options.start(start).maxConcurrent(1));

            List<Integer> values = IntStream.range(0, 100)
                    .mapToObj(i -> experiment.run(calls::incrementAndGet, () -> {
                        throw new IllegalStateException("candidate");
                    }))
                    .toList();

            assertThat(values).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
        }
    }

    /** One thing that goes wrong: it can be put into an experiment, and into a call. */
    private record Sabotage(
            String name,
            BiConsumer<Scientist.Builder, Throwable> scientist,
            BiConsumer<ExperimentOptions.Builder<Object>, Throwable> options,
            BiFunction<Experiment<Object>, Throwable, Object> call) {

        static Sabotage ofOptions(String name, BiConsumer<ExperimentOptions.Builder<Object>, Throwable> options) {
            return new Sabotage(name, (builder, thrown) -> {}, options, Sabotage::call);
        }

        static Sabotage ofScientist(String name, BiConsumer<Scientist.Builder, Throwable> scientist) {
            return new Sabotage(name, scientist, (options, thrown) -> {}, Sabotage::call);
        }

        static Sabotage ofCall(String name, BiFunction<Experiment<Object>, Throwable, Object> call) {
            return new Sabotage(name, (builder, thrown) -> {}, (options, thrown) -> {}, call);
        }

        static Object call(Experiment<Object> experiment, Throwable thrown) {
            return experiment.run(() -> "primary", () -> "candidate");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static <V> V raise(Throwable thrown, V never) {
        Bench.sneak(thrown);
        return never;
    }

    private static TrialPublisher publisher(Throwable thrown, boolean isInline, boolean failsAtDeclaration) {
        return new TrialPublisher() {
            @Override
            public void publish(Trial<?> trial) {
                raise(thrown, null);
            }

            @Override
            public void declared(Experiment<?> experiment) {
                if (failsAtDeclaration) {
                    raise(thrown, null);
                }
            }

            @Override
            public boolean isInline() {
                return isInline;
            }
        };
    }

    static Stream<Sabotage> sabotages() {
        return Stream.of(
                Sabotage.ofCall("candidate", (e, x) -> e.run(() -> "primary", () -> raise(x, null))),
                Sabotage.ofCall("hostile values", (e, x) -> {
                    e.run(Bench.Hostile::new, Bench.Hostile::new);
                    return "primary";
                }),
                Sabotage.ofCall("hostile errors", (e, x) -> {
                    Bench.attempt(
                            () -> e.run(() -> raise(new HostileError(), null), () -> raise(new HostileError(), null)));
                    return "primary";
                }),
                Sabotage.ofCall(
                        "candidate's hostile error",
                        (e, x) -> e.run(() -> "primary", () -> raise(new HostileError(), null))),
                Sabotage.ofCall(
                        "translation",
                        (e, x) -> e.call()
                                .candidate("candidate", () -> 1, number -> raise(x, "never"))
                                .run(() -> "primary")),
                Sabotage.ofCall(
                        "hostile key and attribute",
                        (e, x) -> e.call()
                                .key(new Bench.Hostile())
                                .attribute("a", new Bench.Hostile())
                                .candidate(() -> "candidate")
                                .run(() -> "primary")),
                new Sabotage(
                        "supplier of the key",
                        (builder, x) -> {},
                        (o, x) -> o.sampleByKey(),
                        (e, x) -> e.call()
                                .keyFrom(() -> raise(x, "never"))
                                .candidate(() -> "candidate")
                                .run(() -> "primary")),
                Sabotage.ofCall(
                        "supplier of attributes",
                        (e, x) -> e.call()
                                .attributesFrom(() -> raise(x, Map.of()))
                                .candidate(() -> "candidate")
                                .run(() -> "primary")),
                Sabotage.ofCall(
                        "candidate's stage",
                        (e, x) -> e.runAsync(
                                        () -> CompletableFuture.completedFuture("primary"),
                                        () -> CompletableFuture.failedFuture(x))
                                .join()),
                Sabotage.ofCall(
                        "candidate without a stage",
                        (e, x) -> e.runAsync(
                                        () -> CompletableFuture.completedFuture("primary"),
                                        () -> raise(x, CompletableFuture.completedFuture("never")))
                                .join()),
                Sabotage.ofCall(
                        "candidate's null for a stage",
                        (e, x) -> e.runAsync(() -> CompletableFuture.completedFuture("primary"), () -> null)
                                .join()),
                Sabotage.ofCall(
                        "candidate's stage that cannot be listened to",
                        (e, x) -> e.runAsync(
                                        () -> CompletableFuture.completedFuture("primary"), () -> new DeafFuture<>(x))
                                .join()),
                Sabotage.ofOptions("sampler", (o, x) -> o.sampler((key, attributes) -> raise(x, true))),
                Sabotage.ofOptions("key of a sampler", (o, x) -> o.sampleByKey()),
                Sabotage.ofOptions("condition", (o, x) -> o.runIf(attributes -> raise(x, true))),
                Sabotage.ofOptions("preparation", (o, x) -> o.beforeRun(attributes -> raise(x, null))),
                Sabotage.ofOptions("snapshot", (o, x) -> o.snapshot(value -> raise(x, value))),
                Sabotage.ofOptions("snapshot of null", (o, x) -> o.snapshot(value -> null)),
                Sabotage.ofOptions("cleaner", (o, x) -> o.cleaner(value -> raise(x, value))),
                Sabotage.ofOptions("cleaner to null", (o, x) -> o.cleaner(value -> null)),
                Sabotage.ofOptions("comparator", (o, x) -> o.comparator((a, b) -> raise(x, List.of()))),
                Sabotage.ofOptions("comparator without answer", (o, x) -> o.comparator((a, b) -> null)),
                Sabotage.ofOptions(
                        "comparator with null differences",
                        (o, x) -> o.comparator((a, b) -> Arrays.asList((Difference) null))),
                Sabotage.ofOptions(
                        "comparator's hostile difference",
                        (o, x) -> o.comparator((a, b) -> List.of(
                                Difference.of("", Difference.Kind.CHANGED, new Bench.Hostile(), new Bench.Hostile())))),
                Sabotage.ofOptions(
                        "ignore rule",
                        (o, x) -> o.ignore(IgnoreRule.<Object>named("rule")
                                .owner("team")
                                .reason("known")
                                .when((a, b) -> raise(x, true)))),
                Sabotage.ofOptions(
                        "guard's refusal", (o, x) -> o.guard(new TestGuard().refusing(() -> raise(x, Reason.NONE)))),
                Sabotage.ofOptions("guard's null", (o, x) -> o.guard(new TestGuard().refusing(() -> null))),
                Sabotage.ofOptions(
                        "guard's permission",
                        (o, x) -> o.guard(new TestGuard().acquiring(() -> raise(x, Reason.NONE)))),
                Sabotage.ofOptions(
                        "guard that settles", (o, x) -> o.guard(new TestGuard().onSettled(() -> raise(x, null)))),
                Sabotage.ofOptions("guard that ends", (o, x) -> o.guard(new TestGuard().onEnded(() -> raise(x, null)))),
                new Sabotage(
                        "argument copier",
                        (builder, x) -> {},
                        (o, x) -> o.argumentCopier(String.class, argument -> raise(x, argument)),
                        (e, x) -> e.run("argument", argument -> "primary", argument -> "candidate")),
                new Sabotage(
                        "argument copier of a described call",
                        (builder, x) -> {},
                        (o, x) -> o.argumentCopier(String.class, argument -> raise(x, argument)),
                        (e, x) -> e.call()
                                .candidate("argument", argument -> "candidate")
                                .run(() -> "primary")),
                new Sabotage(
                        "error comparator",
                        (builder, x) -> {},
                        (o, x) -> o.errorComparator((a, b) -> raise(x, List.of())),
                        (e, x) -> {
                            IllegalStateException thrown = new IllegalStateException("primary");
                            Throwable caught =
                                    catchThrowable(() -> e.run(() -> raise(thrown, null), () -> raise(x, null)));
                            return caught == thrown ? "primary" : caught;
                        }),
                Sabotage.ofScientist("publisher", (b, x) -> b.publisher(publisher(x, false, false))),
                Sabotage.ofScientist("inline publisher", (b, x) -> b.publisher(publisher(x, true, false))),
                Sabotage.ofScientist("publisher at the declaration", (b, x) -> b.publisher(publisher(x, false, true))),
                Sabotage.ofScientist(
                        "context that cannot be captured", (b, x) -> b.contextCarrier(() -> raise(x, null))),
                Sabotage.ofScientist("no context", (b, x) -> b.contextCarrier(() -> null)),
                Sabotage.ofScientist(
                        "context that cannot be opened", (b, x) -> b.contextCarrier(() -> () -> raise(x, null))),
                Sabotage.ofScientist("context without scope", (b, x) -> b.contextCarrier(() -> () -> null)),
                Sabotage.ofScientist(
                        "context that cannot be closed", (b, x) -> b.contextCarrier(() -> () -> () -> raise(x, null))));
    }

    /** An error whose methods throw. */
    private static final class HostileError extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage of a hostile error");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("getStackTrace of a hostile error");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("getCause of a hostile error");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString of a hostile error");
        }
    }

    private static final class DeafFuture<V> extends CompletableFuture<V> {
        private final Throwable thrown;

        DeafFuture(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public CompletableFuture<V> whenComplete(java.util.function.BiConsumer<? super V, ? super Throwable> action) {
            return raise(thrown, this);
        }
    }

    static Stream<Arguments> sabotagesOfEachStart() {
        return Arrays.stream(Start.values())
                .flatMap(start -> sabotages().map(sabotage -> Arguments.of(sabotage, start)));
    }

    @Nested
    @Tag("promise-2")
    @DisplayName("Promise 2: nothing else can reach the caller")
    class NothingElseReachesTheCaller {

        @ParameterizedTest(name = "{0}, {1}")
        @MethodSource("dev.scientist.PromisesTest#sabotagesOfEachStart")
        void notAnException(Sabotage sabotage, Start start) {
            Object value = callUnder(sabotage, start, new IOException("sabotage"));

            assertThat(value).isEqualTo("primary");
        }

        @ParameterizedTest(name = "{0}, {1}")
        @MethodSource("dev.scientist.PromisesTest#sabotagesOfEachStart")
        void notAnError(Sabotage sabotage, Start start) {
            Object value = callUnder(sabotage, start, new LinkageError("sabotage"));

            assertThat(value).isEqualTo("primary");
        }

        /** Fails also if the call is not counted exactly once, or keeps its permit. */
        private Object callUnder(Sabotage sabotage, Start start, Throwable thrown) {
            Scientist.Builder builder = bench.builder();
            sabotage.scientist().accept(builder, thrown);
            Experiment<Object> experiment = bench.use(builder).experiment("experiment", options -> {
                options.start(start);
                sabotage.options().accept(options, thrown);
            });
            Object value = sabotage.call().apply(experiment, thrown);
            settle(experiment);
            if (verdicts(experiment).values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    != 1) {
                throw new AssertionError("one call and these verdicts: " + verdicts(experiment));
            }
            return value;
        }

        @ParameterizedTest
        @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
        void notAHangOfWhatRunsAsideFromTheCaller(Start start) {
            Door door = bench.door();
            AtomicInteger hung = new AtomicInteger();
            Runnable hang = () -> {
                hung.incrementAndGet();
                door.passStubbornly();
            };
            List<Experiment<String>> experiments = new ArrayList<>();
            experiments.add(hanging("preparation", start, options -> options.beforeRun(attributes -> hang.run())));
            experiments.add(hanging(
                    "comparator",
                    start,
                    options -> options.comparator((a, b) -> {
                        hang.run();
                        return List.of();
                    })));
            experiments.add(hanging(
                    "ignore rule",
                    start,
                    options -> options.ignore(IgnoreRule.<String>named("rule")
                            .owner("team")
                            .reason("known")
                            .when((a, b) -> {
                                hang.run();
                                return false;
                            }))));
            experiments.add(hanging(
                    "cleaner",
                    start,
                    options -> options.cleaner(value -> {
                        hang.run();
                        return value;
                    })));

            List<String> values = experiments.stream()
                    .map(experiment -> experiment.run(() -> "a", () -> "b"))
                    .toList();
            eventually("all of them hang", () -> hung.get() == 4);
            List<String> whileTheyHang = experiments.stream()
                    .map(experiment -> experiment.run(() -> "a", () -> "b"))
                    .toList();
            door.open();
            experiments.forEach(Bench::settle);

            assertThat(values).containsOnly("a");
            assertThat(whileTheyHang).containsOnly("a");
            assertThat(experiments).allMatch(experiment -> experiment.tally().calls("candidate") == 2);
        }

        private Experiment<String> hanging(
                String name, Start start, java.util.function.Consumer<ExperimentOptions.Builder<String>> options) {
            return bench.scientist().experiment(name, builder -> {
                builder.start(start);
                options.accept(builder);
            });
        }
    }

    @Nested
    @Tag("promise-4")
    @DisplayName("Promise 4: the candidate is called at most once per call")
    class TheCandidateIsCalledAtMostOnce {

        @ParameterizedTest
        @EnumSource
        void asOftenAsItsVerdictsSay(Start start) {
            AtomicInteger calls = new AtomicInteger();
            Experiment<Integer> experiment = bench.experiment(
                    options -> options.start(start).sampleRate(0.5).maxConcurrent(4));

            for (int i = 0; i < 2_000; i++) {
                experiment.run(() -> 1, () -> {
                    calls.incrementAndGet();
                    return 1;
                });
            }
            settle(experiment);

            assertThat(calls.get()).isEqualTo((int) experiment.tally().count(Verdict.MATCHED));
            assertThat(experiment.tally().calls("candidate")).isEqualTo(2_000);
        }
    }

    @Nested
    @Tag("promise-5")
    @DisplayName(
            "Promise 5: a late candidate is interrupted or cancelled, counted, and keeps its permit until it really ends")
    class TheCandidateHasADeadline {

        @ParameterizedTest
        @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
        void aLateCandidateIsInterrupted(Start start) {
            Door door = bench.door();
            Experiment<String> experiment =
                    bench.experiment(options -> options.start(start).candidateTimeout(Duration.ofMillis(300)));

            experiment.run(() -> "a", () -> {
                door.pass();
                return "a";
            });
            door.awaitArrivals(1);
            bench.ticker.advance(Duration.ofMillis(299));
            long before = experiment.tally().calls("candidate");
            bench.ticker.advance(Duration.ofMillis(1));
            settle(experiment);

            assertThat(before).isZero();
            assertThat(door.interruptions()).isEqualTo(1);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
        }

        /** The interrupt has been consumed before the call, so nothing would end the candidate. */
        @Test
        void aCandidateThatIsLateBeforeItIsCalledIsNotCalled() {
            Door door = bench.door();
            AtomicInteger called = new AtomicInteger();
            Experiment<String> experiment = bench.experiment(options ->
                    options.candidateTimeout(Duration.ofMillis(10)).beforeRun(attributes -> door.passStubbornly()));

            experiment.run(() -> "a", () -> "a" + called.incrementAndGet());
            door.awaitArrivals(1);
            bench.ticker.advance(Duration.ofMillis(10));
            door.awaitInterruption();
            door.open();
            settle(experiment);

            assertThat(called).hasValue(0);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void aLateFutureIsCancelledOnlyIfItIsOwned(boolean isOwned) {
            CompletableFuture<String> future = new CompletableFuture<>();
            Experiment<String> experiment = bench.experiment(
                    options -> options.candidateTimeout(Duration.ofMillis(300)).ownedFutures(isOwned));

            experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> future);
            eventually("the candidate is started", () -> future.getNumberOfDependents() > 0);
            bench.ticker.advance(Duration.ofMillis(300));
            eventually("it is late", () -> experiment.tally().count(Verdict.TIMED_OUT) == 1);
            bench.letDispatcherWork();
            boolean isCancelled = future.isCancelled();
            future.complete("late");
            settle(experiment);

            assertThat(isCancelled).isEqualTo(isOwned);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 1L));
        }

        @Test
        void runawayFuturesCannotPileUp() {
            Door door = bench.door();
            AtomicInteger running = new AtomicInteger();
            Experiment<String> experiment =
                    bench.experiment(options -> options.maxConcurrent(8).candidateTimeout(Duration.ofMillis(20)));

            for (int i = 0; i < 50; i++) {
                experiment.runAsync(
                        () -> CompletableFuture.completedFuture("a"),
                        () -> CompletableFuture.supplyAsync(
                                () -> {
                                    running.incrementAndGet();
                                    door.passStubbornly();
                                    return "a";
                                },
                                task -> new Thread(task, "runaway").start()));
                int least = Math.min(i + 1, 8);
                eventually("those with a permit are at work", () -> running.get() >= least);
                bench.ticker.advance(Duration.ofMillis(20));
            }
            eventually("those with a permit are late", () -> experiment.tally().count(Verdict.TIMED_OUT) == 8);
            int inFlight = experiment.tally().inFlight();
            door.open();
            settle(experiment);

            assertThat(running).hasValue(8);
            assertThat(inFlight).isEqualTo(8);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 8L, "skipped/saturated", 42L));
        }

        @Test
        void runawayCandidatesCannotPileUp() {
            Door door = bench.door();
            AtomicInteger running = new AtomicInteger();
            Experiment<String> experiment =
                    bench.experiment(options -> options.maxConcurrent(3).candidateTimeout(Duration.ofMillis(1)));

            for (int i = 0; i < 50; i++) {
                experiment.run(() -> "a", () -> {
                    running.incrementAndGet();
                    door.passStubbornly();
                    return "a";
                });
                door.awaitArrivals(Math.min(i + 1, 3)); // one that is late by now would not be called
                bench.ticker.advance(Duration.ofMillis(1));
            }
            eventually("those with a permit are late", () -> experiment.tally().count(Verdict.TIMED_OUT) == 3);
            int inFlight = experiment.tally().inFlight();
            door.open();
            settle(experiment);

            assertThat(running).hasValue(3);
            assertThat(inFlight).isEqualTo(3);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("timed_out", 3L, "skipped/saturated", 47L));
        }
    }

    @Nested
    @Tag("promise-6")
    @DisplayName("Promise 6: over the limit work is shed and counted; nothing queues without bound, nobody blocks")
    class WorkIsBounded {

        @ParameterizedTest
        @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
        void overTheLimitOfAnExperiment(Start start) {
            Door door = bench.door();
            Experiment<String> experiment =
                    bench.experiment(options -> options.start(start).maxConcurrent(5));

            for (int i = 0; i < 100; i++) {
                experiment.run(() -> "a", () -> {
                    door.pass();
                    return "a";
                });
            }
            int inFlight = experiment.tally().inFlight();
            door.open();
            settle(experiment);

            assertThat(inFlight).isEqualTo(5);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 5L, "skipped/saturated", 95L));
        }

        @Test
        void overTheLimitOfTheScientist() {
            Door door = bench.door();
            Scientist scientist = bench.use(bench.builder().maxConcurrent(7));
            List<Experiment<String>> experiments = IntStream.range(0, 10)
                    .mapToObj(i -> scientist.<String>experiment("experiment " + i))
                    .toList();

            for (Experiment<String> experiment : experiments) {
                for (int i = 0; i < 10; i++) {
                    experiment.run(() -> "a", () -> {
                        door.pass();
                        return "a";
                    });
                }
            }
            int inFlight = experiments.stream()
                    .mapToInt(experiment -> experiment.tally().inFlight())
                    .sum();
            door.open();
            experiments.forEach(Bench::settle);

            assertThat(inFlight).isEqualTo(7);
            assertThat(experiments.stream()
                            .mapToLong(experiment -> experiment.tally().count(Verdict.SKIPPED))
                            .sum())
                    .isEqualTo(93);
        }

        @Test
        void aLimitThatIsLoweredHoldsForTheNextCall() {
            Door door = bench.door();
            Experiment<String> experiment = bench.experiment(options -> options.maxConcurrent(3));
            Implementation<String, InterruptedException> hung = () -> {
                door.pass();
                return "a";
            };

            experiment.run(() -> "a", hung);
            experiment.run(() -> "a", hung);
            experiment.change(settings -> settings.maxConcurrent(1));
            experiment.run(() -> "a", hung);
            int inFlight = experiment.tally().inFlight();
            door.open();
            settle(experiment);

            assertThat(inFlight).isEqualTo(2);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 2L, "skipped/saturated", 1L));
        }
    }

    @Nested
    @Tag("promise-7")
    @DisplayName("Promise 7: a circuit breaker stops a failing candidate; a kill switch stops all, at the next call")
    class CandidatesCanBeStopped {

        @Test
        void aBreakerThatOpensStopsTheCandidate() {
            AtomicInteger failures = new AtomicInteger();
            AtomicInteger calls = new AtomicInteger();
            CandidateGuard breaker = new CandidateGuard() {
                @Override
                public Reason refusal() {
                    return failures.get() < 3 ? Reason.NONE : Reason.CIRCUIT_OPEN;
                }

                @Override
                public Reason acquire() {
                    return refusal();
                }

                @Override
                public void settled(Outcome<?> outcome) {
                    if (outcome.errorOrNull() != null) {
                        failures.incrementAndGet();
                    }
                }

                @Override
                public void ended() {}
            };
            Experiment<String> experiment = bench.experiment(options -> options.guard(breaker));

            for (int i = 0; i < 10; i++) {
                experiment.run(() -> "a", () -> {
                    throw new IllegalStateException("failure " + calls.incrementAndGet());
                });
                settle(experiment);
            }

            assertThat(calls).hasValue(3);
            assertThat(verdicts(experiment)).isEqualTo(Map.of("candidate_failed", 3L, "skipped/circuit_open", 7L));
        }

        @ParameterizedTest
        @EnumSource
        void theKillSwitchStopsAllOfThemAtTheNextCall(Start start) {
            AtomicInteger calls = new AtomicInteger();
            List<Experiment<Integer>> experiments = IntStream.range(0, 3)
                    .mapToObj(i -> bench.scientist().<Integer>experiment("e" + i, options -> options.start(start)))
                    .toList();

            experiments.forEach(experiment -> experiment.run(() -> 1, calls::incrementAndGet));
            experiments.forEach(Bench::settle);
            bench.scientist().disable();
            experiments.forEach(experiment -> experiment.run(() -> 1, calls::incrementAndGet));
            experiments.forEach(Bench::settle);
            bench.scientist().enable();
            experiments.forEach(experiment -> experiment.run(() -> 1, calls::incrementAndGet));
            experiments.forEach(Bench::settle);

            assertThat(calls).hasValue(6);
            assertThat(experiments)
                    .allMatch(
                            experiment -> experiment.tally().count("candidate", Verdict.SKIPPED, Reason.DISABLED) == 1);
        }
    }

    @Nested
    @Tag("promise-9")
    @DisplayName("Promise 9: with an argument copier, the candidate cannot change the arguments under the primary")
    class ArgumentsAreCopied {

        @ParameterizedTest
        @EnumSource
        void theCandidateGetsACopyMadeBeforeThePrimaryRuns(Start start) {
            List<Integer> argument = Bench.listOf(1, 2);
            AtomicReference<Object> seenByCandidate = new AtomicReference<>();
            Experiment<Integer> experiment =
                    bench.experiment(options -> options.start(start).argumentCopier(List.class, PromisesTest::copyOf));

            Integer value = experiment.run(
                    argument,
                    list -> {
                        list.add(3);
                        return list.size();
                    },
                    list -> {
                        seenByCandidate.set(List.copyOf(list));
                        list.clear();
                        return 3;
                    });
            settle(experiment);

            assertThat(value).isEqualTo(3);
            assertThat(argument).containsExactly(1, 2, 3);
            assertThat(seenByCandidate.get()).isEqualTo(List.of(1, 2));
        }

        @Test
        void theCopierOfTheClassItselfGoesBeforeThatOfASupertype() {
            Experiment<String> experiment = bench.experiment(options -> options.start(Start.SAME_THREAD)
                    .argumentCopier(CharSequence.class, text -> "of the supertype")
                    .argumentCopier(String.class, text -> "of the class"));
            List<String> seen = new ArrayList<>();

            experiment.run("original", text -> text, text -> {
                seen.add(text);
                return text;
            });
            experiment.run(new StringBuilder("original"), StringBuilder::toString, text -> {
                seen.add(String.valueOf((Object) text));
                return "never, the copy is a String";
            });

            assertThat(seen).containsExactly("of the class");
            assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L, "candidate_failed", 1L));
        }

        @Test
        void anArgumentWithoutACopierIsSharedAndNullIsNull() {
            List<Integer> argument = Bench.listOf(1, 2);
            List<Object> seen = new ArrayList<>();
            Experiment<Integer> experiment = bench.experiment(
                    options -> options.start(Start.SAME_THREAD).argumentCopier(String.class, text -> text + " copied"));

            experiment.run(argument, List::size, list -> {
                seen.add(list);
                return list.size();
            });
            experiment.run((String) null, text -> 0, text -> {
                seen.add(text);
                return 0;
            });

            assertThat(seen).hasSize(2);
            assertThat(seen.get(0)).isSameAs(argument);
            assertThat(seen.get(1)).isNull();
        }
    }

    @Nested
    @Tag("promise-11")
    @DisplayName("Promise 11: the candidate can know it is a shadow; an experiment inside it starts no other candidate")
    class TheCandidateIsAShadow {

        @ParameterizedTest
        @EnumSource
        void onlyTheCandidateSeesTheMark(Start start) {
            List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
            Experiment<Integer> experiment =
                    bench.experiment(options -> options.start(start).comparator((primary, candidate) -> {
                        seen.add("comparator " + Shadow.experiment());
                        return List.of();
                    }));

            experiment.run(
                    () -> {
                        seen.add("primary " + Shadow.isActive());
                        return 1;
                    },
                    () -> {
                        seen.add("candidate " + Shadow.isActive() + " " + Shadow.experiment());
                        return 1;
                    });
            settle(experiment);
            seen.add("caller " + Shadow.isActive());

            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            "primary false", "candidate true experiment", "comparator null", "caller false");
        }

        @ParameterizedTest
        @EnumSource
        void anExperimentInsideACandidateStartsNoOther(Start start) {
            AtomicInteger innerCandidates = new AtomicInteger();
            Experiment<Integer> outer = bench.experiment(options -> options.start(start));
            Experiment<Integer> inner = bench.scientist().experiment("inner", options -> options.start(start));

            Integer value = outer.run(() -> 1, () -> inner.run(() -> 1, innerCandidates::incrementAndGet));
            settle(outer);

            assertThat(value).isEqualTo(1);
            assertThat(innerCandidates).hasValue(0);
            assertThat(verdicts(outer)).isEqualTo(Map.of("matched", 1L));
            assertThat(verdicts(inner)).isEqualTo(Map.of("skipped/nested", 1L));
        }

        @ParameterizedTest
        @EnumSource
        void anExperimentInsideAPrimaryStartsItsCandidate(Start start) {
            AtomicInteger innerCandidates = new AtomicInteger();
            Experiment<Integer> outer = bench.experiment(options -> options.start(start));
            Experiment<Integer> inner = bench.scientist().experiment("inner", options -> options.start(start));

            outer.run(() -> inner.run(() -> 1, innerCandidates::incrementAndGet), () -> 1);
            settle(outer);
            settle(inner);

            assertThat(innerCandidates).hasValue(1);
            assertThat(verdicts(inner)).isEqualTo(Map.of("matched", 1L));
        }

        @ParameterizedTest
        @EnumSource
        void theMarkIsGoneAlsoWhereTheCandidateThrew(Start start) {
            List<Boolean> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
            Scientist scientist = bench.use(bench.builder().publisher(trial -> seen.add(Shadow.isActive())));
            Experiment<Integer> experiment = scientist.experiment("experiment", options -> options.start(start));

            experiment.run(() -> 1, () -> {
                throw new IllegalStateException("candidate");
            });
            eventually("it is published", () -> seen.size() == 1);
            seen.add(Shadow.isActive());

            assertThat(seen).containsExactly(false, false);
        }

        @Test
        void aThreadOfTheCandidateCanBeMarkedAndUnmarked() {
            List<String> seen = new ArrayList<>();

            Shadow.Scope outer = Shadow.enter("outer");
            seen.add(Shadow.experiment());
            Shadow.Scope inner = Shadow.enter("inner");
            seen.add(Shadow.experiment());
            inner.close();
            seen.add(Shadow.experiment());
            outer.close();
            seen.add(Shadow.experiment());

            assertThat(seen).containsExactly("outer", "inner", "outer", null);
        }
    }

    @Nested
    @Tag("promise-14")
    @DisplayName("Promise 14: cardinality and memory are bounded whatever the traffic contains")
    class MemoryIsBounded {

        /**
         * Tests the experiment itself. The other parts that could grow with traffic, which are the log, the reservoir,
         * differences and trials, have tests of their own with the tag promise-14.
         */
        @Test
        void whatAnExperimentKeepsDoesNotGrowWithItsCalls() {
            Experiment<Integer> experiment = bench.scientist()
                    .experiment(
                            "keeps nothing", options -> options.sampleByKey().sampleRate(0.5));

            for (int i = 0; i < 100_000; i++) {
                int id = i;
                experiment
                        .call()
                        .key("key " + i)
                        .attribute("attribute " + i, i)
                        .candidate(() -> id)
                        .run(() -> id);
            }
            settle(experiment);

            assertThat(experiment.tally().calls("candidate")).isEqualTo(100_000);
            assertThat(verdicts(experiment).keySet()).isSubsetOf("matched", "skipped/not_sampled", "skipped/saturated");
        }

        @Test
        void theBacklogOfAPublisherIsBounded() {
            Door door = bench.door();
            AtomicInteger received = new AtomicInteger();
            Scientist scientist = bench.use(bench.builder().publisherBacklog(10).publisher(trial -> {
                door.passStubbornly();
                received.incrementAndGet();
            }));
            Experiment<Integer> experiment =
                    scientist.experiment("experiment", options -> options.start(Start.IMMEDIATE));

            for (int i = 0; i < 1_000; i++) {
                experiment.run(() -> 1, () -> 1);
            }
            settle(experiment);
            door.open();
            eventually("the backlog is delivered", () -> received.get() == 10);

            assertThat(experiment.tally().hookFailures(Tally.Hook.PUBLISHER_BACKLOG))
                    .isEqualTo(bench.seen.count() - 10);
        }
    }
}
