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
 * The shadows that hold a connection of one pool and want to be told when callers wait for one. They are the runs of
 * experiments with adaptive sampling.
 *
 * <p>Threads: any. Invariant: a shadow is in the list while it holds a connection. Consequence: a caller only checks
 * whether the list is empty, and pays nothing more while there is no such shadow.
 */
final class Holders {

    /**
     * Callers that waited this long are reported. Chosen: longer than a pool takes to test an idle connection, which is
     * one round trip to the database, and longer than a thread waits for a processor that is not overloaded.
     */
    static final long WAITING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LongSupplier ticker;
    private final List<LongConsumer> now = new CopyOnWriteArrayList<>();

    Holders(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Whether no such shadow holds a connection. */
    boolean isEmpty() {
        return now.isEmpty();
    }

    void add(LongConsumer told) {
        now.add(told);
    }

    void remove(LongConsumer told) {
        now.remove(told);
    }

    /**
     * Gets a caller its connection. If that took {@link #WAITING_NANOS} or longer, whether it succeeded or failed, the
     * shadows that held a connection at its start are told.
     */
    <T, X extends Throwable> @Nullable T connect(Implementation<? extends T, X> pool) throws X {
        // A snapshot, because the shadow whose connection the caller gets has left the list by the end of the wait.
        Iterator<LongConsumer> before = now.iterator();
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

    /** Tells the shadows. Swallows every error, because the caller must get its connection. */
    private static void tell(Iterator<LongConsumer> before, long waited) {
        try {
            before.forEachRemaining(told -> told.accept(waited));
        } catch (Throwable thrown) {
            // The next long wait is told again.
        }
    }
}
