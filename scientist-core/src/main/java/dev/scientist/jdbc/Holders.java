package dev.scientist.jdbc;

import dev.scientist.Implementation;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those shadows that hold a connection of one pool and want to know when callers wait for one: the runs of adaptive
 * experiments.
 *
 * <p>Threads: any. Invariant: a shadow is in the list while it holds a connection. Consequence: a caller reads whether it
 * is empty, and pays for nothing further while there is no such shadow.
 */
final class Holders {

    /**
     * Chosen: longer than a pool takes to see whether an idle connection still works, which is one question to the database,
     * and than a thread waits for a processor that is not overloaded.
     */
    static final long WAITING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LongSupplier ticker;
    private final List<LongConsumer> now = new CopyOnWriteArrayList<>();

    Holders(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return now.isEmpty();
    }

    void add(LongConsumer told) {
        now.add(told);
    }

    void remove(LongConsumer told) {
        now.remove(told);
    }

    /** Gets a caller its connection, and tells those who held one before if that took long, whether it came or not. */
    <T, X extends Throwable> @Nullable T connect(Implementation<? extends T, X> pool) throws X {
        Iterator<LongConsumer> before = now.iterator(); // whose connection is what the caller gets is gone afterwards
        long startedAt = ticker.getAsLong();
        try {
            return pool.call();
        } finally {
            long waited = ticker.getAsLong() - startedAt;
            if (waited >= WAITING_NANOS) {
                tell(before, waited);
            }
        }
    }

    /** Contains even what should not happen: the connection is the caller's. */
    private static void tell(Iterator<LongConsumer> before, long waited) {
        try {
            before.forEachRemaining(told -> told.accept(waited));
        } catch (Throwable thrown) {
            // The next wait tells it again.
        }
    }
}
