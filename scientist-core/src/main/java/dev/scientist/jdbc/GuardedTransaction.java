package dev.scientist.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The transaction in which a shadow reads. It is rolled back where the shadow believes that it ends, so that what comes next
 * works as it does for a caller.
 *
 * <p>Threads: those of the connection, one at a time. Invariant: nothing is committed, and what a result set still reads
 * from is not ended. Consequence: with auto-commit, several statements may share one transaction, and a failure of one
 * is none of the others.
 */
final class GuardedTransaction {

    private final Connection connection;
    private final SessionState state;
    private final List<ResultSet> results = new CopyOnWriteArrayList<>();
    private boolean isAutoCommit; // as the candidate sees it; there is a transaction in any case
    private boolean hasBegun;
    private @Nullable Boolean isPostgres; // once that matters
    private @Nullable Boolean keepsSnapshot; // whether later statements see what earlier ones saw; once that matters

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

    /** Ends, unless a result set is to outlive it: a rollback would close it. */
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
     * Ends what a statement with auto-commit has left, so that the isolation can be changed.
     *
     * @return false if a database that wants this has to keep it for a result set
     */
    boolean beforeIsolation() throws SQLException {
        keepsSnapshot = null;
        if (!isAutoCommit) {
            return true; // fails for a caller too, or works
        }
        if (hasOpenResult()) {
            return !isPostgres();
        }
        end();
        return true;
    }

    /** What a failure of the statement is to go back to, or null. */
    @Nullable
    Savepoint beforeStatement() throws SQLException {
        Savepoint savepoint = null;
        if (isAutoCommit && hasBegun) {
            if (!hasOpenResult()) {
                endIfSnapshot();
            } else if (isPostgres()) { // elsewhere a failure ends no transaction
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

    /** Without a transaction, as the candidate sees it, a call that fails lets the next ones work. */
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
            // The next statement says so.
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
        // PostgreSQL has sent all of it, unless a size to fetch was set.
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
