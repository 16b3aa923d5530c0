package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("What the dispatcher does in the moment of its stop, or without memory, is done by somebody")
class StoppingTest {

    private static final long GRACE_NANOS = Duration.ofSeconds(20).toNanos();

    /** A work that counts how often it is run or discarded. */
    private static final class CountedWork extends Link implements Dispatcher.Work {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public void run() {
            times.incrementAndGet();
        }

        @Override
        public void discard() {
            times.incrementAndGet();
        }
    }

    private static Dispatcher.Work failing(Error error) {
        return new Dispatcher.Work() {
            @Override
            public void run() {}

            @Override
            public void discard() {
                throw error;
            }
        };
    }

    private static ExecutorService noThreads() {
        ExecutorService none = TestScientists.workers(1);
        none.shutdown();
        return none;
    }

    /** A worker that is looking for further work makes ready what many callers have added, and takes one of it. */
    @Test
    @Tag("promise-3")
    void whatAWorkerMakesReadyMeanwhileIsRunOrDiscardedOnce() {
        AtomicReference<WorkQueue> queue = new AtomicReference<>();
        AtomicReference<Dispatcher> dispatcher = new AtomicReference<>();
        AtomicReference<List<CountedWork>> works = new AtomicReference<>(List.of());
        AtomicInteger wrong = new AtomicInteger();

        Race.run(
                2_000,
                2,
                (round, racer) -> {
                    works.get().forEach(work -> wrong.addAndGet(work.times.get() == 1 ? 0 : 1));
                    queue.set(new WorkQueue());
                    dispatcher.set(new Dispatcher(queue.get(), noThreads(), () -> 0));
                    works.set(IntStream.range(0, 500)
                            .mapToObj(i -> new CountedWork())
                            .toList());
                    works.get().forEach(queue.get()::add);
                },
                (round, racer) -> {
                    if (racer == 0) {
                        Runnable work = queue.get().poll(0, TimeUnit.NANOSECONDS);
                        if (work != null) {
                            work.run();
                        }
                    } else {
                        dispatcher.get().stop(GRACE_NANOS);
                    }
                });

        assertThat(wrong).hasValue(0);
    }

    @Test
    @Tag("promise-18")
    void aWorkThatCannotBeDiscardedKeepsNothingElseFromEnding() {
        Dispatcher dispatcher = new Dispatcher(new WorkQueue(), noThreads(), () -> 0);
        CountedWork other = new CountedWork();
        List<Boolean> late = new CopyOnWriteArrayList<>();

        dispatcher.watchNoThread(1, late::add);
        dispatcher.offer(failing(new InternalError("as if memory were gone")));
        dispatcher.offer(other);
        dispatcher.stop(GRACE_NANOS);

        assertThat(other.times).hasValue(1);
        assertThat(late).containsExactly(true);
    }

    /** An executor that throws an unexpected error as long as it is told to. */
    private static final class FailingWorkers extends AbstractExecutorService {
        private final AtomicBoolean fails = new AtomicBoolean(true);
        private final ExecutorService workers = TestScientists.workers(4);

        @Override
        public void execute(Runnable command) {
            if (fails.get()) {
                throw new IllegalStateException("as if the stack had ended");
            }
            workers.execute(command);
        }

        @Override
        public void shutdown() {
            workers.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return workers.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return workers.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return workers.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return workers.awaitTermination(timeout, unit);
        }
    }

    @Test
    @Tag("promise-5")
    void aLateWorkThatNobodyCouldInterruptIsInterruptedLater() {
        FakeTicker ticker = new FakeTicker();
        FailingWorkers workers = new FailingWorkers();
        Dispatcher dispatcher = new Dispatcher(new WorkQueue(), workers, ticker);
        Watch watch = dispatcher.watch(1, isCancelled -> {});

        ticker.advance(Duration.ofSeconds(1));
        try {
            dispatcher.sweep();
        } catch (IllegalStateException expected) {
            // The dispatcher's loop goes on.
        }
        workers.fails.set(false);
        dispatcher.sweep();
        eventually("this thread is interrupted", () -> Thread.currentThread().isInterrupted());
        watch.leaveThread();

        assertThat(Thread.interrupted()).isFalse();
        dispatcher.stop(GRACE_NANOS);
    }
}
