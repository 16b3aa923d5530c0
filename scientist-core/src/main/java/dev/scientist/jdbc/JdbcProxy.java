package dev.scientist.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes proxies of one JDBC interface. */
final class JdbcProxy {

    private JdbcProxy() {}

    static <T> T of(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(JdbcProxy.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The first argument of a call, or null if there is none. */
    static @Nullable Object first(@Nullable Object @Nullable [] arguments) {
        return arguments == null || arguments.length == 0 ? null : arguments[0];
    }

    /**
     * Aborts a connection of a pool and closes it, because the pool counts a connection as lent until it is closed. The
     * abort runs on this thread: on the executor that the caller of {@code abort} gave, it might come after the pool
     * has lent the connection again.
     */
    static void abort(Connection connection) throws SQLException {
        try {
            connection.abort(Runnable::run);
        } finally {
            try {
                connection.rollback(); // fails, which shows the pool that the connection is broken
            } catch (SQLException broken) {
                // This is expected.
            } finally {
                closeBroken(connection);
            }
        }
    }

    private static void closeBroken(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // The pool has taken it back all the same.
        }
    }
}
