package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests everything at once, on real threads: sides that are quick, slow, hung, not interruptible or throwing; several
 * candidates; completion stages that complete on another thread, twice or never; settings that change; and a close at
 * any moment. Whatever the interleaving, the counts must add up. The seed fixes what each thread does, not when it does
 * it.
 */
@Tag("promise-1")
@Tag("promise-2")
@Tag("promise-3")
@Tag("promise-4")
@Tag("promise-5")
@Tag("promise-6")
@Tag("promise-18")
@DisplayName("Promises 1 to 6 and 18, all together, under random load")
class SimulationTest {

    private static final int CALLERS = 4;
    private static final int CALLS = 1_500;

    static Stream<Arguments> simulations() {
        return Arrays.stream(Start.values())
                .flatMap(start -> Stream.of(Arguments.of(start, 17L, false), Arguments.of(start, 23L, true)));
    }

    @ParameterizedTest(name = "{0}, seed {1}, closed meanwhile: {2}")
    @MethodSource("simulations")
    void theBooksBalance(Start start, long seed, boolean isClosedMeanwhile) {
        List<Thread> threadsBefore = Bench.threads();
        Simulation simulation = new Simulation(start, seed, isClosedMeanwhile);

        simulation.run();
        Bench.awaitNoThreadsBut(threadsBefore);

        assertThat(simulation.violations).isEmpty();
        assertThat(simulation.books(simulation.single))
                .containsExactlyElementsOf(simulation.expectedBooks(simulation.single));
        assertThat(simulation.books(simulation.several))
                .containsExactlyElementsOf(simulation.expectedBooks(simulation.several));
        assertThat(simulation.wronglyCalled()).isEmpty();
        assertThat(simulation.delivered.get() + simulation.dropped()).isEqualTo(simulation.published.get());
        assertThat(simulation.guard.counts()).containsOnly(simulation.guard.admitted.get());
        assertThat(simulation.contextsClosed).hasValue(simulation.contextsOpened.get());
        assertThat(simulation.released).isEqualTo(simulation.answered);
        assertThat(simulation.freePermits()).isEqualTo(Simulation.MOST_CONCURRENT);
    }

    /** Compared by number, told apart by identity. */
    private record Token(int number) {}

    /** A key for an object that is compared by identity. */
    private record Same(Object answer) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Same same && same.answer == answer;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(answer);
        }
    }

    /** A guard that admits most candidates, and counts its calls. */
    private static final class CountingGuard implements CandidateGuard {
        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong admitted = new AtomicLong();
        private final AtomicLong settled = new AtomicLong();
        private final AtomicLong ended = new AtomicLong();

        List<Long> counts() {
            return List.of(admitted.get(), settled.get(), ended.get());
        }

        @Override
        public Reason refusal() {
            return Reason.NONE;
        }

        @Override
        public Reason acquire() {
            if (asked.incrementAndGet() % 50 == 0) {
                return Reason.CIRCUIT_OPEN;
            }
            admitted.incrementAndGet();
            return Reason.NONE;
        }

        @Override
        public void settled(Outcome<?> outcome) {
            settled.incrementAndGet();
        }

        @Override
        public void ended() {
            ended.incrementAndGet();
        }
    }

    private static final class Simulation {
        private static final int MOST_CONCURRENT = 12;

        private final Queue<String> violations = new ConcurrentLinkedQueue<>();
        private final Door door = new Door();
        private final AtomicInteger deaf = new AtomicInteger();
        private final Queue<CompletableFuture<Object>> open = new ConcurrentLinkedQueue<>();
        private final Queue<CompletableFuture<Object>> late = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean isOver = new AtomicBoolean();

        private final Map<String, AtomicLong> seen = new ConcurrentHashMap<>();
        private final AtomicLong published = new AtomicLong();
        private final AtomicLong delivered = new AtomicLong();
        private final AtomicLong contextsOpened = new AtomicLong();
        private final AtomicLong contextsClosed = new AtomicLong();
        private final CountingGuard guard = new CountingGuard();
        private final Map<Same, Integer> answered = new ConcurrentHashMap<>();
        private final Map<Same, Integer> released = new ConcurrentHashMap<>();
        private final Map<Experiment<?>, AtomicLong> calls = new ConcurrentHashMap<>();
        private final Map<String, AtomicLong> candidateCalls = new ConcurrentHashMap<>();

        private final Start start;
        private final long seed;
        private final boolean isClosedMeanwhile;
        private final Engine engine;
        private final TrialRunner<Object> single;
        private final TrialRunner<Object> several;

        Simulation(Start start, long seed, boolean isClosedMeanwhile) {
            this.start = start;
            this.seed = seed;
            this.isClosedMeanwhile = isClosedMeanwhile;
            Dispatcher dispatcher =
                    new Dispatcher(new WorkQueue(), TestScientists.workers(MOST_CONCURRENT), System::nanoTime);
            this.engine = new Engine(
                    dispatcher,
                    new PublisherFanOut(List.of(bookkeeper(), this::deliver), 32, dispatcher),
                    new ContextCarriers(List.of(this::captureContext)),
                    MOST_CONCURRENT,
                    Duration.ofMillis(new SplittableRandom(seed).nextInt(1, 40)),
                    System::nanoTime,
                    InstantSource.system());
            this.single = experiment("single", true, "candidate");
            this.several = experiment("several", false, "a", "b", "c");
            dispatcher.start();
        }

        private TrialRunner<Object> experiment(String name, boolean isOwned, String... candidates) {
            ExperimentOptions.Builder<Object> options = new ExperimentOptions.Builder<>(InstantSource.system());
            options.start(start)
                    .candidates(candidates)
                    .maxConcurrent(9)
                    .candidateTimeout(Duration.ofMillis(3))
                    .comparisonTimeout(Duration.ofMillis(3))
                    .comparator(this::compare)
                    .snapshot(value -> value)
                    .replicateRate(0.3)
                    .ownedFutures(isOwned)
                    .release(this::release)
                    .ignore(IgnoreRule.named("rule")
                            .owner("team")
                            .reason("known")
                            .when(this::accepts))
                    .guard(guard);
            TrialRunner<Object> experiment = new TrialRunner<>(name, options.build(), engine);
            calls.put(experiment, new AtomicLong());
            return experiment;
        }

        // ---- the run ----

        void run() {
            List<Thread> callers = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> new Thread(() -> call(new SplittableRandom(seed * 100 + caller))))
                    .toList();
            Thread completer = new Thread(() -> complete(new SplittableRandom(seed * 1_000)));
            Thread changer = new Thread(() -> change(new SplittableRandom(seed * 10_000)));
            completer.start();
            changer.start();
            callers.forEach(Thread::start);
            callers.forEach(Simulation::join);
            isOver.set(true);
            if (isClosedMeanwhile) {
                engine.close(() -> {}); // returns at once if the engine was closed already
            }
            door.open();
            join(changer);
            join(completer);
            eventually("all permits of the experiments are returned", () -> {
                completeAll(open); // each time, because a primary that completes may start another candidate
                completeAll(late);
                return single.tally().inFlight() == 0 && several.tally().inFlight() == 0;
            });
            engine.close(() -> {});
            eventually("all trials are delivered or dropped", () -> delivered.get() + dropped() == published.get());
            eventually("all guards have heard of the end", () -> guard.ended.get() == guard.admitted.get());
            eventually("all answers are released", () -> released.equals(answered));
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while simulating", e);
            }
        }

        private void complete(SplittableRandom random) {
            while (!isOver.get()) {
                CompletableFuture<Object> next = random.nextInt(50) == 0 ? late.poll() : open.poll();
                if (next != null) {
                    next.complete(new Token(random.nextInt(3)));
                } else {
                    LockSupport.parkNanos(50_000);
                }
            }
        }

        private static void completeAll(Queue<CompletableFuture<Object>> futures) {
            CompletableFuture<Object> next = futures.poll();
            while (next != null) {
                next.complete(new Token(0));
                next = futures.poll();
            }
        }

        private void change(SplittableRandom random) {
            int closeAt = random.nextInt(20, 100);
            for (int round = 0; !isOver.get(); round++) {
                Experiment<Object> experiment = random.nextBoolean() ? single : several;
                switch (random.nextInt(8)) {
                    case 0 -> experiment.change(settings -> settings.sampleRate(random.nextDouble()));
                    case 1 -> experiment.change(settings -> settings.maxConcurrent(random.nextInt(1, 12)));
                    case 2 ->
                        experiment.change(
                                settings -> settings.candidateTimeout(Duration.ofNanos(random.nextInt(1, 5_000_000))));
                    case 3 ->
                        experiment.change(
                                settings -> settings.comparisonTimeout(Duration.ofNanos(random.nextInt(1, 5_000_000))));
                    case 4 -> engine.disable();
                    case 5 -> experiment.change(settings -> settings.maxPerSecond(random.nextInt(1, 100_000)));
                    default -> {
                        engine.enable();
                        experiment.change(settings -> settings.sampleRate(1).maxConcurrent(9));
                    }
                }
                if (isClosedMeanwhile && round == closeAt) {
                    engine.close(() -> {});
                }
                LockSupport.parkNanos(300_000);
            }
            engine.enable();
        }

        private void call(SplittableRandom random) {
            for (int i = 0; i < CALLS; i++) {
                try {
                    switch (random.nextInt(4)) {
                        case 0 -> callSingle(random);
                        case 1 -> callSeveral(random);
                        case 2 -> callAsync(random);
                        default -> callSeveralAsync(random);
                    }
                } catch (Throwable thrown) {
                    violations.add("a caller got " + thrown);
                }
                if (Thread.interrupted()) {
                    violations.add("a caller was interrupted");
                }
                if (random.nextInt(4) == 0) {
                    LockSupport.parkNanos(random.nextInt(500_000));
                }
            }
        }

        private void callSingle(SplittableRandom random) {
            calls.get(single).incrementAndGet();
            Side primary = primary(random);
            check(primary, () -> single.run(() -> answer(primary.call()), candidate("single candidate", random)));
        }

        private void callSeveral(SplittableRandom random) {
            calls.get(several).incrementAndGet();
            Side primary = primary(random);
            Experiment.Call<Object> call =
                    several.call().attribute("a", 1).candidate("b", candidate("several b", random));
            if (random.nextBoolean()) {
                call.candidate("a", candidate("several a", random));
            }
            if (random.nextBoolean()) {
                Implementation<Object, RuntimeException> foreign = candidate("several c", random);
                call.candidate("c", foreign, this::translate);
            }
            check(primary, () -> call.run(() -> answer(primary.call())));
        }

        private void callAsync(SplittableRandom random) {
            calls.get(single).incrementAndGet();
            CompletableFuture<Object> stage = stage(random);
            CompletableFuture<Object> handed =
                    single.runAsync(() -> answerLater(stage), asyncCandidate("single candidate", random));
            checkStage(stage, handed, random);
        }

        private void callSeveralAsync(SplittableRandom random) {
            calls.get(several).incrementAndGet();
            CompletableFuture<Object> stage = stage(random);
            CompletableFuture<Object> handed = several.call()
                    .asyncCandidate("a", asyncCandidate("several a", random))
                    .candidate("b", candidate("several b", random))
                    .runAsync(() -> answerLater(stage));
            checkStage(stage, handed, random);
        }

        /** A primary that remembers what it did. Run a second time, elsewhere, it fails. */
        private record Side(Token value, RuntimeException error, boolean isSlow, Thread caller) {
            Object call() {
                if (Thread.currentThread() != caller) {
                    throw new IllegalStateException("the primary runs on " + Thread.currentThread());
                }
                if (isSlow) {
                    LockSupport.parkNanos(200_000);
                }
                if (error != null) {
                    throw error;
                }
                return value;
            }
        }

        private static Side primary(SplittableRandom random) {
            RuntimeException error = random.nextInt(10) == 0 ? new IllegalStateException("primary") : null;
            Token value = random.nextInt(20) == 0 ? null : new Token(random.nextInt(3));
            return new Side(value, error, random.nextInt(10) == 0, Thread.currentThread());
        }

        private void check(Side primary, Implementation<Object, RuntimeException> call) {
            try {
                Object value = call.call();
                if (value != primary.value() || primary.error() != null) {
                    violations.add("a caller got " + value + " instead of what " + primary + " did");
                }
            } catch (RuntimeException thrown) {
                if (thrown != primary.error()) {
                    violations.add("a caller got " + thrown + " instead of what " + primary + " did");
                }
            }
        }

        private CompletableFuture<Object> stage(SplittableRandom random) {
            return switch (random.nextInt(6)) {
                case 0 -> CompletableFuture.completedFuture(new Token(0));
                case 1 -> CompletableFuture.failedFuture(new IllegalStateException("primary"));
                case 2 -> CompletableFuture.completedFuture(null);
                default -> later(open);
            };
        }

        private static CompletableFuture<Object> later(Queue<CompletableFuture<Object>> queue) {
            CompletableFuture<Object> future = new CompletableFuture<>();
            queue.add(future);
            return future;
        }

        private void checkStage(
                CompletableFuture<Object> stage, CompletableFuture<Object> handed, SplittableRandom random) {
            if (random.nextInt(8) == 0) {
                handed.cancel(true);
            }
            CompletableFuture<Void> check = handed.handle((value, error) -> {
                if (!stage.isDone()) {
                    violations.add("the copy of a stage completed before the stage");
                } else if (error == null && value != stage.getNow(null)) {
                    violations.add("a caller's stage completed with " + value + " instead of " + stage.getNow(null));
                }
                return null;
            });
            if (check == null) {
                violations.add("a caller's stage is none");
            }
        }

        private Object translate(Object value) {
            if (value instanceof Token token && token.number() == 2) {
                throw new IllegalStateException("translation");
            }
            return value;
        }

        // ---- what shadows answer, and what is released ----

        /** Notes the value that a shadow returns, which is a candidate or the primary's second run. */
        private <V> V answer(V value) {
            if (Shadow.isActive()) {
                count(answered, value);
            }
            return value;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the stage only notes the value, and nothing waits for it
        private CompletableFuture<Object> answerLater(CompletableFuture<Object> stage) {
            if (!Shadow.isActive()) {
                return stage;
            }
            CompletableFuture<Object> own = stage.thenApply(value -> value);
            own.whenComplete((value, error) -> count(answered, value)); // not of the stage: this one may be cancelled
            return own;
        }

        private void release(Object answer) {
            count(released, answer);
            if (answer instanceof Token token && token.number() == 1) {
                throw new IllegalStateException("release");
            }
        }

        private static void count(Map<Same, Integer> counts, Object value) {
            if (value != null) {
                counts.merge(new Same(value), 1, Integer::sum);
            }
        }

        // ---- candidates ----

        private void called(String name, AtomicInteger times) {
            candidateCalls.computeIfAbsent(name, key -> new AtomicLong()).incrementAndGet();
            if (times.incrementAndGet() > 1) {
                violations.add(name + " was called twice");
            }
            if (!Shadow.isActive()) {
                violations.add(name + " does not know that it is a shadow");
            }
        }

        private Implementation<Object, RuntimeException> candidate(String name, SplittableRandom random) {
            AtomicInteger times = new AtomicInteger();
            int behaviour = random.nextInt(16);
            Token answer = new Token(random.nextInt(3));
            boolean mayHang = start != Start.SAME_THREAD;
            return () -> {
                called(name, times);
                switch (behaviour) {
                    case 0 -> throw new IllegalStateException("primary");
                    case 1 -> throw new LinkageError("candidate");
                    case 2 -> throw new StackOverflowError("candidate");
                    case 3 -> LockSupport.parkNanos(1_000_000);
                    case 4 -> {
                        if (mayHang) {
                            hang();
                        }
                    }
                    case 5 -> {
                        if (mayHang) {
                            ignoreInterrupts();
                        }
                    }
                    case 6 -> Thread.currentThread().interrupt();
                    case 7 -> {
                        return null;
                    }
                    case 8 -> {
                        return answer(new Bench.Hostile());
                    }
                    case 9 -> {
                        if (mayHang && deaf.getAndIncrement() < 2) {
                            door.passStubbornly();
                        }
                    }
                    case 10 -> single.run(() -> answer, () -> violations.add("a shadow of a shadow"));
                    default -> {}
                }
                if (behaviour == 10) {
                    calls.get(single).incrementAndGet();
                }
                return answer(answer);
            };
        }

        private void hang() {
            try {
                door.pass();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted, as it should be", e);
            }
        }

        private static void ignoreInterrupts() {
            long until = System.nanoTime() + 6_000_000;
            while (System.nanoTime() < until) {
                if (!Thread.interrupted()) {
                    LockSupport.parkNanos(500_000);
                }
            }
        }

        private Implementation<CompletableFuture<Object>, RuntimeException> asyncCandidate(
                String name, SplittableRandom random) {
            AtomicInteger times = new AtomicInteger();
            int behaviour = random.nextInt(8);
            return () -> {
                called(name, times);
                return switch (behaviour) {
                    case 0 -> throw new IllegalStateException("primary");
                    case 1 -> null;
                    case 2 -> CompletableFuture.failedFuture(new IllegalStateException("primary"));
                    case 3 -> answerLater(later(late));
                    case 4 -> answerLater(CompletableFuture.completedFuture(new Token(0)));
                    default -> answerLater(later(open));
                };
            };
        }

        // ---- hooks ----

        private List<Difference> compare(Object primary, Object candidate) throws InterruptedException {
            int number = ((Token) primary).number();
            if (number == 2 && start != Start.SAME_THREAD && candidate.equals(primary)) {
                door.pass(); // over budget, unless it is all over
            }
            return primary.equals(candidate)
                    ? List.of()
                    : List.of(Difference.of("/number", Difference.Kind.CHANGED, primary, candidate));
        }

        private boolean accepts(Outcome<Object> primary, Outcome<Object> candidate) {
            if (candidate.errorOrNull() instanceof LinkageError) {
                throw new IllegalStateException("rule");
            }
            return primary.isReturned() && candidate.valueOrNull() == null && candidate.isReturned();
        }

        private ContextCarrier.Snapshot captureContext() {
            return () -> {
                contextsOpened.incrementAndGet();
                return contextsClosed::incrementAndGet;
            };
        }

        private TrialPublisher bookkeeper() {
            return new TrialPublisher() {
                @Override
                public void publish(Trial<?> trial) {
                    published.incrementAndGet();
                    for (Trial.Candidate<?> candidate : trial.candidates()) {
                        count(trial.experiment(), candidate.name(), candidate.verdict(), candidate.reason(), 1);
                    }
                }

                @Override
                public boolean isInline() {
                    return true;
                }
            };
        }

        private void deliver(Trial<?> trial) {
            if (delivered.incrementAndGet() % 100 == 0) {
                throw new IllegalStateException("publisher");
            }
        }

        // ---- the books ----

        private void count(String experiment, String candidate, Verdict verdict, Reason reason, long by) {
            seen.computeIfAbsent(line(experiment, candidate, verdict, reason), key -> new AtomicLong())
                    .addAndGet(by);
        }

        private static String line(String experiment, String candidate, Verdict verdict, Reason reason) {
            return experiment + " " + candidate + " " + verdict.tag() + " " + reason.tag();
        }

        /** The counts of the tally, as lines. */
        List<String> books(Experiment<?> experiment) {
            List<String> books = new ArrayList<>();
            for (String candidate : experiment.candidates()) {
                Tally tally = experiment.tally();
                books.addAll(lines(experiment, candidate, tally::count));
                books.add(candidate + " has verdicts " + sum(Bench.verdicts(experiment, candidate)));
            }
            return books;
        }

        /** The same lines from the counts of publishers and callers. */
        List<String> expectedBooks(Experiment<?> experiment) {
            List<String> books = new ArrayList<>();
            for (String candidate : experiment.candidates()) {
                books.addAll(lines(
                        experiment,
                        candidate,
                        (name, verdict, reason) -> seen.getOrDefault(
                                        line(experiment.name(), name, verdict, reason), new AtomicLong())
                                .get()));
                books.add(candidate + " has verdicts " + calls.get(experiment));
            }
            return books;
        }

        private interface Count {
            long of(String candidate, Verdict verdict, Reason reason);
        }

        private static List<String> lines(Experiment<?> experiment, String candidate, Count count) {
            List<String> lines = new ArrayList<>();
            for (Verdict verdict : Verdict.values()) {
                for (Reason reason : Reason.values()) {
                    long times = count.of(candidate, verdict, reason);
                    if (verdict != Verdict.SKIPPED && times != 0) {
                        lines.add(line(experiment.name(), candidate, verdict, reason) + ": " + times);
                    }
                }
            }
            return lines;
        }

        /**
         * The candidates that were not called as often as their verdicts say, which is once for each verdict other than
         * skipped. There are two exceptions: an asynchronous candidate need not be started in a call that its caller
         * cancels, and a candidate that is late before it is called is not called any more.
         */
        List<String> wronglyCalled() {
            List<String> wrong = new ArrayList<>();
            for (Experiment<?> experiment : List.of(single, several)) {
                for (String candidate : experiment.candidates()) {
                    Tally tally = experiment.tally();
                    long judged = tally.calls(candidate) - tally.count(candidate, Verdict.SKIPPED);
                    long mayBeUncalled = tally.count(candidate, Verdict.UNCOMPARED, Reason.CANCELLED)
                            + tally.count(candidate, Verdict.TIMED_OUT);
                    long called = candidateCalls
                            .getOrDefault(experiment.name() + " " + candidate, new AtomicLong())
                            .get();
                    if (called > judged || called < judged - mayBeUncalled) {
                        wrong.add(experiment.name() + " " + candidate + " was called " + called + " times: " + tally);
                    }
                }
            }
            return wrong;
        }

        private static long sum(Map<String, Long> verdicts) {
            return verdicts.values().stream().mapToLong(Long::longValue).sum();
        }

        long dropped() {
            return single.tally().hookFailures(Hook.PUBLISHER_BACKLOG)
                    + several.tally().hookFailures(Hook.PUBLISHER_BACKLOG);
        }

        /** The number of free permits of the engine, which is found by taking them. */
        int freePermits() {
            int free = 0;
            while (engine.tryAcquire()) {
                free++;
            }
            return free;
        }
    }
}
