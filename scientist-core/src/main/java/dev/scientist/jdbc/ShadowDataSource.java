package dev.scientist.jdbc;

import static java.util.Objects.requireNonNull;

import dev.scientist.Implementation;
import dev.scientist.Shadow;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.ShardingKeyBuilder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@code DataSource} that lets shadows read only, and leaves them no more than their share of the pool.
 *
 * <p>Whoever is no shadow gets the pool's own connection, for the price of reading one {@code ThreadLocal}. A candidate of
 * an experiment that is {@link dev.scientist.Effects#READ_ONLY} gets a connection that refuses whatever is not clearly a
 * read, with SQL state 25006; its run is then {@link dev.scientist.Verdict.Reason#EFFECT_REFUSED}, whatever it does with
 * the exception. The connection is also set read-only where the database keeps that. Its commit rolls back, and its
 * close does and gives it to the pool as it was. It is a connection of the JDK's interface alone and cannot be
 * unwrapped.
 *
 * <p>A candidate that finds no place in its share does not wait: it gets an {@code SQLTransientConnectionException}, and
 * its run is {@link dev.scientist.Verdict.Reason#POOL}. A place returns when the connection is closed.
 *
 * <p>While a candidate of an experiment that is {@link dev.scientist.ExperimentOptions.Sampling#ADAPTIVE} holds a connection,
 * the time that callers wait for theirs is measured: from 10 ms on that experiment samples fewer calls.
 *
 * <p>Threads: any. Invariant: shadows hold no more connections than their share was when the last one was lent.
 * Consequence: callers find the rest of the pool, however slow candidates are.
 *
 * @since 0.1.0
 */
public final class ShadowDataSource implements DataSource {

    private static final String CANNOT_CONNECT = "08001"; // of the SQL standard

    private final DataSource pool;
    private final boolean isSetReadOnly;
    private final Places places;
    private final Holders holders;

    private ShadowDataSource(DataSource pool, Options options) {
        this.pool = pool;
        this.isSetReadOnly = options.isSetReadOnly;
        this.places = new Places(options.poolShare, options.poolSize, pool);
        this.holders = new Holders(options.ticker);
    }

    /**
     * Guards a data source: at most a quarter of its pool for shadows, at least one connection and never the last.
     *
     * @param pool what callers go on to get their connections from
     */
    public static ShadowDataSource wrap(DataSource pool) {
        return wrap(pool, options -> options);
    }

    /**
     * Guards a data source.
     *
     * @param pool what callers go on to get their connections from
     * @param options sets what is not as by default
     */
    public static ShadowDataSource wrap(DataSource pool, UnaryOperator<Options> options) {
        return new ShadowDataSource(requireNonNull(pool, "pool"), options.apply(new Options()));
    }

    /**
     * Whether a statement is clearly a read, by its text alone and whatever the database, so that a shadow may send it:
     * one query, without locks, sequences or parts that modify.
     */
    public static boolean isRead(String sql) {
        return SqlEffects.of(requireNonNull(sql, "sql"), SqlDialect.ANY) == null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(pool::getConnection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return connect(() -> pool.getConnection(user, password));
    }

    @SuppressWarnings("NullAway") // a pool that returns null does so to callers too
    private Connection connect(Implementation<Connection, SQLException> source) throws SQLException {
        Shadow mark = Shadow.current();
        return mark != null && Shadow.isActive() ? lend(mark, source) : whileCallerWaits(source);
    }

    /**
     * Gets a caller what it waits for, such as its connection, where it does not come through this data source: for proxies
     * around the same pool. What {@link #getConnection()} says of the time that callers wait holds for it.
     *
     * @param source asked once, on this thread
     * @return what it returned
     * @throws X what it threw, the very object
     */
    public <T, X extends Throwable> @Nullable T whileCallerWaits(Implementation<? extends T, X> source) throws X {
        return holders.isEmpty() ? source.call() : holders.connect(source);
    }

    private Connection lend(Shadow shadow, Implementation<Connection, SQLException> source) throws SQLException {
        LongConsumer told = shadow.callersWait();
        Runnable free = told == null // before there is something to give back
                ? places::free
                : () -> {
                    holders.remove(told);
                    places.free();
                };
        if (!places.take()) {
            Shadow.noPlaceInPool();
            throw new SQLTransientConnectionException(
                    "the candidate of experiment \"" + Shadow.experiment()
                            + "\" found no place in its share of the pool, which is " + places.limit() + " connections",
                    CANNOT_CONNECT);
        }
        Connection connection = null;
        Connection lent = null;
        try {
            connection = requireNonNull(source.call(), "connection of the pool");
            if (told != null) {
                holders.add(told);
            }
            lent = Shadow.mayWrite()
                    ? CountedConnection.of(connection, free)
                    : GuardedConnection.of(connection, new Refusal(shadow), free, isSetReadOnly);
            return lent;
        } finally {
            if (lent == null) {
                try {
                    close(connection);
                } finally {
                    free.run();
                }
            }
        }
    }

    /** One that could not be guarded goes back to its pool, which callers wait for; once more does no harm. */
    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException | RuntimeException broken) {
            // What was thrown before says more.
        }
    }

    /** In a shadow that may not write only what hands out no connection is passed on. */
    private void requireMayWrite(String what) throws SQLException {
        Shadow shadow = Shadow.current();
        if (shadow != null && !Shadow.mayWrite()) {
            throw new Refusal(shadow).of(what);
        }
    }

    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        requireMayWrite("a builder of connections");
        return pool.createConnectionBuilder();
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return pool.createShardingKeyBuilder();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        requireMayWrite("unwrap to " + type.getName());
        return type.isInstance(pool) ? type.cast(pool) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(pool) || pool.isWrapperFor(type);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    /** How a data source is guarded. Not thread-safe. */
    public static final class Options {
        private double poolShare = 0.25; // chosen; see docs/pools.md
        private int poolSize;
        private boolean isSetReadOnly = true;
        private LongSupplier ticker = System::nanoTime;

        private Options() {}

        Options ticker(LongSupplier nanos) {
            ticker = nanos;
            return this;
        }

        /**
         * The share of the pool that shadows may hold, more than 0 and at most 1; at least one connection, and never the last.
         * Default: 0.25. All of it, by 1, is for a pool that only candidates use.
         */
        public Options poolShare(double share) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("poolShare must be more than 0 and at most 1 but was " + share);
            }
            this.poolShare = share;
            return this;
        }

        /**
         * How many connections the pool has at most, 1 or more. Default: what HikariCP, Tomcat's pool, DBCP2 and C3P0 say of
         * themselves; another data source is taken to have no end, and shadows no limit.
         */
        public Options poolSize(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("poolSize must be at least 1 but was " + most);
            }
            this.poolSize = most;
            return this;
        }

        /**
         * Whether a shadow's connection is also set read-only by {@code Connection.setReadOnly(true)}. Default: true. False
         * is for a data source that chooses another server by it, of which candidate and primary would read different data;
         * statements are refused all the same.
         */
        public Options setReadOnly(boolean isSet) {
            this.isSetReadOnly = isSet;
            return this;
        }
    }
}
