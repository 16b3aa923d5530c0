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
 * The state in which a connection came from its pool, and what a shadow has changed since, so that the connection goes
 * back in the same state.
 *
 * <p>Threads: those of the connection, one at a time. Invariant: every setting is read before its first change.
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
    private @Nullable String schema; // set only for PostgreSQL, where a rollback undoes it
    private boolean hasLostSchema;

    /** Reads the state of a connection. */
    SessionState(Connection connection) throws SQLException {
        this.connection = connection;
        this.wasAutoCommit = connection.getAutoCommit();
        this.wasReadOnly = connection.isReadOnly();
    }

    boolean wasAutoCommit() {
        return wasAutoCommit;
    }

    /**
     * Makes the connection read-only and begins a transaction that is never committed, if the database supports them.
     */
    void begin(boolean isSetReadOnly) {
        if (isSetReadOnly && !wasReadOnly) {
            tryTo(() -> connection.setReadOnly(true)); // before the transaction begins: inside one it is refused
        }
        hasTransaction = !wasAutoCommit || tryTo(() -> connection.setAutoCommit(false));
    }

    /**
     * Tries a change; false if it failed. A database without transactions, or without the read-only hint, is guarded by
     * the check of its statements alone.
     */
    private static boolean tryTo(Undo change) {
        try {
            change.run();
            return true;
        } catch (SQLException unsupported) {
            return false; // if the connection itself is broken, its first use will show that
        }
    }

    /** Ends the transaction. Settings of the candidate stay, as they would after a commit. */
    void end() throws SQLException {
        rollback();
        hasLostSchema = schema != null;
    }

    /**
     * Called before a statement: sets the schema again if the last rollback undid it. Doing so begins a transaction.
     */
    void prepare() throws SQLException {
        if (hasLostSchema) {
            hasLostSchema = false;
            connection.setSchema(schema);
        }
    }

    /** Called when the candidate rolls back: the rollback also undoes the schema that it set. */
    void forget() {
        schema = null;
        hasLostSchema = false;
    }

    private void rollback() throws SQLException {
        if (hasTransaction) {
            connection.rollback();
        }
    }

    /** Called before a setter: reads the old value the first time, so that {@link #restore} can set it again. */
    void remember(String setter, @Nullable Object @Nullable [] arguments) throws SQLException {
        if (setter.equals("setSchema") && isPostgres()) {
            // PostgreSQL undoes this with the transaction. The old value may be a list of schemas, which setSchema
            // could not restore.
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

    /** Ends the transaction and restores all settings; fails if the connection cannot be restored. */
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
