package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The queue of work that was handed over and not yet taken, oldest first. Only idle workers wait here.
 *
 * <p>Threads: callers add and give, workers and the dispatcher take. Invariant: added work is reachable from
 * {@code added} or {@code ready}, except while one thread, which has set {@code turning}, moves it from one to the
 * other; no other thread changes {@code ready} while it is null. Consequence: adding is a single compare-and-set, which
 * has either happened or not whatever error hits the caller, and there is never a slot that was reserved but not
 * filled.
 *
 * <p>Implementation note: steps that must not be left half done are field writes, which need no stack, instead of
 * calls.
 */
final class WorkQueue {

    /** A link for work that is no link itself: wrappers of agents, and work that is handed over more than once. */
    private static final class Wrapped extends Link {
        private final Runnable work;

        Wrapped(Runnable work) {
            this.work = work;
        }
    }

    private static final VarHandle ADDED = Fields.handle(MethodHandles.lookup(), "added", Link.class);
    private static final VarHandle READY = Fields.handle(MethodHandles.lookup(), "ready", Link.class);
    private static final VarHandle TURNING = Fields.handle(MethodHandles.lookup(), "turning", boolean.class);

    private final SynchronousQueue<Runnable> idle = new SynchronousQueue<>(); // where idle workers wait

    private volatile @Nullable Link added; // newest first
    private volatile @Nullable Link ready; // oldest first
    private volatile boolean turning;
    private volatile @Nullable Runnable discardingRest;

    /**
     * Makes workers that poll discard the remaining work from now on. This is needed because the closing thread may
     * find the queue empty while a worker is moving work from {@code added} to {@code ready}; that worker then discards
     * the work.
     */
    void close(Runnable discardRest) {
        discardingRest = discardRest;
    }

    /** Adds work. A {@link Link} can be added once in its life, other work any number of times. */
    void add(Runnable work) {
        Link link = work instanceof Link itself ? itself : new Wrapped(work);
        Link newest;
        do {
            newest = added;
            link.linked = newest;
        } while (!ADDED.compareAndSet(this, newest, link)); // loses to another caller, or to a thread that takes
    }

    /**
     * Gives work to an idle worker; false if none waits. It takes no lock and creates no thread, so a caller may use
     * it: if an error hits the caller in between, another thread completes the handover, or the worker's wait times
     * out.
     */
    boolean give(Runnable work) {
        return idle.offer(work);
    }

    /** Waits for work, on a worker; null if none came in time. */
    @Nullable
    Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
        Runnable work = poll();
        Runnable discardRest = discardingRest;
        if (discardRest != null) {
            discardRest.run();
        }
        return work == null ? idle.poll(timeout, unit) : work;
    }

    /** Takes the oldest work; null if there is none, or if another thread is just moving it. */
    @Nullable
    Runnable poll() {
        while (true) {
            Link oldest = ready;
            if (oldest == null) {
                if (!turn()) {
                    return null;
                }
            } else if (READY.compareAndSet(this, oldest, oldest.linked)) { // loses to another worker
                oldest.linked = null; // long-running work must not keep later work in memory
                return oldest instanceof Wrapped wrapped ? wrapped.work : (Runnable) oldest;
            }
        }
    }

    /** Whether the queue is empty. It is never true while there is work. */
    boolean isEmpty() {
        // These are read in the opposite order to that in which work moves.
        return added == null && !turning && ready == null;
    }

    /** Moves added work to {@code ready}; false if there is none, or if another thread is moving it. */
    private boolean turn() {
        if (added == null || !TURNING.compareAndSet(this, false, true)) {
            return false; // loses to another worker; the next poll finds what that one leaves
        }
        try {
            if (ready == null) {
                Link link = (Link) ADDED.getAndSet(this, null);
                Link oldest = null;
                while (link != null) {
                    Link older = link.linked;
                    link.linked = oldest;
                    oldest = link;
                    link = older;
                }
                ready = oldest;
            }
            return true;
        } finally {
            turning = false;
        }
    }
}
