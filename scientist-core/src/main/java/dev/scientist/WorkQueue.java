package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work that was handed over and that nobody has taken yet, oldest first. Nobody but idle workers waits here.
 *
 * <p>Threads: callers add and give, workers and the dispatcher take. Invariant: what was added is reachable from {@code
 * added} or {@code ready}, except while one thread, which {@code turning} tells, turns the one into the other; {@code ready}
 * is changed by nobody else while it is null. Consequence: adding is one compare-and-set that has happened or has not,
 * whatever error hits the caller there, and a place that is taken and never filled does not exist.
 *
 * <p>Implementation note: what must not be left half done is written as a field, which needs no stack, and not by a call.
 */
final class WorkQueue {

    /** Something that is no link itself: other people's wrappers, and works that are handed over more than once. */
    private static final class Wrapped extends Link {
        private final Runnable work;

        Wrapped(Runnable work) {
            this.work = work;
        }
    }

    private static final VarHandle ADDED = Fields.handle(MethodHandles.lookup(), "added", Link.class);
    private static final VarHandle READY = Fields.handle(MethodHandles.lookup(), "ready", Link.class);
    private static final VarHandle TURNING = Fields.handle(MethodHandles.lookup(), "turning", boolean.class);

    private final SynchronousQueue<Runnable> idle = new SynchronousQueue<>(); // where workers wait

    private volatile @Nullable Link added; // the newest first
    private volatile @Nullable Link ready; // the oldest first
    private volatile boolean turning;
    private volatile @Nullable Runnable discardingRest;

    /**
     * Has workers that take work discard the rest from now on. Who closes may find nothing to be had while one of them makes
     * ready what is here, and then that one sees to it.
     */
    void close(Runnable discardRest) {
        discardingRest = discardRest;
    }

    /** Adds work. A {@link Link} can be added once in its life, anything else as often as one likes. */
    void add(Runnable work) {
        Link link = work instanceof Link itself ? itself : new Wrapped(work);
        Link newest;
        do {
            newest = added;
            link.linked = newest;
        } while (!ADDED.compareAndSet(this, newest, link)); // loses to another caller, or to who takes
    }

    /**
     * Gives work to an idle worker; false if none waits. Takes no lock and makes no thread, so that a caller may do it: where an
     * error hits it in the middle, another one finishes it, or the worker when it has waited long enough.
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

    /** The oldest work, which is the caller's now; null if there is none, or none to be had in this moment. */
    @Nullable
    Runnable poll() {
        while (true) {
            Link oldest = ready;
            if (oldest == null) {
                if (!turn()) {
                    return null;
                }
            } else if (READY.compareAndSet(this, oldest, oldest.linked)) { // loses to another worker
                oldest.linked = null; // who runs for long must not keep what came after it in memory
                return oldest instanceof Wrapped wrapped ? wrapped.work : (Runnable) oldest;
            }
        }
    }

    /** False, for certain, if anything is here. */
    boolean isEmpty() {
        // In the opposite order to that in which work moves on.
        return added == null && !turning && ready == null;
    }

    /** Makes ready what was added; false if there is nothing, or somebody else is about to. */
    private boolean turn() {
        if (added == null || !TURNING.compareAndSet(this, false, true)) {
            return false; // loses to another worker: the next one to look finds what that one leaves
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
