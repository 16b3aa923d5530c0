package dev.scientist;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that was handed over and that nobody has taken yet, oldest first. Nobody waits here, and nobody is woken.
 *
 * <p>Threads: callers add, workers and the dispatcher take. Invariant: what was added is reachable from {@code added} or
 * {@code ready}, except while one thread, which {@code turning} tells, turns the one into the other; {@code ready} is
 * changed by nobody else while it is null. Consequence: adding is one compare-and-set that has happened or has not,
 * whatever error hits the caller there, and a place that is taken and never filled does not exist.
 */
final class WorkQueue {

    /** Something that is no link itself: other people's wrappers, and works that are handed over more than once. */
    private static final class Wrapped extends Link {
        private final Runnable work;

        Wrapped(Runnable work) {
            this.work = work;
        }
    }

    private final AtomicReference<@Nullable Link> added = new AtomicReference<>(); // the newest first
    private final AtomicReference<@Nullable Link> ready = new AtomicReference<>(); // the oldest first
    private final AtomicBoolean turning = new AtomicBoolean();

    /** Adds work. A {@link Link} can be added once in its life, anything else as often as one likes. */
    void add(Runnable work) {
        Link link = work instanceof Link itself ? itself : new Wrapped(work);
        Link newest;
        do {
            newest = added.get();
            link.linked = newest;
        } while (!added.compareAndSet(newest, link)); // loses to another caller, or to who takes
    }

    /** The oldest work, which is the caller's now; null if there is none, or none to be had in this moment. */
    @Nullable
    Runnable poll() {
        while (true) {
            Link oldest = ready.get();
            if (oldest == null) {
                if (!turn()) {
                    return null;
                }
            } else if (ready.compareAndSet(oldest, oldest.linked)) { // loses to another worker
                oldest.linked = null; // who runs for long must not keep what came after it in memory
                return oldest instanceof Wrapped wrapped ? wrapped.work : (Runnable) oldest;
            }
        }
    }

    /** False, for certain, if anything is here. */
    boolean isEmpty() {
        // In the opposite order to that in which work moves on.
        return added.get() == null && !turning.get() && ready.get() == null;
    }

    /** Makes ready what was added; false if there is nothing, or somebody else is about to. */
    private boolean turn() {
        if (added.get() == null || !turning.compareAndSet(false, true)) {
            return false; // loses to another worker: the next one to look finds what that one leaves
        }
        try {
            if (ready.get() == null) {
                Link link = added.getAndSet(null);
                Link oldest = null;
                while (link != null) {
                    Link older = link.linked;
                    link.linked = oldest;
                    oldest = link;
                    link = older;
                }
                ready.set(oldest);
            }
            return true;
        } finally {
            turning.set(false);
        }
    }
}
