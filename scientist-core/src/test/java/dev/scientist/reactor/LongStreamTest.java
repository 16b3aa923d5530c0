package dev.scientist.reactor;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.IgnoreRule;
import dev.scientist.ResultComparator;
import dev.scientist.Scientist;
import dev.scientist.Shadow;
import dev.scientist.TestScientists;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import dev.scientist.decision.Evidence;
import dev.scientist.testing.RecordingPublisher;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

@DisplayName("Streams longer than what is kept of them")
class LongStreamTest {

    private static final int LIMIT = 16;
    private static final int LENGTH = 40 * LIMIT;

    private final FakeTicker ticker = new FakeTicker();
    private final Evidence evidence = Evidence.builder().build();
    private final RecordingPublisher recording = new RecordingPublisher();
    private final ElementByElement comparator = new ElementByElement();

    @AutoClose
    private final Scientist scientist = TestScientists.builder(ticker)
            .publisher(evidence)
            .publisher(recording)
            .closeTimeout(Duration.ofMillis(1))
            .build();

    /** Says where lists differ, and how long the longest was that it was given. */
    private static final class ElementByElement implements ResultComparator<List<Object>> {

        private final AtomicInteger longest = new AtomicInteger();

        @Override
        public List<Difference> compare(List<Object> primary, List<Object> candidate) {
            longest.accumulateAndGet(Math.max(primary.size(), candidate.size()), Math::max);
            List<Difference> differences = new ArrayList<>();
            for (int i = 0; i < Math.max(primary.size(), candidate.size()); i++) {
                Object one = i < primary.size() ? primary.get(i) : null;
                Object other = i < candidate.size() ? candidate.get(i) : null;
                if (one == null || !one.equals(other)) {
                    differences.add(Difference.of("/" + i, Difference.Kind.CHANGED, one, other));
                }
            }
            return differences;
        }

        @Override
        public boolean comparesInWindows() {
            return true;
        }
    }

    private Experiment<List<Object>> experiment(Consumer<ExperimentOptions.Builder<List<Object>>> more) {
        return scientist.experiment("stream", options -> {
            options.start(Start.IMMEDIATE).maxElements(LIMIT).comparator(comparator);
            more.accept(options);
        });
    }

    /**
     * Waits until workers have handed over what they have subscribed to. If a deadline passed while one is still at it,
     * the candidate would be late whatever it has delivered. Virtual threads are not listed, so not waited for.
     */
    private static void awaitIdleWorkers() {
        eventually(
                "workers are idle",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("scientist-worker-"))
                        .map(Thread::getState)
                        .allMatch(state -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING));
    }

    /** A call whose two sides are driven element by element. */
    private static final class Driven {

        private final Sinks.Many<Object> primary = Sinks.many().unicast().onBackpressureBuffer();
        private final Sinks.Many<Object> candidate = Sinks.many().unicast().onBackpressureBuffer();
        private final AtomicLong requested = new AtomicLong();
        private final AtomicLong delivered = new AtomicLong();
        private final List<Object> taken = Collections.synchronizedList(new ArrayList<>());
        private int emitted; // by the primary

        Driven(Experiment<List<Object>> experiment) {
            this(experiment, Flux.never());
        }

        /** A call whose caller leaves when {@code end} says so. */
        Driven(Experiment<List<Object>> experiment, Flux<?> end) {
            Flux<Object> observed = candidate
                    .asFlux()
                    .doOnRequest(requested::addAndGet)
                    .doOnNext(element -> delivered.incrementAndGet());
            ReactiveExperiment.ofList(experiment)
                    .flux(primary::asFlux, () -> observed)
                    .takeUntilOther(end)
                    .subscribe(taken::add, error -> {});
            eventually("the candidate runs", () -> requested.get() > 0);
            awaitIdleWorkers();
        }

        /** Both deliver the same, as far as a window needs, and then what was compared is gone. */
        void goOn(int elements) {
            for (int i = 0; i < elements; i++) {
                long before = requested.get();
                boolean isDue = isDue();
                long count = delivered.get();
                candidate(emitted);
                eventually("it is delivered", () -> delivered.get() > count);
                primary(emitted);
                if (isDue) {
                    eventually("a window has been compared", () -> requested.get() > before);
                }
            }
        }

        /** Whether the next element of the primary begins a window. */
        boolean isDue() {
            long dropped = requested.get() - (2 * LIMIT + 1);
            return emitted >= LIMIT && emitted - dropped >= LIMIT / 2;
        }

        void primary(Object... elements) {
            for (Object element : elements) {
                primary.tryEmitNext(element).orThrow();
                emitted++;
            }
        }

        void candidate(Object... elements) {
            for (Object element : elements) {
                candidate.tryEmitNext(element); // without effect once it is cancelled
            }
        }

        void end() {
            candidate.tryEmitComplete();
            primary.tryEmitComplete().orThrow();
        }
    }

    private static Object[] range(int from, int to) {
        return IntStream.range(from, to).boxed().toArray();
    }

    /** The only trial, once it is published. */
    private Trial<?> trial() {
        eventually("a trial is published", () -> recording.published() == 1);
        return recording.trials().get(0);
    }

    private Trial.Candidate<?> candidate() {
        return trial().candidates().get(0);
    }

    // ---- verdicts ----

    @Test
    void isComparedElementByElementHoweverLongItIs() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH);
        call.end();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(call.taken).hasSize(LENGTH);
        assertThat(comparator.longest).hasValueLessThanOrEqualTo(2 * LIMIT);
    }

    @Test
    void aDifferenceHasThePlaceThatItHasInTheWholeStream() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH);
        call.candidate("other");
        call.primary("one");
        call.end();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MISMATCHED);
        assertThat(candidate().differences()).extracting(Difference::path).containsExactly("/" + LENGTH);
    }

    @Test
    void aDifferenceEndsTheComparisonAndTheCallerGoesOn() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH + 1); // so that the next window does not begin at once
        call.candidate("other");
        call.primary("one");
        while (!call.isDue()) {
            call.candidate("next");
            call.primary("next");
        }
        call.primary("the one that begins a window");

        assertThat(candidate().verdict()).isEqualTo(Verdict.MISMATCHED);
        eventually("the candidate is cancelled", () -> call.candidate.currentSubscriberCount() == 0);
        assertThat(call.primary.currentSubscriberCount()).isEqualTo(1);
    }

    @Test
    void aCandidateThatEndsEarlierDiffers() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH);
        call.candidate.tryEmitComplete().orThrow();
        call.primary(range(0, 2 * LIMIT));

        assertThat(candidate().verdict()).isEqualTo(Verdict.MISMATCHED);
    }

    @Test
    void aCandidateThatEndsOneElementEarlierDiffers() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH);
        call.primary("last");
        call.end();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MISMATCHED);
        assertThat(candidate().differences()).extracting(Difference::path).containsExactly("/" + LENGTH);
    }

    @Test
    void aCandidateThatGoesOnDiffersOnceThePrimaryHasEnded() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH);
        call.candidate(range(0, 4 * LIMIT));
        long asked = call.requested.get();
        call.primary.tryEmitComplete().orThrow();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MISMATCHED);
        assertThat(asked).isLessThanOrEqualTo(LENGTH + 2 * LIMIT + 1);
    }

    @Test
    void anErrorOfTheCandidateAfterManyElementsIsItsFailure() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH);
        call.candidate.tryEmitError(new IllegalStateException("candidate")).orThrow();
        call.primary("more");
        call.primary.tryEmitComplete().orThrow();

        assertThat(candidate().verdict()).isEqualTo(Verdict.CANDIDATE_FAILED);
    }

    @Test
    void whatTheCallerTookOfItIsCompared() {
        Sinks.Empty<Object> end = Sinks.empty();
        Driven call = new Driven(experiment(options -> {}), end.asMono().flux());

        call.goOn(LENGTH);
        end.tryEmitEmpty().orThrow();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void aSecondRunOfThePrimaryIsComparedWithIt() {
        Experiment<List<Object>> experiment = experiment(options -> options.replicateRate(1));
        Sinks.Many<Object> primary = Sinks.many().replay().all();
        Sinks.Many<Object> candidate = Sinks.many().unicast().onBackpressureBuffer();
        AtomicLong requested = new AtomicLong();
        AtomicLong delivered = new AtomicLong();
        AtomicLong again = new AtomicLong(); // delivered by the second run
        Flux<Object> observed =
                candidate.asFlux().doOnRequest(requested::addAndGet).doOnNext(element -> delivered.incrementAndGet());
        ReactiveExperiment.ofList(experiment)
                .flux(() -> countedInShadows(primary.asFlux(), again), () -> observed)
                .subscribe();
        eventually("both run", () -> requested.get() > 0 && primary.currentSubscriberCount() == 2);
        awaitIdleWorkers();

        for (int i = 0; i < LENGTH; i++) {
            long before = requested.get();
            boolean isDue = i >= LIMIT && i - (before - (2 * LIMIT + 1)) >= LIMIT / 2;
            int count = i + 1;
            candidate.tryEmitNext(i).orThrow();
            eventually("it is delivered", () -> delivered.get() == count);
            primary.tryEmitNext(i).orThrow();
            eventually("it is delivered again", () -> again.get() == count);
            if (isDue) {
                eventually("a window has been compared", () -> requested.get() > before);
            }
        }
        candidate.tryEmitComplete().orThrow();
        primary.tryEmitComplete().orThrow();

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(trial().replicate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    /** A stream that counts what it delivers to subscriptions of shadows. */
    private static Flux<Object> countedInShadows(Flux<Object> stream, AtomicLong count) {
        return Flux.defer(() -> Shadow.isActive() ? stream.doOnNext(element -> count.incrementAndGet()) : stream);
    }

    @Test
    void atTheDeadlineItIsComparedAsFarAsBothHaveCome() {
        Driven call = new Driven(experiment(options -> {}));

        call.goOn(LENGTH);
        eventually("the deadline has passed", () -> {
            ticker.advance(Duration.ofMillis(100));
            return recording.published() == 1;
        });

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(call.primary.currentSubscriberCount()).isEqualTo(1);
    }

    @Test
    @Tag("promise-5")
    void aCandidateThatGoesOnAfterAWindowHasItsOwnDeadlineAndNotThatOfTheComparison() throws InterruptedException {
        Duration comparison = Duration.ofMillis(10);
        Experiment<List<Object>> experiment = experiment(
                options -> options.candidateTimeout(Duration.ofMinutes(10)).comparisonTimeout(comparison));
        Experiment<String> late = scientist.experiment(
                "late", options -> options.start(Start.IMMEDIATE).candidateTimeout(comparison));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicBoolean isInterrupted = new AtomicBoolean();
        AtomicInteger delivered = new AtomicInteger();
        Flux<Object> candidate = Flux.range(0, 4 * LIMIT).cast(Object.class).doOnNext(element -> {
            delivered.incrementAndGet();
            if (element.equals(2 * LIMIT + 1)) { // the first element that is requested after a window
                asked.countDown();
                isInterrupted.set(isInterruptedBefore(goesOn));
            }
        });
        Sinks.Many<Object> primary = Sinks.many().unicast().onBackpressureBuffer();
        ReactiveExperiment.ofList(experiment)
                .flux(primary::asFlux, () -> candidate)
                .subscribe();
        eventually("the candidate is ahead", () -> delivered.get() == 2 * LIMIT + 1);

        for (Object element : range(0, LIMIT + 1)) {
            primary.tryEmitNext(element).orThrow();
        }
        asked.await();
        CountDownLatch lateIsCalled = new CountDownLatch(1);
        CountDownLatch lateIsInterrupted = new CountDownLatch(1);
        late.run(() -> "a", () -> {
            lateIsCalled.countDown();
            if (isInterruptedBefore(goesOn)) {
                lateIsInterrupted.countDown();
            }
            return "a";
        });
        lateIsCalled.await(); // one whose deadline passes before is not called at all
        eventually("whoever is late is interrupted", () -> {
            ticker.advance(comparison);
            return lateIsInterrupted.getCount() == 0;
        });
        goesOn.countDown();

        assertThat(isInterrupted).isFalse();
    }

    private static boolean isInterruptedBefore(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void whoKeepsUpIsNotLateBecauseAnotherIsFurther() {
        Experiment<List<Object>> experiment = scientist.experiment(
                "stream", options -> options.start(Start.IMMEDIATE).replicateRate(1));
        Sinks.Many<Object> primary = Sinks.many().replay().all();
        Sinks.Many<Object> candidate = Sinks.many().multicast().directBestEffort();
        AtomicLong again = new AtomicLong(); // delivered by the second run
        ReactiveExperiment.ofList(experiment)
                .flux(() -> countedInShadows(primary.asFlux(), again), candidate::asFlux)
                .subscribe();
        eventually("both run", () -> candidate.currentSubscriberCount() == 1 && primary.currentSubscriberCount() == 2);
        awaitIdleWorkers();

        for (int i = 0; i < 50; i++) {
            primary.tryEmitNext(i).orThrow();
            if (i < 49) {
                candidate.tryEmitNext(i).orThrow();
            }
        }
        eventually("all is delivered again", () -> again.get() == 50);
        eventually("the deadline has passed", () -> {
            ticker.advance(Duration.ofMillis(100));
            return recording.published() == 1;
        });

        assertThat(candidate().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(trial().replicate().verdict()).isEqualTo(Verdict.MATCHED);
    }

    // ---- what is not compared ----

    @Test
    @Tag("promise-15")
    void aCandidateThatIsMoreThanTheLimitBehindSpeaksAgainstNobody() {
        Experiment<List<Object>> experiment = experiment(options -> {});
        Driven call = new Driven(experiment);

        call.goOn(LENGTH);
        call.primary(range(0, 3 * LIMIT));

        eventually("it is counted", () -> experiment.tally().calls("candidate") == 1);
        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.OVER_BUDGET))
                .isEqualTo(1);
        assertThat(evidence.snapshot("stream").compared()).isZero();
        assertThat(call.taken).hasSize(LENGTH + 3 * LIMIT);
    }

    private enum Whole {
        COMPARATOR {
            @Override
            ExperimentOptions.Builder<List<Object>> of(ExperimentOptions.Builder<List<Object>> options) {
                return options.comparator((primary, candidate) -> List.of());
            }
        },
        SNAPSHOT {
            @Override
            ExperimentOptions.Builder<List<Object>> of(ExperimentOptions.Builder<List<Object>> options) {
                return options.snapshot(List::copyOf);
            }
        },
        IGNORE_RULE {
            @Override
            ExperimentOptions.Builder<List<Object>> of(ExperimentOptions.Builder<List<Object>> options) {
                return options.ignore(IgnoreRule.<List<Object>>named("rule")
                        .owner("owner")
                        .reason("reason")
                        .when((primary, candidate) -> false));
            }
        },
        RELEASE {
            @Override
            ExperimentOptions.Builder<List<Object>> of(ExperimentOptions.Builder<List<Object>> options) {
                return options.release(answer -> {});
            }
        };

        abstract ExperimentOptions.Builder<List<Object>> of(ExperimentOptions.Builder<List<Object>> options);
    }

    @ParameterizedTest
    @EnumSource
    void isNotComparedWhereWhoeverSeesItNeedsAllOfIt(Whole whole) {
        Experiment<List<Object>> experiment = scientist.experiment(
                "stream", options -> whole.of(options.start(Start.IMMEDIATE).maxElements(LIMIT)));
        Driven call = new Driven(experiment);

        for (int i = 0; i <= LIMIT; i++) {
            call.candidate(i);
            call.primary(i);
        }

        eventually("it is counted", () -> experiment.tally().calls("candidate") == 1);
        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.OVER_BUDGET))
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeComparedIsSaidOnce() {
        Experiment<List<Object>> experiment = scientist.experiment(
                "stream",
                options -> options.start(Start.IMMEDIATE)
                        .maxElements(LIMIT)
                        .comparator(new ResultComparator<List<Object>>() {
                            @Override
                            public List<Difference> compare(List<Object> primary, List<Object> candidate) {
                                throw new IllegalStateException("cannot compare");
                            }

                            @Override
                            public boolean comparesInWindows() {
                                return true;
                            }
                        }));
        Driven call = new Driven(experiment);

        call.goOn(LIMIT);
        call.candidate("more");
        call.primary("more");

        eventually("it is counted", () -> experiment.tally().calls("candidate") == 1);
        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.COMPARATOR_FAILED))
                .isEqualTo(1);
    }

    @Test
    @Tag("promise-15")
    void aWindowThatCouldBeComparedTheSecondTimeOnlyIsNoMatchOfAllThatFollows() {
        AtomicInteger comparisons = new AtomicInteger();
        Experiment<List<Object>> experiment = scientist.experiment(
                "stream",
                options -> options.start(Start.IMMEDIATE)
                        .maxElements(LIMIT)
                        .comparator(new ResultComparator<List<Object>>() {
                            @Override
                            public List<Difference> compare(List<Object> primary, List<Object> candidate) {
                                if (comparisons.incrementAndGet() == 1) {
                                    throw new IllegalStateException("no time");
                                }
                                return List.of();
                            }

                            @Override
                            public boolean comparesInWindows() {
                                return true;
                            }
                        }));
        Driven call = new Driven(experiment);

        call.goOn(LIMIT);
        call.candidate("more");
        call.primary("more");
        eventually("it is counted", () -> experiment.tally().calls("candidate") == 1);

        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.OVER_BUDGET))
                .isEqualTo(1);
    }

    // ---- what is kept ----

    @Test
    @Tag("promise-14")
    void whatBothSidesHaveDeliveredIsNotKept() {
        Driven call = new Driven(experiment(options -> {}));
        WeakReference<Object> element = deliver(call);

        call.goOn(4 * LIMIT);

        eventually("it is collected", () -> {
            call.taken.clear();
            System.gc();
            return element.get() == null;
        });
        assertThat(call.candidate.currentSubscriberCount())
                .as("the call goes on")
                .isEqualTo(1);
    }

    private static WeakReference<Object> deliver(Driven call) {
        Object element = new Object();
        call.candidate(element);
        call.primary(element);
        return new WeakReference<>(element);
    }

    // ---- both at once ----

    /** The expected result of one call. */
    private record Expected(boolean isEqual, int length) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("promise-3")
    void racingSidesAreNeverFoundEqualWhereTheyAreNotNorDifferentWhereTheyAre(long seed) {
        Random random = new Random(seed);
        Experiment<List<Object>> experiment = experiment(options -> options.candidateTimeout(Duration.ofMinutes(10)));
        ConcurrentLinkedQueue<Object> wrong = new ConcurrentLinkedQueue<>();
        int calls = 400;
        Map<Verdict, Long> before = counts(experiment);

        for (int i = 0; i < calls; i++) {
            Expected expected = new Expected(random.nextBoolean(), 1 + random.nextInt(20 * LIMIT));
            int other = random.nextInt(expected.length());
            int shift = random.nextInt(3); // changed there, ends there, or goes on after the end
            Flux<Object> primary = paced(Flux.range(0, expected.length()).cast(Object.class), random.nextInt(4));
            Flux<Object> candidate = paced(
                    expected.isEqual()
                            ? Flux.range(0, expected.length()).cast(Object.class)
                            : differing(expected.length(), other, shift),
                    random.nextInt(4));
            List<Object> answer = ReactiveExperiment.ofList(experiment)
                    .flux(() -> primary, () -> candidate)
                    .collectList()
                    .block();
            assertThat(answer).hasSize(expected.length());
            int counted = i + 1;
            eventually("it is counted", () -> experiment.tally().calls("candidate") == counted);
            Map<Verdict, Long> after = counts(experiment);
            Verdict wrongOne = expected.isEqual() ? Verdict.MISMATCHED : Verdict.MATCHED;
            if (after.get(wrongOne) > before.get(wrongOne)) {
                wrong.add(expected + " came to " + wrongOne);
            }
            before = after;
        }

        assertThat(wrong).isEmpty();
        assertThat(experiment.tally().calls("candidate")).isEqualTo(calls);
        assertThat(before.get(Verdict.MISMATCHED)).isPositive();
        assertThat(before.get(Verdict.MATCHED)).isPositive();
    }

    private static Map<Verdict, Long> counts(Experiment<?> experiment) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, experiment.tally().count(verdict));
        }
        return counts;
    }

    private static Flux<Object> differing(int length, int at, int shift) {
        return switch (shift) {
            case 0 -> Flux.range(0, length).map(element -> element == at ? "other" : element);
            case 1 -> Flux.range(0, at).cast(Object.class);
            default -> Flux.range(0, length + 1 + at).cast(Object.class);
        };
    }

    /** The same elements, for most kinds delivered on other threads. */
    private static Flux<Object> paced(Flux<Object> elements, int kind) {
        return switch (kind) {
            case 0 -> elements;
            case 1 -> elements.publishOn(Schedulers.parallel(), 1);
            case 2 -> elements.subscribeOn(Schedulers.parallel());
            default -> elements.publishOn(Schedulers.parallel(), 2).publishOn(Schedulers.parallel(), 1);
        };
    }
}
