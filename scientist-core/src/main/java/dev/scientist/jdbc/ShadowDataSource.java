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
 * A {@code DataSource} that lets shadows only read, and limits them to their share of the pool.
 *
 * <p>A caller that is no shadow gets the pool's own connection; its only cost is reading one {@code ThreadLocal}. A
 * candidate of an experiment that is {@link dev.scientist.Effects#READ_ONLY} gets a guarded connection, which refuses
 * every statement that is not clearly a read, with SQL state 25006. The run's verdict then has the reason
 * {@link dev.scientist.Verdict.Reason#EFFECT_REFUSED}, whatever the candidate does with the exception. The connection
 * is also set read-only where the database supports that. Its {@code commit} rolls back; its {@code close} rolls back
 * and returns it to the pool in the state in which it came. It implements {@code java.sql.Connection} only and cannot
 * be unwrapped.
 *
 * <p>A candidate that finds no place in the shadows' share does not wait: it gets an
 * {@code SQLTransientConnectionException}, and the reason of its run is {@link dev.scientist.Verdict.Reason#POOL}. A
 * place is free again when its connection is closed.
 *
 * <p>While a candidate of an experiment that is {@link dev.scientist.ExperimentOptions.Sampling#ADAPTIVE} holds a
 * connection, the time that callers wait for theirs is measured. If a caller waits 10 ms or longer, that experiment
 * samples fewer calls.
 *
 * <p>Threads: any. Invariant: shadows hold no more connections than their share was when the last one was lent.
 * Consequence: the rest of the pool is free for callers, however slow candidates are.
 *
 * @since 0.1.0
 */
public final class ShadowDataSource implements DataSource {

    private static final String CANNOT_CONNECT = "08001"; // a SQL state of the SQL standard

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
     * Guards a data source with the default options. Shadows hold at most a quarter of its pool: at least one
     * connection, and never the last one.
     *
     * @param pool the data source that all connections come from
     */
    public static ShadowDataSource wrap(DataSource pool) {
        return wrap(pool, options -> options);
    }

    /**
     * Guards a data source.
     *
     * @param pool the data source that all connections come from
     * @param options changes the default options
     */
    public static ShadowDataSource wrap(DataSource pool, UnaryOperator<Options> options) {
        return new ShadowDataSource(requireNonNull(pool, "pool"), options.apply(new Options()));
    }

    /**
     * Whether a shadow may send a statement, because it is clearly a read: one query, without locks, sequences or
     * clauses that modify. Only the text is looked at, and it must be a read in the SQL of every database.
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
     * Runs an action that a caller waits for, such as getting a connection, where that does not go through this data
     * source: for other proxies around the same pool. The waiting time is measured as in {@link #getConnection()}.
     *
     * @param source called once, on this thread
     * @return its result
     * @throws X exactly what it threw
     */
    public <T, X extends Throwable> @Nullable T whileCallerWaits(Implementation<? extends T, X> source) throws X {
        return holders.isEmpty() ? source.call() : holders.connect(source);
    }

    private Connection lend(Shadow shadow, Implementation<Connection, SQLException> source) throws SQLException {
        LongConsumer told = shadow.callersWait();
        // Made before a place is taken: if this failed afterwards, the place would be lost.
        Runnable free = told == null
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

    /** Returns a connection that could not be guarded to its pool. Closing it a second time does no harm. */
    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException | RuntimeException broken) {
            // The exception that was thrown before says more.
        }
    }

    /** Refuses a call that could give out an unguarded connection, in a shadow that may not write. */
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

    /** Options of a guarded data source. Not thread-safe. */
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
         * The share of the pool that shadows may hold, more than 0 and at most 1. Shadows may always hold one
         * connection, and below 1 never the last one. Default: 0.25. A share of 1 is for a pool that only candidates
         * use.
         */
        public Options poolShare(double share) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("poolShare must be more than 0 and at most 1 but was " + share);
            }
            this.poolShare = share;
            return this;
        }

        /**
         * The maximum number of connections of the pool, 1 or more. Default: the pool is asked (HikariCP, DBCP2,
         * Tomcat, Druid, C3P0, UCP and H2 can tell); shadows have no limit in any other data source.
         */
        public Options poolSize(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("poolSize must be at least 1 but was " + most);
            }
            this.poolSize = most;
            return this;
        }

        /**
         * Whether a shadow's connection is also set read-only by {@code Connection.setReadOnly(true)}. Default: true.
         * False is for a data source that routes read-only connections to another server, where the candidate would
         * read other data than the primary. Statements that are not clearly reads are refused in either case.
         */
        public Options setReadOnly(boolean isSet) {
            this.isSetReadOnly = isSet;
            return this;
        }
    }
}
