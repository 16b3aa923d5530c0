package dev.scientist.jdbc;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The places that shadows have in one pool.
 *
 * <p>Threads: any take and free. Invariant: a place is taken only while fewer are taken than the limit, which follows the
 * size of the pool. Consequence: nobody waits, and a place that is not freed is lost to shadows alone.
 */
final class Places {

    /** By what getter pools say how many connections they have at most: HikariCP, DBCP2, Tomcat and Druid, C3P0 and UCP, H2. */
    private static final List<String> GETTERS =
            List.of("getMaximumPoolSize", "getMaxTotal", "getMaxActive", "getMaxPoolSize", "getMaxConnections");

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final double share;
    private final int size;
    private final DataSource pool;
    private final @Nullable Method getter;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Places in a pool, none of them taken.
     *
     * @param share of the pool, at most 1
     * @param size of the pool, or 0 to ask it
     */
    Places(double share, int size, DataSource pool) {
        this.share = share;
        this.size = size;
        this.pool = pool;
        this.getter = getterOf(pool);
    }

    /** Takes a place, unless all are taken. */
    boolean take() {
        int limit = limit();
        int before = taken.getAndUpdate(now -> now < limit ? now + 1 : now); // a race is run again
        return before < limit;
    }

    /** Returns a place, once for each that was taken. */
    void free() {
        taken.decrementAndGet();
    }

    /**
     * How many places there are now; pools can be resized while they run. One at least, but never the last connection that
     * callers have, unless all of the pool is for shadows.
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
                // It may have another of them.
            }
        }
        return null;
    }
}
