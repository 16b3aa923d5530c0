package dev.scientist.samples.shop.data;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Simulates a database that is reached over a network: each execution of a statement first waits for one round trip. An
 * embedded database answers in microseconds, so a query in a loop would cost nothing, as it would not in production.
 */
final class DistantDataSource extends DelegatingDataSource {

    private final long roundTrip;

    DistantDataSource(DataSource near, Duration roundTrip) {
        super(near);
        this.roundTrip = roundTrip.toNanos();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return proxy(Connection.class, super.getConnection());
    }

    private <T> T proxy(Class<T> type, T near) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (near instanceof Statement && method.getName().startsWith("execute")) {
                LockSupport.parkNanos(roundTrip);
            }
            try {
                return distant(method.invoke(near, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private @Nullable Object distant(@Nullable Object result) {
        if (result instanceof PreparedStatement statement) {
            return proxy(PreparedStatement.class, statement);
        }
        return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
    }
}
