package dev.scientist;

import dev.scientist.Verdict.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What the experiments of one {@link Scientist} share: switch, limit, threads, publishers, clocks, life.
 *
 * <p>Threads: any. Invariant: {@code refusal} goes between NONE and DISABLED, and from either to SHUTDOWN, where it
 * stays, and {@code isClosed} goes from false to true once. Consequence: an engine that was drained cannot be enabled again, and
 * a caller reads one field to know all of it.
 */
final class Engine {

    private static final VarHandle REFUSAL = Fields.handle(MethodHandles.lookup(), "refusal", Reason.class);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final long DRAIN_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Dispatcher dispatcher;
    private final PublisherFanOut publishers;
    private final ContextCarriers contextCarriers;
    private final int maxConcurrent;
    private final Duration closeTimeout;
    private final LongSupplier ticker;
    private final InstantSource instants;
    private final Permits permits = new Permits();
    private final Reconciliation reconciliation;
    private final CountDownLatch drained = new CountDownLatch(1);
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile Reason refusal = Reason.NONE;

    Engine(
            Dispatcher dispatcher,
            PublisherFanOut publishers,
            ContextCarriers contextCarriers,
            int maxConcurrent,
            Duration closeTimeout,
            LongSupplier ticker,
            InstantSource instants) {
        this.dispatcher = dispatcher;
        this.publishers = publishers;
        this.contextCarriers = contextCarriers;
        this.maxConcurrent = maxConcurrent;
        this.closeTimeout = closeTimeout;
        this.ticker = ticker;
        this.instants = instants;
        this.reconciliation = new Reconciliation(permits, ticker.getAsLong());
        dispatcher.keepBy(reconciliation);
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    PublisherFanOut publishers() {
        return publishers;
    }

    ContextCarriers contextCarriers() {
        return contextCarriers;
    }

    LongSupplier ticker() {
        return ticker;
    }

    InstantSource instants() {
        return instants;
    }

    /** NONE while candidates may be started, otherwise why not. */
    Reason refusal() {
        return refusal;
    }

    void disable() {
        REFUSAL.compareAndSet(this, Reason.NONE, Reason.DISABLED);
    }

    void enable() {
        REFUSAL.compareAndSet(this, Reason.DISABLED, Reason.NONE);
    }

    boolean isEnabled() {
        return refusal == Reason.NONE;
    }

    /** Whether no candidate is ever started again; from the beginning of {@link #drain()} on. */
    boolean isShutDown() {
        return refusal == Reason.SHUTDOWN;
    }

    /** Whether publishers are told that it is over, or are about to be. */
    boolean isClosed() {
        return isClosed.get();
    }

    boolean tryAcquire() {
        return permits.tryAcquire(maxConcurrent);
    }

    void release() {
        permits.release();
    }

    Reconciliation reconciliation() {
        return reconciliation;
    }

    /** Leaves a trial to be given up by the dispatcher, where the memory or the stack has run out. Allocates nothing. */
    void leave(Reconciliation.Left trial) {
        reconciliation.leave(trial);
        dispatcher.wakeIfAsleep();
        if (dispatcher.isStopped()) {
            reconciliation.giveUpLeft(); // loses to stop(), after which nobody else does
        }
    }

    /** Starts nothing any more, and waits for what is in flight before it is cancelled; once. */
    void drain() {
        if (REFUSAL.getAndSet(this, Reason.SHUTDOWN) == Reason.SHUTDOWN) {
            return;
        }
        try {
            awaitIdle();
            publishers.drop();
            dispatcher.stop(GRACE.toNanos());
            reconciliation.giveUpLeft();
        } finally {
            drained.countDown();
        }
    }

    /**
     * Closes, once.
     *
     * @param afterwards what is owed when nothing is in flight any more; on a thread that is nobody's
     */
    void close(Runnable afterwards) {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        drain();
        awaitDrained();
        dispatcher.runLast(afterwards, GRACE.toNanos());
    }

    /** Waits until nothing is in flight, as long as closeTimeout says, or until interrupted. */
    private void awaitIdle() {
        // The real clock: this is a wait of the closing thread, not a measurement.
        long deadline = System.nanoTime() + closeTimeout.toNanos();
        while ((reconciliation.inFlight() > 0 || !publishers.isIdle())
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, DRAIN_POLL_NANOS);
        }
    }

    /** Waits for another thread that drains, as long as it may take, or until interrupted. */
    private void awaitDrained() {
        try {
            if (drained.getCount() > 0) {
                drained.await(closeTimeout.plus(GRACE.multipliedBy(3)).toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
