package dev.scientist.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a candidate that may write: all is passed on, and its place is free when it is closed.
 *
 * <p>Threads: as any connection; whoever closes it. Invariant: its place is freed once. Consequence: closing it twice
 * gives nobody else's place away.
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
     * Passes all on.
     *
     * @param free gives its place back
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
