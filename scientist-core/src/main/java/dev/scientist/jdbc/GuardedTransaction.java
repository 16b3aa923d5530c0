package dev.scientist.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The transaction in which a shadow reads. It is rolled back at the point where the candidate commits it or auto-commit
 * would, so that the next statement works as it does for a caller.
 *
 * <p>Threads: those of the connection, one at a time. Invariant: nothing is committed, and a transaction does not end
 * while an open result set still reads from it. Consequence: with auto-commit, several statements may share one
 * transaction, and a statement that fails does not make the others fail.
 */
final class GuardedTransaction {

    private final Connection connection;
    private final SessionState state;
    private final List<ResultSet> results = new CopyOnWriteArrayList<>();
    private boolean isAutoCommit; // what the candidate sees; the connection has a transaction in any case
    private boolean hasBegun;
    private @Nullable Boolean isPostgres; // null until it is first needed
    // Whether later statements of the transaction see the data that earlier ones saw; null until it is first needed.
    private @Nullable Boolean keepsSnapshot;

    GuardedTransaction(Connection connection, SessionState state) {
        this.connection = connection;
        this.state = state;
        this.isAutoCommit = state.wasAutoCommit();
    }

    boolean isAutoCommit() {
        return isAutoCommit;
    }

    void setAutoCommit(boolean isOn) throws SQLException {
        if (isAutoCommit != isOn) {
            isAutoCommit = isOn;
            commit();
        }
    }

    /** Ends the transaction, unless an open result set is to outlive a commit: the rollback would close it. */
    void commit() throws SQLException {
        for (ResultSet open : results) {
            if (readsOn(open) && open.getHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT) {
                return;
            }
        }
        end();
    }

    private void end() throws SQLException {
        hasBegun = false;
        state.end();
    }

    /**
     * Ends the transaction that a statement with auto-commit has left open, so that the isolation can be changed.
     *
     * @return false if the isolation cannot be changed: on PostgreSQL, while an open result set reads from the
     *     transaction
     */
    boolean beforeIsolation() throws SQLException {
        keepsSnapshot = null;
        if (!isAutoCommit) {
            return true; // inside a transaction it works or fails as it does for a caller
        }
        if (hasOpenResult()) {
            return !isPostgres();
        }
        end();
        return true;
    }

    /** Called before a statement. Returns the savepoint to roll back to if the statement fails, or null for none. */
    @Nullable
    Savepoint beforeStatement() throws SQLException {
        Savepoint savepoint = null;
        if (isAutoCommit && hasBegun) {
            if (!hasOpenResult()) {
                endIfSnapshot();
            } else if (isPostgres()) { // on other databases a failed statement does not break the transaction
                savepoint = connection.setSavepoint();
            }
        }
        hasBegun = true;
        state.prepare();
        return savepoint;
    }

    private void endIfSnapshot() throws SQLException {
        Boolean keeps = keepsSnapshot;
        if (keeps == null) {
            keeps = connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED;
            keepsSnapshot = keeps;
        }
        if (keeps) {
            end();
        }
    }

    void succeeded(@Nullable Savepoint before, @Nullable Object result) throws SQLException {
        if (before != null) {
            connection.releaseSavepoint(before);
        }
        if (result instanceof ResultSet rows && !results.contains(rows)) {
            results.removeIf(old -> !isOpen(old));
            results.add(rows);
        }
    }

    /**
     * Called after a failure. With auto-commit the next statements have to work, so the transaction is rolled back to
     * the savepoint or ended.
     *
     * @param isOfRows whether reading the next row failed, rather than a statement
     */
    void failed(@Nullable Savepoint before, boolean isOfRows) {
        if (!isAutoCommit) {
            return;
        }
        try {
            if (before != null) {
                connection.rollback(before);
            } else if (isOfRows || !hasOpenResult()) {
                end();
            }
        } catch (SQLException broken) {
            // The next statement fails too, and the candidate sees that.
        }
    }

    private boolean hasOpenResult() throws SQLException {
        for (ResultSet result : results) {
            if (readsOn(result)) {
                return true;
            }
        }
        return false;
    }

    private boolean readsOn(ResultSet result) throws SQLException {
        // PostgreSQL has sent all rows already, unless a fetch size was set.
        return isOpen(result) && !(isPostgres() && result.getFetchSize() == 0);
    }

    private static boolean isOpen(ResultSet result) {
        try {
            return !result.isClosed();
        } catch (SQLException unknown) {
            return true;
        }
    }

    private boolean isPostgres() throws SQLException {
        Boolean known = isPostgres;
        if (known == null) {
            known = "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
            isPostgres = known;
        }
        return known;
    }
}
