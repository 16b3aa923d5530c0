package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static dev.scientist.InlinePublisher.inline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Tally.Hook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the lane of one publisher: the thread that submits first starts a worker, and no other one does. */
@Tag("case-30")
class PublisherFanOutTest {

    private static final long GRACE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final Trial<Object> TRIAL = new Trial<>(
            "experiment",
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of(),
            Map.of(),
            null,
            new Outcome.Returned<>("a", Duration.ZERO),
            List.of(),
            null);

    private final Tally tally = new Tally(List.of("candidate"), List.of(), new Permits());
    private final Hooks hooks = new Hooks("experiment", tally);
    private final Dispatcher dispatcher = new Dispatcher(new WorkQueue(), TestScientists.workers(64), System::nanoTime);
    private final AtomicInteger delivered = new AtomicInteger();

    @BeforeEach
    void start() {
        dispatcher.start();
    }

    @AfterEach
    void stop() {
        dispatcher.stop(GRACE_NANOS);
    }

    /** Refuses everything, as an executor does that has been shut down. */
    private static ExecutorService noThreads() {
        ExecutorService none = TestScientists.workers(1);
        none.shutdown();
        return none;
    }

    private long dropped() {
        return tally.hookFailures(Hook.PUBLISHER_BACKLOG);
    }

    /** The backlog is small, so that the lane changes between idle and busy all the time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void ofManySubmittersNoneLosesATrialAndNoTwoDeliverAtOnce(int backlog) {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        PublisherFanOut fanOut = new PublisherFanOut(
                List.of(trial -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    delivered.incrementAndGet();
                    inside.decrementAndGet();
                }),
                backlog,
                dispatcher);

        Race.run(2_000, 3, (round, racer) -> fanOut.publish(TRIAL, hooks));
        eventually("the lane is idle", fanOut::isIdle);

        assertThat(delivered.get() + dropped()).isEqualTo(6_000);
        assertThat(delivered).hasPositiveValue();
        assertThat(most).hasValue(1);
    }

    @Test
    void whatIsSubmittedWhileClosingIsDeliveredOrCountedAsDropped() {
        int rounds = 100;
        AtomicReference<Dispatcher> own = new AtomicReference<>();
        AtomicReference<PublisherFanOut> fanOut = new AtomicReference<>();

        Race.run(
                rounds,
                3,
                (round, racer) -> {
                    own.set(new Dispatcher(new WorkQueue(), TestScientists.workers(64), System::nanoTime));
                    own.get().start();
                    fanOut.set(new PublisherFanOut(List.of(trial -> delivered.incrementAndGet()), 16, own.get()));
                },
                (round, racer) -> {
                    if (racer == 0) {
                        for (int i = 0; i < round % 20 * 20; i++) {
                            Thread.onSpinWait();
                        }
                        fanOut.get().drop();
                        own.get().stop(GRACE_NANOS);
                    } else {
                        for (int i = 0; i < 20; i++) {
                            fanOut.get().publish(TRIAL, hooks);
                        }
                    }
                });
        eventually("each is delivered or dropped", () -> delivered.get() + dropped() >= rounds * 40L);

        assertThat(delivered.get() + dropped()).isEqualTo(rounds * 40L);
        assertThat(fanOut.get().isIdle()).isTrue();
    }

    /**
     * No worker will ever serve the trial that makes the lane busy, so the thread that submits the next one must not
     * rely on one.
     */
    @Test
    void whatIsSubmittedInTheMomentOfTheDropIsCountedOnce() {
        int rounds = 10_000;
        AtomicReference<PublisherFanOut> current = new AtomicReference<>();
        AtomicInteger stuck = new AtomicInteger();
        Dispatcher neverStarted = new Dispatcher(new WorkQueue(), noThreads(), System::nanoTime);

        Race.run(
                rounds,
                2,
                (round, racer) -> {
                    stuck.addAndGet(round == 0 || current.get().isIdle() ? 0 : 1);
                    current.set(new PublisherFanOut(List.of(trial -> delivered.incrementAndGet()), 16, neverStarted));
                    current.get().publish(TRIAL, hooks);
                },
                (round, racer) -> {
                    for (int i = 0; i < round % 20 * racer; i++) {
                        Thread.onSpinWait();
                    }
                    if (racer == 0) {
                        current.get().publish(TRIAL, hooks);
                    } else {
                        current.get().drop();
                    }
                });

        assertThat(stuck).hasValue(0);
        assertThat(dropped()).isEqualTo(2L * rounds);
        assertThat(delivered).hasValue(0);
    }

    /** Work that waits for a worker counts as under way, so that closing waits for it. */
    @Test
    @Tag("promise-18")
    void whatWaitsForAWorkerIsUnderWay() {
        Dispatcher withoutWorkers = new Dispatcher(new WorkQueue(), noThreads(), System::nanoTime);
        PublisherFanOut fanOut =
                new PublisherFanOut(List.of(inline(trial -> delivered.incrementAndGet())), 16, withoutWorkers);

        fanOut.publishElsewhere(TRIAL, hooks, () -> {});
        boolean isIdleBefore = fanOut.isIdle();
        withoutWorkers.stop(GRACE_NANOS);

        assertThat(isIdleBefore).isFalse();
        assertThat(fanOut.isIdle()).isTrue();
        assertThat(delivered).hasValue(1);
    }

    @Test
    @Tag("promise-18")
    void whatWaitsForAWorkerWhenItIsClosedIsDeliveredOnNobodysThread() {
        AtomicReference<Thread> delivering = new AtomicReference<>();
        Dispatcher withoutWorkers = new Dispatcher(new WorkQueue(), noThreads(), System::nanoTime);
        PublisherFanOut fanOut = new PublisherFanOut(
                List.of(inline(trial -> delivering.set(Thread.currentThread())), trial -> delivered.incrementAndGet()),
                16,
                withoutWorkers);

        fanOut.publishElsewhere(TRIAL, hooks, () -> {});
        fanOut.drop();
        withoutWorkers.stop(GRACE_NANOS);
        fanOut.publishElsewhere(TRIAL, hooks, () -> {});
        eventually("the late one is dealt with, too", fanOut::isIdle);

        assertThat(delivering.get().getName()).isEqualTo("scientist-last-worker");
        assertThat(delivered).hasValue(0);
        assertThat(dropped()).isEqualTo(2);
    }

    @Test
    void afterTheDropNothingIsDelivered() {
        PublisherFanOut fanOut = new PublisherFanOut(List.of(trial -> delivered.incrementAndGet()), 16, dispatcher);

        fanOut.drop();
        fanOut.publish(TRIAL, hooks);

        assertThat(dropped()).isEqualTo(1);
        assertThat(fanOut.isIdle()).isTrue();
        assertThat(delivered).hasValue(0);
    }

    @Test
    void afterTheDropNothingIsDeliveredOnACallersThreadEither() {
        AtomicInteger inline = new AtomicInteger();
        PublisherFanOut fanOut = new PublisherFanOut(
                List.of(trial -> delivered.incrementAndGet(), inline(trial -> inline.incrementAndGet())),
                16,
                dispatcher);

        fanOut.publishHere(TRIAL, hooks);
        fanOut.drop();
        fanOut.publishHere(TRIAL, hooks);

        assertThat(delivered).hasValue(1);
        assertThat(inline).hasValue(2);
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void whatAPublisherLeavesInterruptedDoesNotReachTheNextDelivery() {
        AtomicInteger interrupted = new AtomicInteger();
        PublisherFanOut fanOut = new PublisherFanOut(
                List.of(trial -> {
                    interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                    Thread.currentThread().interrupt();
                    delivered.incrementAndGet();
                }),
                1_000,
                dispatcher);

        for (int i = 0; i < 200; i++) {
            fanOut.publish(TRIAL, hooks);
        }
        eventually("all are delivered", () -> delivered.get() == 200);

        assertThat(interrupted).hasValue(0);
    }
}
