package dev.scientist.jdbc;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is lent to a shadow. It refuses every statement that is not clearly a read, also on a thread that
 * does not carry the shadow's mark, and goes back to the pool in the state in which it came.
 *
 * <p>Threads: like any connection it is used by one thread at a time; any thread may close it. Invariant: every
 * statement runs in a transaction that is never committed, and {@code isClosed} goes from false to true once.
 * Consequence: an effect that the text of a statement does not show, such as that of a function, is rolled back at the
 * end, and the place in the pool is freed once.
 */
final class GuardedConnection implements InvocationHandler {

    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    private final Connection connection;
    private final Refusal refusal;
    private final Runnable free;
    private final SessionState state;
    private final GuardedTransaction transaction;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private @Nullable Set<SqlDialect> dialects; // null until the first statement with a text

    private GuardedConnection(Connection connection, Refusal refusal, Runnable free, SessionState state) {
        this.connection = connection;
        this.refusal = refusal;
        this.free = free;
        this.state = state;
        this.transaction = new GuardedTransaction(connection, state);
    }

    /**
     * Guards a connection that comes from the pool. If this fails, the connection is closed, and the caller has to free
     * its place.
     *
     * @param free gives back the place that was taken for the connection
     */
    static Connection of(Connection connection, Refusal refusal, Runnable free, boolean isSetReadOnly)
            throws SQLException {
        if (isLent(connection)) { // guarded by the data source behind this one
            return CountedConnection.of(connection, free);
        }
        SessionState state;
        try {
            state = new SessionState(connection);
            state.begin(isSetReadOnly);
        } catch (SQLException | RuntimeException | Error thrown) {
            connection.close();
            throw thrown;
        }
        return JdbcProxy.of(Connection.class, new GuardedConnection(connection, refusal, free, state));
    }

    private static boolean isLent(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                && (Proxy.getInvocationHandler(connection) instanceof GuardedConnection
                        || Proxy.getInvocationHandler(connection) instanceof CountedConnection);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "equals" -> proxy == JdbcProxy.first(arguments);
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "read-only " + connection;
            case "close" -> close();
            case "abort" -> abort();
            case "isClosed" -> isClosed.get() || connection.isClosed();
            case "isWrapperFor" -> isInstance(arguments, proxy);
            default -> {
                requireOpen();
                yield invokeOpen(proxy, method, arguments);
            }
        };
    }

    private @Nullable Object invokeOpen(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "unwrap" -> unwrap(arguments, proxy);
            case "isReadOnly" -> true;
            case "getAutoCommit" -> transaction.isAutoCommit();
            case "setAutoCommit" -> {
                transaction.setAutoCommit(Boolean.TRUE.equals(JdbcProxy.first(arguments)));
                yield null;
            }
            case "commit" -> {
                transaction.commit();
                yield null;
            }
            // Both are ignored. Transaction managers call setReadOnly(false) after a read-only transaction, so it must
            // not fail; it allows no writes here.
            case "setReadOnly", "setClientInfo" -> null;
            case "prepareCall" -> throw refusal.of("CALL");
            // A sharding key belongs to the session, and its old value cannot be read, so it could not be restored.
            case "setShardingKey", "setShardingKeyIfValid" -> throw refusal.of(method.getName());
            case "prepareStatement", "createStatement" -> {
                requireRead(arguments);
                yield call(proxy, connection, method, arguments);
            }
            case "setTransactionIsolation" -> {
                if (!transaction.beforeIsolation()) {
                    throw refusal.of("another isolation while a result set is open");
                }
                yield callAndRemember(proxy, method, arguments);
            }
            case "rollback" -> {
                if (JdbcProxy.first(arguments) == null) {
                    state.forget();
                }
                yield call(proxy, connection, method, arguments);
            }
            default -> callAndRemember(proxy, method, arguments);
        };
    }

    /** Calls a method that may change the session, after its old value was noted. */
    private @Nullable Object callAndRemember(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        state.remember(method.getName(), arguments);
        return call(proxy, connection, method, arguments);
    }

    private void requireRead(@Nullable Object @Nullable [] arguments) throws SQLException {
        boolean isPrepared = JdbcProxy.first(arguments) instanceof String;
        int concurrency = isPrepared ? 2 : 1; // sql, type, concurrency; or without the sql
        if (arguments != null
                && arguments.length > concurrency
                && Integer.valueOf(ResultSet.CONCUR_UPDATABLE).equals(arguments[concurrency])) {
            throw refusal.of("an updatable result set");
        }
        if (isPrepared) {
            requireRead((String) JdbcProxy.first(arguments));
        }
    }

    /** Throws unless the statement is clearly a read. */
    void requireRead(@Nullable String sql) throws SQLException {
        if (sql == null) {
            return; // the driver refuses it
        }
        Set<SqlDialect> known = dialects;
        if (known == null) {
            String product = connection.getMetaData().getDatabaseProductName();
            known = product == null ? SqlDialect.ANY : SqlDialect.of(product);
            dialects = known;
        }
        String effect = SqlEffects.of(sql, known);
        if (effect != null) {
            throw refusal.of(effect);
        }
    }

    /** Calls a method of the guarded object, notes if the database refused a write, and guards the result. */
    @Nullable
    Object call(Object ownProxy, Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean executes = target instanceof Statement && method.getName().startsWith("execute");
        Savepoint before = executes ? transaction.beforeStatement() : null;
        try {
            Object result = method.invoke(target, GuardedObject.targets(arguments));
            transaction.succeeded(before, result);
            return GuardedObject.guard(result, this, ownProxy);
        } catch (InvocationTargetException wrapped) {
            Throwable thrown = requireNonNull(wrapped.getTargetException());
            refusal.noteIfRefused(thrown);
            if (thrown instanceof SQLException && !isClosed.get()) {
                transaction.failed(before, method.getName().equals("next"));
            }
            throw thrown;
        }
    }

    /** Notes a refused call on a statement or result, and makes the exception to throw. */
    SQLException refuse(String what) {
        return refusal.of(what);
    }

    @Nullable
    Object unwrap(@Nullable Object @Nullable [] arguments, Object proxy) throws SQLException {
        if (isInstance(arguments, proxy)) {
            return proxy;
        }
        Object type = JdbcProxy.first(arguments);
        throw refusal.of("unwrap to " + (type instanceof Class<?> named ? named.getName() : type));
    }

    static boolean isInstance(@Nullable Object @Nullable [] arguments, Object proxy) {
        return JdbcProxy.first(arguments) instanceof Class<?> type && type.isInstance(proxy);
    }

    private void requireOpen() throws SQLException {
        if (isClosed.get()) {
            throw new SQLException("the connection is closed", CONNECTION_DOES_NOT_EXIST);
        }
    }

    private @Nullable Object close() throws SQLException {
        if (!isClosed.compareAndSet(false, true)) {
            return null; // it is back in the pool, where another caller may hold it
        }
        try {
            giveBack();
        } finally {
            free.run();
        }
        return null;
    }

    private void giveBack() throws SQLException {
        try {
            if (!connection.isClosed()) {
                state.restore();
            }
        } catch (SQLException | RuntimeException notAsItWas) {
            JdbcProxy.abort(connection); // it could not be restored, so no other caller may get it
        } finally {
            connection.close();
        }
    }

    private @Nullable Object abort() throws SQLException {
        if (!isClosed.compareAndSet(false, true)) {
            return null;
        }
        try {
            JdbcProxy.abort(connection);
        } finally {
            free.run();
        }
        return null;
    }
}
