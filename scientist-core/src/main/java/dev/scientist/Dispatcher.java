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
 * Accepts work from callers, hands it to the workers, and finds work that is late.
 *
 * <p>Threads: callers {@link #offer} work, workers take further work themselves when they finish, and one dispatcher
 * thread polls for the rest. Invariant: accepted work is either run once or discarded once. Consequence: the thread
 * that took it from the queue owns it, also while closing.
 *
 * <p>Implementation note: waking a thread costs the caller 5 us and more, the queue costs 30 ns (docs/benchmarks.md).
 * So callers wake no thread: the dispatcher polls the queue every {@link #POLL_NANOS}. After {@link #QUIET_NANOS}
 * without work it sets {@code asleep} and sleeps, and the next caller wakes it.
 *
 * <p>Callers never start a thread, because that takes locks of the JDK: a stack overflow there would leave one locked
 * for ever. Work that is to start at once is given to an idle worker; if there is none, it is put into the queue and
 * the dispatcher is woken.
 *
 * <p>Callers hand work over through {@code front}, a {@link ThreadPoolExecutor} whose only thread is the dispatcher and
 * which runs nothing. The reason is tracing agents: an agent binds the caller's context to work that is given to such a
 * pool, but not to work that is put into a queue. The context then applies on whatever thread runs the work.
 */
final class Dispatcher {

    /** A piece of work for a worker. */
    interface Work extends Runnable {

        /** Does the work. Called on a worker, and never inside another piece of work. */
        @Override
        void run();

        /**
         * Gives the work up because the scientist is closed. Called on any thread, including a caller's, so it must not
         * block or run user code. What must be done in any case is passed to {@link #executeLast}. If that throws for
         * lack of memory, this method must still free what the work holds.
         */
        void discard();
    }

    /** A periodic task of the dispatcher thread. */
    interface Keeper {

        /**
         * Does the task. Called on the dispatcher thread, every few milliseconds, and once a second while it sleeps.
         */
        void keep(long now);

        /** Whether there is nothing to do, so that the dispatcher may sleep until it is woken. */
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
    private volatile boolean asleep; // written only by the dispatcher thread
    private volatile boolean woken;
    private volatile boolean urgent; // a caller found no idle worker
    private volatile boolean started;
    private volatile boolean stopped;
    private volatile @Nullable Thread thread;
    private @Nullable Runnable refused; // used only by the dispatcher thread
    private int width = 1; // used only by the dispatcher thread

    /**
     * Creates a dispatcher.
     *
     * @param queue the queue from which the dispatcher and the workers take work. Permits bound its length: each permit
     *     leaves at most three pieces of work there (start, judge, cancel)
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

    /** The queue of a front, which passes all work on to its real destination. */
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

    /** Gives work to an idle worker; if there is none, puts it into the queue and wakes the dispatcher. */
    private void enterUrgently(Runnable work) {
        if (!queue.give(work)) {
            queue.add(work);
            urgent = true;
            LockSupport.unpark(thread);
        }
    }

    /** Sets the periodic task. */
    void keepBy(Keeper value) {
        keeper = value;
    }

    boolean isStopped() {
        return stopped;
    }

    void start() {
        started = true;
        front.prestartCoreThread(); // execute() would bind the current context to the dispatcher thread
    }

    /**
     * Creates the dispatcher thread in place of a thread of the pool. It runs the dispatcher's loop before the pool's
     * own.
     */
    private @Nullable Thread threadOfFront(Runnable waiting) {
        if (!started || thread != null) {
            return null; // the pool goes on without a thread
        }
        Runnable body = () -> {
            loop();
            waiting.run(); // ends at once, because the pool is or will be shut down
        };
        Thread made = Workers.daemon(body, "scientist-dispatcher", loader);
        thread = made;
        return made;
    }

    /** Accepts work from a caller, on the caller's thread. Wakes no thread while the dispatcher is awake. */
    void offer(Work work) {
        if (stopped) {
            work.discard();
            return;
        }
        front.execute(work);
        offered();
    }

    /** Accepts work like {@link #offer}, but from a thread whose context does not belong to the work. */
    void offerWithoutContext(Work work) {
        if (stopped) {
            work.discard();
            return;
        }
        queue.add(work);
        offered();
    }

    /**
     * Finishes an offer. The work is already accepted, so this never throws: a caller that got an exception would give
     * up work that another thread does.
     */
    private void offered() {
        try {
            wakeIfAsleep();
            if (stopped) {
                discardQueued(); // loses to stop(), which may have emptied the queue before this offer
            }
        } catch (Throwable exhausted) {
            // The stack is exhausted. The next offer wakes the dispatcher, or discards this work too.
        }
    }

    /** Accepts work from a caller, on the caller's thread, and has it started at once, with one wake-up. */
    void execute(Work work) {
        if (stopped) {
            work.discard();
            return;
        }
        urgentFront.execute(work);
        offered();
    }

    /**
     * Runs work on a separate thread that must be done although the workers are closed. Throws only if there is no
     * memory to queue it.
     */
    void executeLast(Work work) {
        lastWorker.execute(work);
    }

    /**
     * Waits up to {@code nanos} for the work that was passed to {@link #executeLast}.
     *
     * @return the thread that does the work, if it has not ended
     */
    @Nullable
    Thread awaitLast(long nanos) throws InterruptedException {
        return lastWorker.await(nanos);
    }

    /** Returns the context class loader of the threads of this scientist. */
    @Nullable
    ClassLoader loader() {
        return loader;
    }

    /** Watches the work that runs on the current thread. When it is late, its thread is interrupted. */
    Watch watch(long nanos, Watch.Late late) {
        return register(Watch.ofThread(ticker.getAsLong() + nanos, late));
    }

    /** Watches something that has no thread, or whose thread must not be interrupted. */
    Watch watchNoThread(long nanos, Watch.Late late) {
        return register(Watch.ofNoThread(ticker.getAsLong() + nanos, late));
    }

    private Watch register(Watch watch) {
        try {
            watches.add(watch);
            wakeIfAsleep();
        } catch (Throwable exhausted) {
            unwatch(watch); // it may be in the set all the same, and must not interrupt the next work on this thread
            throw exhausted;
        }
        if (stopped) {
            expire(watch, true); // loses to stop(), which may have read the watches before
        }
        return watch;
    }

    /** Ends a watch, because the watched work has ended. */
    void unwatch(Watch watch) {
        watch.take();
        watches.remove(watch);
    }

    /** Reports and interrupts late work, and does the periodic task. */
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
            // There was no memory for the list of tasks not begun, which is empty here. The pool is shut down all the
            // same.
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
                    looks = LOOKS_PER_SWEEP; // sweep after a sleep
                    if (sleep()) {
                        lastWork = ticker.getAsLong();
                    }
                }
            } catch (Throwable thrown) {
                // Most likely out of memory. This thread must go on, or no work would ever be started or found late
                // again.
                LockSupport.parkNanos(this, POLL_NANOS);
            }
            Thread.interrupted(); // with a pending interrupt, park would return at once and this loop would spin
        }
        Runnable left = refused;
        if (left != null) {
            discard(left);
        }
        discardQueued();
    }

    /** Parks until woken, or for a short time while there is something to watch. Returns true if a caller woke it. */
    private boolean sleep() {
        woken = false;
        asleep = true;
        // An offer adds to the queue before it reads asleep; this method reads the queue after it wrote asleep. So at
        // least one of the two sees the other.
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
            LockSupport.unpark(thread); // if this fails for lack of stack, the next caller wakes it
        }
    }

    /**
     * Wakes workers for the work in the queue: first one, which then takes further work itself, and twice as many each
     * time that this was not enough. Waking one for each piece of work would take the processor away from callers in
     * bursts.
     *
     * @param atOnce whether some of the work is to start at once, so that as many workers as allowed are woken
     */
    private boolean handOut(boolean atOnce) {
        int handed = 0;
        if (atOnce) {
            urgent = false; // before the queue is read: later urgent work sets it again
            width = MOST_HANDED;
        }
        while (handed < width) {
            Runnable work = refused == null ? queue.poll() : refused;
            if (work == null) {
                break;
            }
            refused = work; // until it is handed over: if no thread is free, the next poll tries again
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
            return false; // no memory or no further thread; others will end
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
                lastWorker.execute(work); // a wrapper of an agent; the work in it notices by itself that it is too late
            }
        } catch (Throwable exhausted) {
            // Out of memory or stack. The remaining work must be discarded all the same.
        }
    }

    private void expire(Watch watch, boolean isCancelled) {
        if (!watch.take()) {
            return; // loses to unwatch(), or the later of sweep() and stop() loses
        }
        try {
            watch.expire(isCancelled);
            if (watch.isOnThread() && !tryExecute(watch)) { // never on a caller's thread: see register()
                offer(watch);
            }
        } catch (Throwable thrown) { // out of memory: the next sweep tries again
            watch.putBack();
            return;
        }
        watches.remove(watch);
    }
}
