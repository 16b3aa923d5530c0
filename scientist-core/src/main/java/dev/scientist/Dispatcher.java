package dev.scientist;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes work off the callers' hands, hands it to the workers, and finds what is late.
 *
 * <p>Threads: callers {@link #offer}, workers take further work themselves when they finish, one dispatcher thread
 * polls for the rest. Invariant: a work that was accepted is either run once or discarded once. Consequence:
 * whoever took it from the queue owns it, also while closing.
 *
 * <p>Implementation note: waking a thread costs the caller 5 us and more, the queue costs 30 ns
 * (docs/benchmarks.md). So callers wake nobody: the dispatcher looks into the queue every {@link #POLL_NANOS}.
 * After {@link #QUIET_NANOS} without work it sleeps, says so in {@code asleep}, and the next caller wakes it.
 *
 * <p>Callers never start a thread, which takes locks of the JDK: a stack that ends there would leave one locked for ever.
 * What is to start at once is given to an idle worker, or else put into the queue, and the dispatcher is woken.
 *
 * <p>Callers hand work over through {@code front}, a {@link ThreadPoolExecutor} whose only thread is the dispatcher and
 * which runs nothing: a tracing agent binds the caller's context to a work that is given to such a pool, and not to one
 * that is put into a queue. The binding takes effect where the work is run, on whatever thread that is.
 */
final class Dispatcher {

    /** Something to do on a worker. */
    interface Work extends Runnable {

        /** Does it. On a worker, and not inside another work. */
        @Override
        void run();

        /**
         * Gives it up because the scientist is closed. On any thread, a caller's included: must not block or run anybody
         * else's code; what must be done all the same goes to {@link #executeLast}. Where that throws, because memory is gone,
         * it leaves nothing taken.
         */
        void discard();
    }

    /** What the dispatcher sees to beside work. */
    interface Keeper {

        /** Sees to it; on the dispatcher thread, every few milliseconds, and once a second while it sleeps. */
        void keep(long now);

        /** Whether there is nothing to see to, so that the dispatcher may sleep until it is woken. */
        boolean isIdle();
    }

    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long SPARSE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_HANDED = 64;
    private static final int LOOKS_PER_SWEEP = 4; // every two to four milliseconds
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ASLEEP_SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long ASLEEP_KEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final WorkQueue queue;
    private final ThreadPoolExecutor front;
    private final ThreadPoolExecutor urgentFront;
    private final ExecutorService workers;
    private final LongSupplier ticker;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final LastWorker lastWorker;
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private volatile @Nullable Keeper keeper;
    private volatile boolean asleep; // only the dispatcher thread writes it
    private volatile boolean woken;
    private volatile boolean urgent; // a caller found no idle worker
    private volatile boolean started;
    private volatile boolean stopped;
    private volatile @Nullable Thread thread;
    private @Nullable Runnable refused; // only the dispatcher thread
    private int width = 1; // only the dispatcher thread

    /**
     * Creates a dispatcher.
     *
     * @param queue from which it takes work, as the workers do; permits bound it: each leaves at most three works there
     *     (start, judge, cancel)
     */
    Dispatcher(WorkQueue queue, ExecutorService workers, LongSupplier ticker) {
        this.queue = queue;
        this.workers = workers;
        this.ticker = ticker;
        this.lastWorker = new LastWorker(loader);
        this.front = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new Entrance(queue::add),
                this::threadOfFront,
                (refusedByFront, pool) -> discard(refusedByFront));
        this.urgentFront = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new Entrance(this::enterUrgently),
                Workers::neverStarted,
                (refusedByFront, pool) -> discard(refusedByFront));
        urgentFront.prestartCoreThread();
    }

    /** How work gets from a front to where it is done. */
    private static final class Entrance extends SynchronousQueue<Runnable> {
        private static final long serialVersionUID = 1;

        private final transient Consumer<Runnable> destination;

        Entrance(Consumer<Runnable> destination) {
            this.destination = destination;
        }

        @Override
        public boolean offer(Runnable work) {
            destination.accept(work);
            return true;
        }
    }

    /** To an idle worker, or else into the queue, where the dispatcher is told of it. */
    private void enterUrgently(Runnable work) {
        if (!queue.give(work)) {
            queue.add(work);
            urgent = true;
            LockSupport.unpark(thread);
        }
    }

    /** Has something else seen to, from now on. */
    void keepBy(Keeper value) {
        keeper = value;
    }

    boolean isStopped() {
        return stopped;
    }

    void start() {
        started = true;
        front.prestartCoreThread(); // not by execute(), which would bind the context of whoever starts it to its thread
    }

    /** The dispatcher instead of what the pool would have its thread do, until it stops. */
    private @Nullable Thread threadOfFront(Runnable waiting) {
        if (!started || thread != null) {
            return null; // the pool does without
        }
        Runnable body = () -> {
            loop();
            waiting.run(); // ends at once, since the pool has been shut down, or is about to be
        };
        Thread made = Workers.daemon(body, "scientist-dispatcher", loader);
        thread = made;
        return made;
    }

    /** Accepts work of the caller on whose thread this is, without waking anybody while the dispatcher is awake. */
    void offer(Work work) {
        if (stopped) {
            work.discard();
            return;
        }
        front.execute(work);
        offered();
    }

    /** As {@link #offer}, on a thread whose context is none of the work's business. */
    void offerWithoutContext(Work work) {
        if (stopped) {
            work.discard();
            return;
        }
        queue.add(work);
        offered();
    }

    /** The work is accepted: who were told otherwise would give up what another thread does. Never throws. */
    private void offered() {
        try {
            wakeIfAsleep();
            if (stopped) {
                discardQueued(); // loses to stop(): it may have looked into the queue before this offer
            }
        } catch (Throwable exhausted) {
            // The stack ends here. The next one wakes the dispatcher, or discards this too.
        }
    }

    /** Accepts work of the caller on whose thread this is, and has it started at once, with one wake-up. */
    void execute(Work work) {
        if (stopped) {
            work.discard();
            return;
        }
        urgentFront.execute(work);
        offered();
    }

    /** Runs work that was discarded but is owed, on a thread that is nobody's. Throws only where there is no memory to note it. */
    void executeLast(Work work) {
        lastWorker.execute(work);
    }

    /** Runs what is owed after everything else, on a thread that is nobody's, and waits for it so long at most. */
    void runLast(Runnable work, long graceNanos) {
        lastWorker.execute(work);
        boolean interrupted = Thread.interrupted();
        try {
            lastWorker.await(graceNanos);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has the work that runs on the current thread watched from now on. */
    Watch watch(long nanos, Watch.Late late) {
        return register(Watch.ofThread(ticker.getAsLong() + nanos, late));
    }

    /** Has something watched that has no thread to interrupt, or none that may be. */
    Watch watchNoThread(long nanos, Watch.Late late) {
        return register(Watch.ofNoThread(ticker.getAsLong() + nanos, late));
    }

    private Watch register(Watch watch) {
        try {
            watches.add(watch);
            wakeIfAsleep();
        } catch (Throwable exhausted) {
            unwatch(watch); // it may stand there all the same, and must not interrupt what comes next on this thread
            throw exhausted;
        }
        if (stopped) {
            expire(watch, true); // loses to stop(), which may have looked at the watches before
        }
        return watch;
    }

    /** The watched work has ended. */
    void unwatch(Watch watch) {
        watch.take();
        watches.remove(watch);
    }

    /** Tells what is late, and interrupts it; sees to what else there is. */
    void sweep() {
        long now = ticker.getAsLong();
        for (Watch watch : watches) {
            if (watch.isLate(now)) {
                expire(watch, false);
            }
        }
        Keeper other = keeper;
        if (other != null) {
            other.keep(now);
        }
    }

    /** Cancels everything and ends all threads; waits up to {@code graceNanos} for the workers to end. */
    void stop(long graceNanos) {
        stopped = true;
        queue.close(this::discardQueued);
        end(front);
        end(urgentFront);
        Thread dispatching = thread;
        LockSupport.unpark(dispatching);
        discardQueued();
        for (Watch watch : watches) {
            expire(watch, true);
        }
        end(workers);
        boolean interrupted = Thread.interrupted();
        try {
            workers.awaitTermination(graceNanos, TimeUnit.NANOSECONDS);
            if (dispatching != null) {
                dispatching.join(TimeUnit.NANOSECONDS.toMillis(graceNanos) + 1);
            }
            lastWorker.await(graceNanos);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void end(ExecutorService pool) {
        try {
            pool.shutdownNow();
        } catch (Throwable exhausted) {
            // No memory for the list of what it has not begun, of which there is none; it is shut down.
        }
    }

    private void loop() {
        long lastWork = ticker.getAsLong();
        int looks = 0;
        while (!stopped) {
            try {
                boolean worked = handOut(urgent);
                long now = ticker.getAsLong();
                if (worked) {
                    lastWork = now;
                }
                if (++looks >= LOOKS_PER_SWEEP) {
                    looks = 0;
                    sweep();
                }
                if (refused != null || width > 1 || now - lastWork < BUSY_NANOS) {
                    LockSupport.parkNanos(this, POLL_NANOS);
                } else if (now - lastWork < QUIET_NANOS) {
                    LockSupport.parkNanos(this, SPARSE_POLL_NANOS);
                } else {
                    looks = LOOKS_PER_SWEEP; // after a sleep there is time to look for what is late
                    if (sleep()) {
                        lastWork = ticker.getAsLong();
                    }
                }
            } catch (Throwable thrown) {
                // Out of memory, most likely. Without this thread nothing would start or be found late ever again.
                LockSupport.parkNanos(this, POLL_NANOS);
            }
            Thread.interrupted(); // somebody else's interrupt must not turn the parking into spinning
        }
        Runnable left = refused;
        if (left != null) {
            discard(left);
        }
        discardQueued();
    }

    /** Parks until woken, or for a moment while there is something to watch; true if a caller woke it. */
    private boolean sleep() {
        woken = false;
        asleep = true;
        // An offer adds to the queue before it reads asleep; this looks into the queue after it wrote asleep. One of
        // the two
        // sees the other.
        if (queue.isEmpty() && !stopped) {
            Keeper other = keeper;
            if (!watches.isEmpty()) {
                LockSupport.parkNanos(this, ASLEEP_SWEEP_NANOS);
            } else if (other == null || other.isIdle()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, ASLEEP_KEEP_NANOS);
            }
        }
        asleep = false;
        return woken;
    }

    void wakeIfAsleep() {
        if (asleep) {
            woken = true;
            LockSupport.unpark(thread); // if the stack ends before it, the next caller wakes it
        }
    }

    /**
     * Wakes workers for what is in the queue: one, which then takes further work itself, and twice as many each time that was
     * not enough. Waking one for every work takes the processor from callers, in bursts.
     *
     * @param atOnce whether some of it is to start at once, so that as many are woken as there may be
     */
    private boolean handOut(boolean atOnce) {
        int handed = 0;
        if (atOnce) {
            urgent = false; // before it looks into the queue: what comes later says so again
            width = MOST_HANDED;
        }
        while (handed < width) {
            Runnable work = refused == null ? queue.poll() : refused;
            if (work == null) {
                break;
            }
            refused = work; // until it is handed over: if no thread is free it is tried again after the next poll
            if (!tryExecute(work)) {
                break;
            }
            refused = null;
            handed++;
        }
        width = queue.isEmpty() ? 1 : Math.min(2 * width, MOST_HANDED);
        return handed > 0;
    }

    private boolean tryExecute(Runnable work) {
        try {
            workers.execute(work);
            return true;
        } catch (RejectedExecutionException noThreadFree) {
            return false;
        } catch (Error noThread) {
            return false; // no memory, or no further thread; others will end
        }
    }

    private void discardQueued() {
        Runnable work = queue.poll();
        while (work != null) {
            discard(work);
            work = queue.poll();
        }
    }

    private void discard(Runnable work) {
        try {
            if (work instanceof Work ours) {
                ours.discard();
            } else {
                lastWorker.execute(
                        work); // an agent's wrapper: what is in it finds out by itself that it comes too late
            }
        } catch (Throwable exhausted) {
            // The memory or the stack has run out, which must not keep the others from being discarded.
        }
    }

    private void expire(Watch watch, boolean isCancelled) {
        if (!watch.take()) {
            return; // loses to unwatch(), or to the other of sweep() and stop()
        }
        try {
            watch.expire(isCancelled);
            if (watch.isOnThread() && !tryExecute(watch)) { // never on a caller's thread: see register()
                offer(watch);
            }
        } catch (Throwable thrown) { // without memory it is tried again
            watch.putBack();
            return;
        }
        watches.remove(watch);
    }
}
