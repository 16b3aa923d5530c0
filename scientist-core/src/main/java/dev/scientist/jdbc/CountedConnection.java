package dev.scientist.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a candidate that may write. It passes every call on, and frees its place in the pool when it is
 * closed or aborted.
 *
 * <p>Threads: like any connection it is used by one thread at a time; any thread may close it. Invariant: its place is
 * freed once. Consequence: closing it twice does not free another shadow's place.
 */
final class CountedConnection implements InvocationHandler {

    private final Connection connection;
    private final Runnable free;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private CountedConnection(Connection connection, Runnable free) {
        this.connection = connection;
        this.free = free;
    }

    /**
     * Wraps a connection.
     *
     * @param free gives back the connection's place in the pool; called once
     */
    static Connection of(Connection connection, Runnable free) {
        return JdbcProxy.of(Connection.class, new CountedConnection(connection, free));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean ends = method.getName().equals("close") || method.getName().equals("abort");
        try {
            return switch (method.getName()) {
                case "equals" -> proxy == JdbcProxy.first(arguments);
                case "abort" -> {
                    JdbcProxy.abort(connection);
                    yield null;
                }
                default -> method.invoke(connection, arguments);
            };
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        } finally {
            if (ends && isClosed.compareAndSet(false, true)) {
                free.run();
            }
        }
    }
}
