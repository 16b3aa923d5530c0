package dev.scientist.spring;

import dev.scientist.Shadow;
import dev.scientist.jdbc.ShadowDataSource;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.TransactionDefinition;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An R2DBC connection that is lent to a shadow: it refuses a statement that is not clearly a read, makes every
 * transaction read-only and rolls back instead of committing.
 *
 * @param connection the pool's own connection
 * @param shadow the run to which it is lent
 */
record GuardedReactiveConnection(Connection connection, Shadow shadow) implements InvocationHandler {

    static Connection of(Connection connection, Shadow shadow) {
        return (Connection) Proxy.newProxyInstance(
                GuardedReactiveConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new GuardedReactiveConnection(connection, shadow));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        return switch (method.getName()) {
            case "equals" -> proxy == first;
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "read-only " + connection;
            case "createBatch" -> throw refuse("a batch");
            case "createStatement" -> {
                if (first instanceof String sql && !ShadowDataSource.isRead(sql)) {
                    throw refuse("a statement that is not clearly a read");
                }
                yield call(method, arguments);
            }
            case "beginTransaction" ->
                connection.beginTransaction(new ReadOnly(first instanceof TransactionDefinition said ? said : null));
            case "commitTransaction" -> connection.rollbackTransaction();
            case "close" -> close();
            default -> call(method, arguments);
        };
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException wrapped) {
            Throwable thrown = wrapped.getTargetException();
            throw thrown == null ? wrapped : thrown;
        }
    }

    /** Rolls back an open transaction before the connection is closed. An error of that rollback is dropped. */
    private Publisher<Void> close() {
        Mono<Void> end = Mono.defer(() -> connection.isAutoCommit()
                        ? Mono.<Void>empty()
                        : Mono.fromDirect(connection.rollbackTransaction()))
                .onErrorComplete();
        return end.then(Mono.fromDirect(connection.close()));
    }

    private R2dbcNonTransientResourceException refuse(String what) {
        String experiment = ConnectionFactoryGuard.as(shadow, () -> {
            Shadow.effectRefused();
            return String.valueOf(Shadow.experiment());
        });
        return new R2dbcNonTransientResourceException(
                "the candidate of experiment \"" + experiment + "\" may only read, so this was refused: " + what,
                "25006");
    }

    /**
     * A transaction as the candidate defined it, but read-only.
     *
     * @param wanted the candidate's definition; null if it gave none
     */
    private record ReadOnly(@Nullable TransactionDefinition wanted) implements TransactionDefinition {

        @Override
        public <T> @Nullable T getAttribute(Option<T> option) {
            if (option.equals(TransactionDefinition.READ_ONLY)) {
                return option.cast(true);
            }
            return wanted == null ? null : wanted.getAttribute(option);
        }
    }
}
