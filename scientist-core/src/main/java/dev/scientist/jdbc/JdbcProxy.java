package dev.scientist.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes objects of one interface of JDBC. */
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
     * Aborts a connection of a pool, and tells the pool: it counts a connection as lent until that is closed. Not on the
     * executor of whoever aborts, or the pool might lend it before it is broken.
     */
    static void abort(Connection connection) throws SQLException {
        try {
            connection.abort(Runnable::run);
        } finally {
            try {
                connection.rollback(); // fails, so that the pool sees that it is broken
            } catch (SQLException broken) {
                // as it should be
            } finally {
                closeBroken(connection);
            }
        }
    }

    private static void closeBroken(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // It is closed all the same.
        }
    }
}
