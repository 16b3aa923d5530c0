package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastWorkerTest {

    private static final long GRACE_NANOS = Duration.ofSeconds(20).toNanos();

    private final LastWorker worker = new LastWorker(null);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private Dispatcher.Work work(Runnable body) {
        return new Dispatcher.Work() {
            @Override
            public void run() {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                try {
                    body.run();
                } finally {
                    inside.decrementAndGet();
                    done.incrementAndGet();
                }
            }

            @Override
            public void discard() {}
        };
    }

    /** The thread ends between the rounds, and is just ending when the next work comes. */
    @Test
    void whatIsOwedIsDoneOneAfterTheOther() throws InterruptedException {
        Race.run(2_000, 3, (round, racer) -> worker.execute(work(() -> {})));
        Eventually.eventually("all is done", () -> done.get() == 6_000);
        worker.await(GRACE_NANOS);

        assertThat(done).hasValue(6_000);
        assertThat(most).hasValue(1);
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingDone() throws InterruptedException {
        worker.execute(work(() -> {
            throw new OutOfMemoryError("not really");
        }));
        worker.execute(work(() -> {}));
        worker.await(GRACE_NANOS);

        assertThat(done).hasValue(2);
    }

    @Test
    void whatIsLeftInterruptedDoesNotReachTheNextWork() throws InterruptedException {
        AtomicInteger interrupted = new AtomicInteger();
        Door door = new Door();

        worker.execute(work(() -> {
            door.passStubbornly();
            Thread.currentThread().interrupt();
        }));
        worker.execute(work(() -> interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0)));
        door.open();
        worker.await(GRACE_NANOS);

        assertThat(done).hasValue(2);
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void nothingOwedIsNotWaitedFor() throws InterruptedException {
        worker.await(Long.MAX_VALUE);

        assertThat(done).hasValue(0);
    }
}
