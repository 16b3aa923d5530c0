package dev.scientist.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a connection came from its pool, and what a shadow has changed since, so that it goes back the same.
 *
 * <p>Threads: those of the connection, one at a time. Invariant: what is undone was read before it was first changed.
 * Consequence: a caller that gets the connection next finds nothing of the shadow.
 */
final class SessionState {

    private interface Undo {
        void run() throws SQLException;
    }

    private final Connection connection;
    private final boolean wasAutoCommit;
    private final boolean wasReadOnly;
    private final Set<String> remembered = new HashSet<>();
    private final Deque<Undo> undos = new ArrayDeque<>();
    private boolean hasTransaction;
    private @Nullable String schema; // where the database takes it back with the transaction
    private boolean hasLostSchema;

    /** Reads how a connection is. */
    SessionState(Connection connection) throws SQLException {
        this.connection = connection;
        this.wasAutoCommit = connection.getAutoCommit();
        this.wasReadOnly = connection.isReadOnly();
    }

    boolean wasAutoCommit() {
        return wasAutoCommit;
    }

    /** Makes it read-only and begins a transaction that is never committed, as far as the database has such things. */
    void begin(boolean isSetReadOnly) {
        if (isSetReadOnly && !wasReadOnly) {
            tryTo(() -> connection.setReadOnly(true)); // outside of a transaction, or it is refused
        }
        hasTransaction = !wasAutoCommit || tryTo(() -> connection.setAutoCommit(false));
    }

    /** A database without transactions, or without this hint, is guarded by its statements alone. */
    private static boolean tryTo(Undo change) {
        try {
            change.run();
            return true;
        } catch (SQLException unsupported) {
            return false; // what is wrong with the connection itself will show when it is used
        }
    }

    /** Ends the transaction; what has been set stays, as it would after a commit. */
    void end() throws SQLException {
        rollback();
        hasLostSchema = schema != null;
    }

    /** Sets once more what ended with the last transaction; it would begin one before it is needed. */
    void prepare() throws SQLException {
        if (hasLostSchema) {
            hasLostSchema = false;
            connection.setSchema(schema);
        }
    }

    /** The candidate takes back what it did, and with it what it set. */
    void forget() {
        schema = null;
        hasLostSchema = false;
    }

    private void rollback() throws SQLException {
        if (hasTransaction) {
            connection.rollback();
        }
    }

    /** Reads what a setter is going to change, the first time it is called. */
    void remember(String setter, @Nullable Object @Nullable [] arguments) throws SQLException {
        if (setter.equals("setSchema") && isPostgres()) {
            // It undoes this with the transaction, and this cannot set what it was: a list of schemas.
            schema = (String) JdbcProxy.first(arguments);
            hasLostSchema = false;
            return;
        }
        if (!setter.startsWith("set") || !remembered.add(setter)) {
            return;
        }
        switch (setter) {
            case "setTransactionIsolation" -> {
                int before = connection.getTransactionIsolation();
                undos.push(() -> connection.setTransactionIsolation(before));
            }
            case "setCatalog" -> {
                String before = connection.getCatalog();
                undos.push(() -> connection.setCatalog(before));
            }
            case "setSchema" -> {
                String before = connection.getSchema();
                undos.push(() -> connection.setSchema(before));
            }
            case "setHoldability" -> {
                int before = connection.getHoldability();
                undos.push(() -> connection.setHoldability(before));
            }
            case "setTypeMap" -> {
                Map<String, Class<?>> before = connection.getTypeMap();
                undos.push(() -> connection.setTypeMap(before));
            }
            case "setNetworkTimeout" -> {
                int before = connection.getNetworkTimeout();
                Executor executor = arguments != null && arguments[0] instanceof Executor given ? given : Runnable::run;
                undos.push(() -> connection.setNetworkTimeout(executor, before));
            }
            default -> {} // changes nothing that outlives the transaction
        }
    }

    private boolean isPostgres() throws SQLException {
        return "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
    }

    /** Ends the transaction and undoes the rest; fails if the connection cannot be as it was. */
    void restore() throws SQLException {
        rollback();
        if (wasAutoCommit && hasTransaction) {
            connection.setAutoCommit(true);
        }
        if (!wasReadOnly) {
            connection.setReadOnly(false);
        }
        while (!undos.isEmpty()) {
            undos.pop().run();
        }
    }
}
