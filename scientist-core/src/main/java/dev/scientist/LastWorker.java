package dev.scientist;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Does what is still owed when no other worker takes it any more, because the scientist is closed: tells guards, reaches
 * inline publishers. One after the other, on a thread that lives as long as there is something to do.
 *
 * <p>Threads: any adds. Invariant: {@code busy} is true while a thread works off the queue, and there is one at most.
 * Consequence: what is owed is done, and neither on a caller's thread nor on the one that closes, which it could hold up.
 */
final class LastWorker {

    private final Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final @Nullable ClassLoader loader;
    private volatile @Nullable Thread thread;

    LastWorker(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** Has work run. Throws only where there is no memory to note it. */
    void execute(Runnable work) {
        owed.add(work);
        if (busy.compareAndSet(false, true)) { // loses to whoever started the thread, which then takes it
            try {
                start();
            } catch (Throwable noThread) { // no memory for it; the next one tries again, for all
                busy.set(false);
            }
        }
    }

    /** Waits until nothing is owed. */
    void await(long nanos) throws InterruptedException {
        Thread running = thread;
        if (running != null) {
            running.join(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
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
        } while (!owed.isEmpty() && busy.compareAndSet(false, true)); // came after the last look
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (Throwable thrown) {
            // Out of memory, most likely: what is owed contains its own failures. The rest is owed all the same.
        }
    }
}
