package dev.scientist;

import dev.scientist.Verdict.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What the experiments of one {@link Scientist} share: switch, limit, threads, publishers, clocks, life.
 *
 * <p>Threads: any. Invariant: {@code refusal} goes between NONE and DISABLED, and from either to SHUTDOWN, where it
 * stays. Consequence: a closed engine cannot be enabled again, and a caller reads one field to know all of it.
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

    boolean isClosed() {
        return refusal == Reason.SHUTDOWN;
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

    /** Leaves the trial of a run to be given up by the dispatcher, where the memory or the stack has run out. Allocates nothing. */
    void leave(CandidateRun<?> run) {
        reconciliation.leave(run);
        dispatcher.wakeIfAsleep();
        if (dispatcher.isStopped()) {
            reconciliation.giveUpLeft(); // loses to stop(), after which nobody else does
        }
    }

    /**
     * Closes, once.
     *
     * @param afterwards what is owed when nothing is in flight any more; on a thread that is nobody's
     */
    void close(Runnable afterwards) {
        if (REFUSAL.getAndSet(this, Reason.SHUTDOWN) == Reason.SHUTDOWN) {
            return;
        }
        drain();
        publishers.drop();
        dispatcher.stop(GRACE.toNanos());
        reconciliation.giveUpLeft();
        dispatcher.runLast(afterwards, GRACE.toNanos());
    }

    /** Waits until nothing is in flight, as long as closeTimeout says, or until interrupted. */
    private void drain() {
        // The real clock: this is a wait of the closing thread, not a measurement.
        long deadline = System.nanoTime() + closeTimeout.toNanos();
        while ((reconciliation.inFlight() > 0 || !publishers.isIdle())
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, DRAIN_POLL_NANOS);
        }
    }
}
