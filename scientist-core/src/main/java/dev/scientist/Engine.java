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
 * The part that all experiments of one {@link Scientist} share: kill switch, limit, threads, publishers, clocks and
 * lifecycle.
 *
 * <p>Threads: any. Invariant: {@code refusal} changes between NONE and DISABLED, and from either to SHUTDOWN, where it
 * stays; {@code isClosed} goes from false to true once. Consequence: an engine that was drained cannot be enabled
 * again, and a caller needs to read only one field.
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
    private volatile long drainingNanos; // how long it took until nothing was in flight

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

    /** Returns NONE while candidates may be started, otherwise the reason why not. */
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

    /** Whether no candidate will be started any more. This is true from the beginning of {@link #drain()} on. */
    boolean isShutDown() {
        return refusal == Reason.SHUTDOWN;
    }

    /** Whether {@link #close} was called, after which publishers are told of the end. */
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

    /**
     * Leaves a trial to the dispatcher, which gives it up, because the current thread is out of memory or stack.
     * Allocates nothing.
     */
    void leave(Reconciliation.Left trial) {
        reconciliation.leave(trial);
        dispatcher.wakeIfAsleep();
        if (dispatcher.isStopped()) {
            reconciliation.giveUpLeft(); // loses to stop(), after which no other thread would do it
        }
    }

    /**
     * Starts no candidates any more, waits for those in flight, and then cancels the rest. Only the first call does
     * this.
     */
    void drain() {
        if (REFUSAL.getAndSet(this, Reason.SHUTDOWN) == Reason.SHUTDOWN) {
            return;
        }
        try {
            long startedAt = System.nanoTime();
            awaitIdle();
            drainingNanos = System.nanoTime() - startedAt;
            publishers.drop();
            dispatcher.stop(GRACE.toNanos());
            reconciliation.giveUpLeft();
        } finally {
            drained.countDown();
        }
    }

    /**
     * Drains and closes. Only the first call does this.
     *
     * @param ending tells listeners of the end of all experiments; runs on a separate thread when nothing is in flight
     *     any more
     */
    void close(Runnable ending) {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        drain();
        awaitDrained();
        new Closing(dispatcher, publishers, ending, GRACE.toNanos(), flushNanos()).await();
    }

    /**
     * Returns how long publishers may take to close: the time that draining has left of closeTimeout, and at least a
     * second.
     */
    private long flushNanos() {
        return Math.max(closeTimeout.toNanos() - drainingNanos, GRACE.toNanos());
    }

    /** Waits until nothing is in flight, up to closeTimeout, or until interrupted. */
    private void awaitIdle() {
        // This uses the real clock instead of the ticker, because it is a wait of the closing thread and not a
        // measurement.
        long deadline = System.nanoTime() + closeTimeout.toNanos();
        while ((reconciliation.inFlight() > 0 || !publishers.isIdle())
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, DRAIN_POLL_NANOS);
        }
    }

    /**
     * Waits until another thread has drained the engine, up to the longest time that this may take, or until
     * interrupted.
     */
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
