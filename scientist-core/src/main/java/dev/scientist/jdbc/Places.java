package dev.scientist.jdbc;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The places that shadows have in one pool: how many of its connections they may hold at once.
 *
 * <p>Threads: any may take and free places. Invariant: a place is taken only while fewer are taken than the limit,
 * which follows the size of the pool. Consequence: nobody waits, and a place that is never freed is lost to shadows
 * only.
 */
final class Places {

    /** The getters of a pool's maximum size, in order: HikariCP; DBCP2; Tomcat and Druid; C3P0 and UCP; H2. */
    private static final List<String> GETTERS =
            List.of("getMaximumPoolSize", "getMaxTotal", "getMaxActive", "getMaxPoolSize", "getMaxConnections");

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final double share;
    private final int size;
    private final DataSource pool;
    private final @Nullable Method getter;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Starts with no place taken.
     *
     * @param share the share of the pool that shadows may hold, more than 0 and at most 1
     * @param size the maximum size of the pool, or 0 to ask the pool for it
     */
    Places(double share, int size, DataSource pool) {
        this.share = share;
        this.size = size;
        this.pool = pool;
        this.getter = getterOf(pool);
    }

    /** Takes a place and returns true, or returns false if all are taken. */
    boolean take() {
        int limit = limit();
        // The update is repeated if another thread takes or frees a place meanwhile.
        int before = taken.getAndUpdate(now -> now < limit ? now + 1 : now);
        return before < limit;
    }

    /** Gives a place back. To be called once for each place that was taken. */
    void free() {
        taken.decrementAndGet();
    }

    /**
     * The number of places now; pools can be resized while they run. It is at least one, but always leaves callers one
     * connection, unless shadows may hold the whole pool. There is no limit where the size of the pool is unknown.
     */
    int limit() {
        int most = size > 0 ? size : asked();
        if (most <= 0) {
            return NO_LIMIT;
        }
        return share == 1 ? most : Math.min(most - 1, Math.max(1, (int) (most * share)));
    }

    private int asked() {
        if (getter == null) {
            return 0;
        }
        try {
            return (Integer) getter.invoke(pool);
        } catch (ReflectiveOperationException | RuntimeException unknown) { // such as a pool that is closed
            return 0;
        }
    }

    private static @Nullable Method getterOf(DataSource pool) {
        for (String name : GETTERS) {
            try {
                Method getter = pool.getClass().getMethod(name);
                if (getter.getReturnType() == int.class) {
                    return getter;
                }
            } catch (NoSuchMethodException another) {
                // The pool may have one of the other getters.
            }
        }
        return null;
    }
}
