package dev.scientist.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A statement, result set, array or {@code DatabaseMetaData} that a guarded connection has given out. It sends only
 * reads, changes no rows, and its {@code getConnection} returns the guarded connection.
 *
 * @param target the guarded object
 * @param connection guards the object
 * @param connectionProxy the guarded connection as the candidate sees it
 */
record GuardedObject(Object target, GuardedConnection connection, Object connectionProxy) implements InvocationHandler {

    /** Guards a result that gives access to the database; returns values and savepoints as they are. */
    static @Nullable Object guard(@Nullable Object result, GuardedConnection connection, Object connectionProxy) {
        Class<?> type = typeOf(result);
        if (result == null || type == null) {
            return result;
        }
        return type == Connection.class
                ? connectionProxy
                : JdbcProxy.of(type, new GuardedObject(result, connection, connectionProxy));
    }

    private static @Nullable Class<?> typeOf(@Nullable Object result) {
        if (result instanceof ResultSet) {
            return ResultSet.class;
        }
        if (result instanceof Statement) {
            return result instanceof PreparedStatement && !(result instanceof CallableStatement)
                    ? PreparedStatement.class
                    : Statement.class;
        }
        if (result instanceof DatabaseMetaData) {
            return DatabaseMetaData.class;
        }
        if (result instanceof Array) {
            return Array.class; // PostgreSQL's array gives out a result set with a statement of its own
        }
        return result instanceof Connection ? Connection.class : null;
    }

    /** Replaces guarded arguments of a call, such as an array, by the objects that they guard. */
    static @Nullable Object @Nullable [] targets(@Nullable Object @Nullable [] arguments) {
        for (int i = 0; arguments != null && i < arguments.length; i++) {
            GuardedObject guarded = guardOf(arguments[i]);
            if (guarded != null) {
                arguments[i] = guarded.target;
            }
        }
        return arguments;
    }

    private static @Nullable GuardedObject guardOf(@Nullable Object proxy) {
        return proxy != null
                        && Proxy.isProxyClass(proxy.getClass())
                        && Proxy.getInvocationHandler(proxy) instanceof GuardedObject guarded
                ? guarded
                : null;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "equals" -> isSame(JdbcProxy.first(arguments));
            case "hashCode" -> System.identityHashCode(target);
            case "isWrapperFor" -> GuardedConnection.isInstance(arguments, proxy);
            case "unwrap" -> connection.unwrap(arguments, proxy);
            default -> {
                refuseEffects(method.getName(), arguments);
                yield connection.call(connectionProxy, target, method, arguments);
            }
        };
    }

    private void refuseEffects(String name, @Nullable Object @Nullable [] arguments) throws SQLException {
        if (target instanceof ResultSet && isChange(name)) {
            throw connection.refuse(name);
        }
        if (target instanceof Statement && !isBindingOnly(name)) {
            requireRead(name, arguments);
        }
    }

    private void requireRead(String name, @Nullable Object @Nullable [] arguments) throws SQLException {
        if (JdbcProxy.first(arguments) instanceof String sql) {
            connection.requireRead(sql);
        } else if (name.endsWith("Batch")) {
            throw connection.refuse("a batch");
        }
    }

    /** Whether a method of a statement sends nothing: it sets a parameter or an option, or reads results. */
    private static boolean isBindingOnly(String name) {
        return !name.startsWith("execute") && !name.equals("addBatch");
    }

    private static boolean isChange(String name) {
        return name.startsWith("update") || name.equals("insertRow") || name.equals("deleteRow");
    }

    private boolean isSame(@Nullable Object other) {
        GuardedObject guarded = guardOf(other);
        return guarded != null && guarded.target == target;
    }
}
