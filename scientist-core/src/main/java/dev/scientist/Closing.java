package dev.scientist;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a scientist in which no candidate is in flight any more: tells listeners that the experiments have ended, and
 * then closes the publishers.
 *
 * <p>Threads: the thread that closes the scientist calls {@link #await}, which starts a second thread for the steps,
 * and that one a third for the listeners. Invariant: each step waits for user code only for a limited time.
 * Consequence: a hook, a listener or a publisher that hangs keeps no other publisher from being closed, and takes
 * nothing from the time that publishers have to flush.
 */
final class Closing {

    private static final Logger log =
            LoggerFactory.getLogger("dev.scientist.Scientist"); // by name: a scientist works with this, not the reverse

    private final Dispatcher dispatcher;
    private final PublisherFanOut publishers;
    private final Runnable ending;
    private final long graceNanos;
    private final long flushNanos;

    /**
     * Prepares to close.
     *
     * @param ending tells listeners of the end of all experiments
     * @param graceNanos how long trials that were given up, and then listeners, are waited for before publishers are
     *     closed
     * @param flushNanos how long publishers may take to close
     */
    Closing(Dispatcher dispatcher, PublisherFanOut publishers, Runnable ending, long graceNanos, long flushNanos) {
        this.dispatcher = dispatcher;
        this.publishers = publishers;
        this.ending = ending;
        this.graceNanos = graceNanos;
        this.flushNanos = flushNanos;
    }

    /**
     * Closes, and waits for that. If the current thread is interrupted before, it waits at most {@code graceNanos}; if
     * it is interrupted meanwhile, it waits no longer. The steps then go on without it.
     */
    void await() {
        Thread closing = start(this::close, "scientist-closing");
        if (closing == null) {
            return; // it was done on this thread
        }
        boolean interrupted = Thread.interrupted();
        try {
            long most = interrupted ? graceNanos : 3 * graceNanos + flushNanos;
            if (!hasEnded(closing, most) && !interrupted) {
                closing.interrupt(); // it had no memory for further threads, and closes a publisher that hangs
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void close() {
        Thread publishing = null;
        Thread telling = null;
        try {
            publishing = dispatcher.awaitLast(graceNanos); // inline publishers get trials that were given up
            telling = start(ending, "scientist-ending");
            hasEnded(telling, graceNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // so that the publishers are not waited for either
        }
        long deadline = System.nanoTime() + flushNanos; // the real clock: this is a wait, not a measurement
        publishers.closed(flushNanos);
        interruptIfLate(telling, deadline);
        if (publishing != null) {
            publishing.interrupt();
        }
    }

    private static void interruptIfLate(@Nullable Thread telling, long deadline) {
        try {
            if (hasEnded(telling, Math.max(deadline - System.nanoTime(), 0))) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (telling != null && telling.isAlive()) {
            telling.interrupt();
            log.warn("listeners were still being told that experiments have ended when the time for closing was over,"
                    + " and the one that was being told was interrupted; ended() must not block");
        }
    }

    private static boolean hasEnded(@Nullable Thread thread, long nanos) throws InterruptedException {
        if (thread == null) {
            return true;
        }
        thread.join(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        return !thread.isAlive();
    }

    /** Does work on its own thread, which is returned; on the current one if no thread can be started. */
    private @Nullable Thread start(Runnable work, String name) {
        Thread thread;
        try {
            thread = Workers.daemon(work, name, dispatcher.loader());
            thread.start();
        } catch (Throwable noThread) { // no memory for a thread
            work.run();
            return null;
        }
        return thread;
    }
}
