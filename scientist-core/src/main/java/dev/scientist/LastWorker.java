package dev.scientist;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Does the work that is still needed after close, when the other workers take none any more: it tells guards and inline
 * publishers. It does one piece of work after the other, on a thread that lives as long as there is work.
 *
 * <p>Threads: any thread adds work. Invariant: {@code busy} is true while a thread processes the queue, and there is at
 * most one such thread. Consequence: all this work is done, and neither on a caller's thread nor on the closing one,
 * which it could block.
 */
final class LastWorker {

    private final Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final @Nullable ClassLoader loader;
    private volatile @Nullable Thread thread;

    LastWorker(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** Queues work to be run. Throws only if there is no memory to queue it. */
    void execute(Runnable work) {
        owed.add(work);
        if (busy.compareAndSet(false, true)) { // loses to the thread that is running, which then takes the work
            try {
                start();
            } catch (Throwable noThread) { // no memory for a thread; the next call tries again, for all work
                busy.set(false);
            }
        }
    }

    /** Waits up to {@code nanos} until the thread has ended; returns the thread if it has not. */
    @Nullable
    Thread await(long nanos) throws InterruptedException {
        Thread running = thread;
        if (running == null) {
            return null;
        }
        running.join(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        return running.isAlive() ? running : null;
    }

    private void start() {
        Thread starting = Workers.daemon(this::loop, "scientist-last-worker", loader);
        thread = starting;
        starting.start();
    }

    private void loop() {
        do {
            Runnable work = owed.poll();
            while (work != null) {
                run(work);
                work = owed.poll();
            }
            busy.set(false);
        } while (!owed.isEmpty() && busy.compareAndSet(false, true)); // for work added after the last poll
    }

    private static void run(Runnable work) {
        Thread.interrupted(); // the interrupt was meant for earlier work
        try {
            work.run();
        } catch (Throwable thrown) {
            // Most likely out of memory, because the work contains its own failures. The rest must still be done.
        }
    }
}
