package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private static final long GRACE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long POLL_NANOS = Duration.ofNanos(500_000).toNanos();

    private final List<Dispatcher> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(dispatcher -> dispatcher.stop(GRACE_NANOS));
    }

    private Dispatcher start(LongSupplier ticker, ExecutorService workers) {
        return start(ticker, workers, new WorkQueue());
    }

    private Dispatcher start(LongSupplier ticker, ExecutorService workers, WorkQueue queue) {
        Dispatcher dispatcher = new Dispatcher(queue, workers, ticker);
        dispatcher.start();
        started.add(dispatcher);
        return dispatcher;
    }

    private Dispatcher start(LongSupplier ticker) {
        return start(ticker, TestScientists.workers(64));
    }

    /** A work that counts how often it is run and discarded. */
    private static final class CountedWork implements Dispatcher.Work {
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger discards = new AtomicInteger();

        @Override
        public void run() {
            runs.incrementAndGet();
        }

        @Override
        public void discard() {
            discards.incrementAndGet();
        }

        boolean isDone() {
            return runs.get() + discards.get() > 0;
        }

        boolean isDoneOnce() {
            return runs.get() + discards.get() == 1;
        }
    }

    private static Dispatcher.Work work(Runnable body) {
        return new Dispatcher.Work() {
            @Override
            public void run() {
                body.run();
            }

            @Override
            public void discard() {}
        };
    }

    /** Stands still, and counts how often the dispatcher's thread looks at it: once in each round of its loop. */
    private static final class WatchedTicker implements LongSupplier {
        private final FakeTicker fake = new FakeTicker();
        private final AtomicLong rounds = new AtomicLong();
        private final AtomicReference<Thread> dispatcher = new AtomicReference<>();

        @Override
        public long getAsLong() {
            if (Thread.currentThread().getName().equals("scientist-dispatcher")) {
                dispatcher.set(Thread.currentThread());
                rounds.incrementAndGet();
            }
            return fake.getAsLong();
        }

        void awaitRounds(int more) {
            long before = rounds.get();
            eventually("the dispatcher goes on polling", () -> rounds.get() >= before + more);
        }

        /** Whether the dispatcher is parked without a limit, unlike between two polls. */
        boolean isAsleep() {
            Thread thread = dispatcher.get();
            return thread != null && thread.getState() == Thread.State.WAITING;
        }

        void awaitAsleep() {
            eventually("the dispatcher sleeps", this::isAsleep);
        }
    }

    @Test
    void workThatIsOfferedRunsOnAWorker() {
        Dispatcher dispatcher = start(System::nanoTime);
        AtomicReference<String> thread = new AtomicReference<>("");

        dispatcher.offer(work(() -> thread.set(Thread.currentThread().getName())));

        eventually("it has run", () -> thread.get().startsWith("scientist-worker-"));
    }

    /** A dispatcher that was woken for each offer would go round at least as often as there are offers. */
    @Test
    void anOfferWakesNobodyWhileTheDispatcherIsAwake() {
        WatchedTicker ticker = new WatchedTicker();
        Dispatcher dispatcher = start(ticker);
        AtomicInteger runs = new AtomicInteger();
        Dispatcher.Work counted = work(runs::incrementAndGet);
        int offers = 3_000;

        ticker.awaitRounds(3);
        long roundsBefore = ticker.rounds.get();
        long startedAt = System.nanoTime();
        for (int i = 0; i < offers; i++) {
            dispatcher.offer(counted);
            long until = System.nanoTime() + 30_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
        long rounds = ticker.rounds.get() - roundsBefore;
        long mostRounds = (System.nanoTime() - startedAt) / POLL_NANOS + 30;
        eventually("all have run", () -> runs.get() == offers);

        // On a very slow machine this passes without proving anything, but it never fails without a reason.
        assertThat(rounds).isLessThanOrEqualTo(mostRounds);
    }

    @Test
    void itStaysAwakeForASecondWithoutWorkAndThenSleeps() {
        WatchedTicker ticker = new WatchedTicker();
        Dispatcher dispatcher = start(ticker);
        List<Boolean> asleep = new ArrayList<>();

        ticker.awaitRounds(3);
        ticker.fake.advance(Duration.ofMillis(999));
        ticker.awaitRounds(20);
        asleep.add(ticker.isAsleep());
        ticker.fake.advance(Duration.ofMillis(1));
        ticker.awaitAsleep();
        AtomicBoolean ran = new AtomicBoolean();
        dispatcher.offer(work(() -> ran.set(true)));
        eventually("an offer wakes it", ran::get);
        ticker.awaitRounds(20);
        asleep.add(ticker.isAsleep());

        assertThat(asleep).containsExactly(false, false);
    }

    @Test
    void itSleepsAgainAfterAnotherSecondAndGoesRoundNoMoreMeanwhile() {
        WatchedTicker ticker = new WatchedTicker();
        Dispatcher dispatcher = start(ticker);
        CountedWork work = new CountedWork();

        ticker.awaitRounds(3);
        ticker.fake.advance(Duration.ofSeconds(1));
        ticker.awaitAsleep();
        dispatcher.offer(work);
        eventually("it has run", work::isDoneOnce);
        ticker.awaitRounds(3);
        ticker.fake.advance(Duration.ofSeconds(1));
        ticker.awaitAsleep();
        long roundsAsleep = ticker.rounds.get();
        ticker.fake.advance(Duration.ofHours(1));

        assertThat(ticker.rounds.get()).isEqualTo(roundsAsleep);
        assertThat(work.runs).hasValue(1);
    }

    @Test
    void whatIsWatchedIsFoundLateAlsoWhileItSleeps() {
        WatchedTicker ticker = new WatchedTicker();
        Dispatcher dispatcher = start(ticker);
        List<Boolean> late = new CopyOnWriteArrayList<>();
        Door door = new Door();

        ticker.awaitRounds(3);
        ticker.fake.advance(Duration.ofSeconds(1));
        ticker.awaitAsleep();
        dispatcher.execute(work(() -> {
            Watch watch = dispatcher.watch(Duration.ofSeconds(5).toNanos(), late::add);
            door.passStubbornly();
            watch.leaveThread();
            dispatcher.unwatch(watch);
        }));
        door.awaitArrivals(1);
        ticker.fake.advance(Duration.ofSeconds(4));
        ticker.awaitRounds(5);
        int lateTooEarly = late.size();
        ticker.fake.advance(Duration.ofSeconds(1));
        door.awaitInterruption();
        door.open();

        assertThat(lateTooEarly).isZero();
        assertThat(late).containsExactly(false);
    }

    @Test
    void whatIsNoLongerWatchedIsNeverLate() {
        FakeTicker ticker = new FakeTicker();
        Dispatcher dispatcher = start(ticker);
        List<Boolean> late = new CopyOnWriteArrayList<>();

        Watch watch = dispatcher.watch(1, late::add);
        dispatcher.unwatch(watch);
        ticker.advance(Duration.ofDays(1));
        dispatcher.sweep();

        assertThat(late).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    /**
     * Each time the dispatcher reads the clock, the clock advances by more than a second. So the dispatcher goes to
     * sleep again and again, always right after it has read the clock, and the test offers work at that moment.
     */
    @Test
    void noWorkThatIsOfferedAroundFallingAsleepIsLost() {
        AtomicLong clock = new AtomicLong();
        AtomicInteger looks = new AtomicInteger();
        Dispatcher dispatcher = start(() -> {
            if (Thread.currentThread().getName().equals("scientist-dispatcher")) {
                clock.addAndGet(Duration.ofMillis(1_100).toNanos());
                looks.incrementAndGet();
            }
            return clock.get();
        });
        AtomicInteger runs = new AtomicInteger();
        Dispatcher.Work counted = work(runs::incrementAndGet);

        for (int i = 1; i <= 1_200; i++) {
            int look = looks.get();
            spinUntil(Duration.ofMillis(2), () -> looks.get() != look); // it may be asleep already
            spin(i % 40);
            dispatcher.offer(counted);
            int expected = i;
            if (!spinUntil(Duration.ofSeconds(20), () -> runs.get() == expected)) {
                throw new AssertionError("work " + i + " was lost");
            }
        }

        assertThat(runs).hasValue(1_200);
    }

    /** Waits by spinning, which is the quickest way to notice a change, and returns whether the condition holds. */
    private static boolean spinUntil(Duration limit, BooleanSupplier holds) {
        long startedAt = System.nanoTime();
        while (!holds.getAsBoolean() && System.nanoTime() - startedAt < limit.toNanos()) {
            Thread.onSpinWait();
        }
        return holds.getAsBoolean();
    }

    @Test
    void workIsRunOrDiscardedOnceWhateverHappensWhileStopping() {
        int rounds = 100;
        List<CountedWork> works = new CopyOnWriteArrayList<>();
        AtomicReference<Dispatcher> current = new AtomicReference<>();

        Race.run(
                rounds,
                3,
                (round, racer) -> {
                    Dispatcher dispatcher =
                            new Dispatcher(new WorkQueue(), TestScientists.workers(64), System::nanoTime);
                    dispatcher.start();
                    current.set(dispatcher);
                },
                (round, racer) -> {
                    if (racer == 0) {
                        spin(round % 30 * 20);
                        current.get().stop(GRACE_NANOS);
                    } else {
                        for (int i = 0; i < 20; i++) {
                            CountedWork work = new CountedWork();
                            works.add(work);
                            if (i % 3 == 0) {
                                current.get().execute(work);
                            } else {
                                current.get().offer(work);
                            }
                        }
                    }
                });
        eventually("all is run or discarded", () -> works.stream().allMatch(CountedWork::isDone));

        assertThat(works).hasSize(rounds * 40).allMatch(CountedWork::isDoneOnce);
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * Runs without the dispatcher's own thread, which would discard work too: only the two threads that race can
     * discard it.
     */
    @Test
    void workThatIsOfferedInTheMomentOfTheStopIsDiscardedOnce() {
        int rounds = 10_000;
        AtomicReference<Dispatcher> current = new AtomicReference<>();
        AtomicReference<CountedWork> work = new AtomicReference<>();
        AtomicInteger lost = new AtomicInteger();

        Race.run(
                rounds,
                2,
                (round, racer) -> {
                    lost.addAndGet(round == 0 || work.get().isDoneOnce() ? 0 : 1);
                    work.set(new CountedWork());
                    current.set(new Dispatcher(new WorkQueue(), new FewWorkers(0, false), () -> 0));
                },
                (round, racer) -> {
                    if (racer == 0) {
                        spin(round % 20);
                        current.get().offer(work.get());
                    } else {
                        spin(round % 7);
                        current.get().stop(GRACE_NANOS);
                    }
                });

        assertThat(lost).hasValue(0);
        assertThat(work.get().discards).hasValue(1);
    }

    /** The watch is added at the moment at which all are cancelled. */
    @Test
    void workThatIsWatchedInTheMomentOfTheStopIsCancelledOnce() {
        int rounds = 10_000;
        AtomicReference<Dispatcher> current = new AtomicReference<>();
        AtomicInteger cancelled = new AtomicInteger();

        Race.run(
                rounds,
                2,
                (round, racer) -> current.set(new Dispatcher(new WorkQueue(), new FewWorkers(0, false), () -> 0)),
                (round, racer) -> {
                    if (racer == 0) {
                        spin(round % 20);
                        current.get()
                                .watch(1_000, isCancelled -> cancelled.incrementAndGet())
                                .leaveThread();
                    } else {
                        spin(round % 7);
                        current.get().stop(GRACE_NANOS);
                    }
                });

        assertThat(cancelled).hasValue(rounds);
    }

    @Test
    void afterTheStopEverythingIsDiscardedAndWhatIsWatchedIsCancelled() {
        Dispatcher dispatcher = start(System::nanoTime);
        CountedWork offered = new CountedWork();
        CountedWork executed = new CountedWork();
        List<Boolean> late = new CopyOnWriteArrayList<>();

        dispatcher.stop(GRACE_NANOS);
        dispatcher.offer(offered);
        dispatcher.execute(executed);
        Watch watch = dispatcher.watch(Duration.ofDays(1).toNanos(), late::add);
        boolean isInterrupted = Thread.interrupted();
        watch.leaveThread();

        assertThat(offered.discards).hasValue(1);
        assertThat(executed.discards).hasValue(1);
        assertThat(late).containsExactly(true);
        assertThat(isInterrupted).isTrue();
    }

    @Test
    @Tag("promise-18")
    @DisplayName("Promise 18: nothing is left running: not the dispatcher, not a worker")
    void noThreadIsLeftAfterTheStop() {
        List<Thread> before = Bench.threads();
        Dispatcher awake = start(new FakeTicker());
        WatchedTicker ticker = new WatchedTicker();
        Dispatcher asleep = start(ticker);
        awake.execute(work(() -> {}));
        ticker.awaitRounds(3);
        ticker.fake.advance(Duration.ofSeconds(1));
        ticker.awaitAsleep();

        awake.stop(GRACE_NANOS);
        asleep.stop(GRACE_NANOS);

        Bench.awaitNoThreadsBut(before); // a worker that has done its last work may still be ending
    }

    /** An executor with threads for a few works only; it refuses further ones. */
    private static class FewWorkers extends AbstractExecutorService {
        private final ExecutorService all;
        private final AtomicInteger free;
        private final boolean throwsError;

        FewWorkers(int free, boolean throwsError) {
            this(free, throwsError, TestScientists.workers(64));
        }

        FewWorkers(int free, boolean throwsError, ExecutorService all) {
            this.all = all;
            this.free = new AtomicInteger(free);
            this.throwsError = throwsError;
        }

        @Override
        public void execute(Runnable command) {
            if (free.getAndUpdate(now -> now > 0 ? now - 1 : 0) == 0) {
                if (throwsError) {
                    throw new OutOfMemoryError("unable to create native thread, on purpose");
                }
                throw new RejectedExecutionException("no thread is free, on purpose");
            }
            all.execute(command);
        }

        @Override
        public void shutdown() {
            all.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return all.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return all.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return all.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return all.awaitTermination(timeout, unit);
        }
    }

    @Test
    void workThatFindsNoThreadIsTriedAgain() {
        FewWorkers few = new FewWorkers(0, false);
        Dispatcher dispatcher = start(new FakeTicker(), few);
        CountedWork polled = new CountedWork();
        CountedWork immediate = new CountedWork();

        dispatcher.offer(polled);
        dispatcher.execute(immediate);
        few.free.set(2);

        eventually("both have run", () -> polled.runs.get() == 1 && immediate.runs.get() == 1);
        assertThat(polled.isDoneOnce() && immediate.isDoneOnce()).isTrue();
    }

    @Test
    void aSystemThatGivesNoThreadIsTriedAgain() {
        FewWorkers few = new FewWorkers(0, true);
        Dispatcher dispatcher = start(new FakeTicker(), few);
        CountedWork polled = new CountedWork();
        CountedWork immediate = new CountedWork();

        dispatcher.offer(polled);
        dispatcher.execute(immediate);
        few.free.set(2);

        eventually("both have run", () -> polled.runs.get() == 1 && immediate.runs.get() == 1);
        assertThat(polled.isDoneOnce() && immediate.isDoneOnce()).isTrue();
    }

    @Test
    void workThatNeverFindsAThreadIsDiscardedOnce() {
        WatchedTicker ticker = new WatchedTicker();
        Dispatcher dispatcher = start(ticker, new FewWorkers(0, false));
        CountedWork first = new CountedWork();
        CountedWork second = new CountedWork();

        dispatcher.offer(first);
        dispatcher.offer(second);
        ticker.awaitRounds(3);
        dispatcher.stop(GRACE_NANOS);

        assertThat(first.discards).hasValue(1);
        assertThat(second.discards).hasValue(1);
        assertThat(first.isDoneOnce() && second.isDoneOnce()).isTrue();
    }

    @Test
    void aWorkerTakesFurtherWorkWithoutAnotherWakeUp() {
        WorkQueue queue = new WorkQueue();
        FewWorkers few = new FewWorkers(1, false, Workers.create(false, false, 64, queue));
        Dispatcher dispatcher = start(new FakeTicker(), few, queue);
        Door door = new Door();
        List<CountedWork> works = List.of(new CountedWork(), new CountedWork(), new CountedWork());

        dispatcher.execute(work(door::passStubbornly));
        door.awaitArrivals(1);
        works.forEach(dispatcher::offer);
        door.open();
        eventually(
                "the worker runs what the dispatcher does not hold",
                () -> works.stream().filter(work -> work.runs.get() == 1).count() >= 2);
        few.free.set(1);

        eventually(
                "the dispatcher hands out what it holds", () -> works.stream().allMatch(CountedWork::isDoneOnce));
    }

    /**
     * The JDK's thread pool starts threads while it holds locks. If a caller's stack overflowed there, they would stay
     * locked for ever.
     */
    @Test
    @Tag("promise-2")
    void noThreadIsStartedByACaller() {
        Set<String> starting = ConcurrentHashMap.newKeySet();
        FewWorkers none = new FewWorkers(100, false) {
            @Override
            public void execute(Runnable command) {
                starting.add(Thread.currentThread().getName());
                super.execute(command);
            }
        };
        Dispatcher dispatcher = start(new FakeTicker(), none);
        List<CountedWork> works = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            CountedWork work = new CountedWork();
            works.add(work);
            dispatcher.execute(work);
        }

        eventually("all have run", () -> works.stream().allMatch(CountedWork::isDoneOnce));
        assertThat(starting).containsExactly("scientist-dispatcher");
    }

    /**
     * One wake-up is enough, as in a plain thread pool: the dispatcher, here one that was never started, is not
     * involved.
     */
    @Test
    void anIdleWorkerIsWokenByTheCallerItself() {
        WorkQueue queue = new WorkQueue();
        ExecutorService workers = Workers.create(false, false, 64, queue);
        Dispatcher neverStarted = new Dispatcher(queue, workers, new FakeTicker());
        CountedWork first = new CountedWork();
        CountedWork second = new CountedWork();

        workers.execute(first);
        eventually("a worker is idle", () -> queue.give(() -> {}));
        eventually("it is idle again", () -> {
            neverStarted.execute(new CountedWork());
            return queue.isEmpty();
        });
        neverStarted.execute(second);

        eventually("it has run", second::isDoneOnce);
        workers.shutdownNow();
    }

    /**
     * If an agent binds a context to each work, a work that runs inside another one would have the context of the other
     * one.
     */
    @Test
    @Tag("promise-10")
    @DisplayName("Promise 10: no work runs inside another one")
    void everyWorkRunsAtTheTopOfAWorker() {
        WorkQueue queue = new WorkQueue();
        FewWorkers one = new FewWorkers(1, false, Workers.create(false, false, 64, queue));
        Dispatcher dispatcher = start(new FakeTicker(), one, queue);
        Door door = new Door();
        List<String> below = new CopyOnWriteArrayList<>();
        Dispatcher.Work looking = new Dispatcher.Work() {
            @Override
            public void run() {
                below.add(new Throwable().getStackTrace()[1].toString());
            }

            @Override
            public void discard() {}
        };

        dispatcher.execute(work(door::passStubbornly));
        door.awaitArrivals(1);
        dispatcher.offer(looking);
        dispatcher.offerWithoutContext(looking);
        dispatcher.offer(looking);
        door.open();
        eventually("the worker has taken what the dispatcher does not hold", () -> below.size() >= 2);
        one.free.set(3);
        eventually("all have run", () -> below.size() == 3);

        assertThat(below).allSatisfy(frame -> assertThat(frame).contains("ThreadPoolExecutor.runWorker("));
    }

    /**
     * A work that an agent has wrapped is no longer a {@code Work} that could be discarded. So it is run, and finds
     * that it is too late.
     */
    @Test
    void whatAnAgentWrappedIsRunWhereItCannotBeDiscarded() {
        WorkQueue queue = new WorkQueue();
        Dispatcher dispatcher = new Dispatcher(queue, new FewWorkers(0, false), new FakeTicker());
        AtomicReference<String> thread = new AtomicReference<>("");

        queue.add(() -> thread.set(Thread.currentThread().getName()));
        dispatcher.stop(GRACE_NANOS);
        eventually("it has run", () -> !thread.get().isEmpty());

        assertThat(thread).hasValue("scientist-last-worker");
    }

    @Test
    void somebodysInterruptDoesNotStopTheDispatcher() {
        WatchedTicker ticker = new WatchedTicker();
        Dispatcher dispatcher = start(ticker);
        CountedWork work = new CountedWork();

        ticker.awaitRounds(3);
        ticker.dispatcher.get().interrupt();
        ticker.awaitRounds(3);
        dispatcher.offer(work);

        eventually("it has run", () -> work.runs.get() == 1);
    }

    @Test
    void anErrorOnItsThreadDoesNotStopTheDispatcher() {
        FakeTicker ticker = new FakeTicker();
        Dispatcher dispatcher = start(ticker);
        AtomicInteger failures = new AtomicInteger();
        CountedWork work = new CountedWork();

        dispatcher.execute(work(() -> dispatcher.watch(1, isCancelled -> {
            failures.incrementAndGet();
            throw new OutOfMemoryError("on purpose");
        })));
        eventually("the error is thrown", () -> {
            ticker.advance(Duration.ofMillis(10));
            return failures.get() >= 1;
        });
        dispatcher.offer(work);

        eventually("it has run", () -> work.runs.get() == 1);
    }

    @Test
    void stoppingKeepsTheInterruptOfWhoStops() {
        Dispatcher dispatcher = start(new FakeTicker());

        Thread.currentThread().interrupt();
        dispatcher.stop(GRACE_NANOS);

        assertThat(Thread.interrupted()).isTrue();
    }
}
