package dev.scientist.spring;

import dev.scientist.jdbc.ShadowDataSource;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnectionBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * Guards each {@code DataSource} of the application by a proxy of its own class, so that it can still be injected as
 * that class. This post-processor runs first, so that it sees the pool itself before others wrap it, and few data
 * sources are created before it.
 */
final class GuardedDataSources implements BeanPostProcessor, PriorityOrdered {

    private static final String LAZY = "org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy";

    private final ExperimentsAhead experiments;
    private final PoolShares shares;
    private final GuardProxies proxies;

    GuardedDataSources(ExperimentsAhead experiments, PoolShares shares, GuardProxies proxies) {
        this.experiments = experiments;
        this.shares = shares;
        this.proxies = proxies;
    }

    @Override
    public int getOrder() {
        // chosen; after the post-processors that must see each bean as it was created
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @Override
    public @Nullable Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof DataSource source)
                || bean instanceof ShadowDataSource
                || bean instanceof ScopedObject // the bean behind it is guarded itself
                || !experiments.areToBeGuarded()) {
            return bean;
        }
        ShadowDataSource guard = ShadowDataSource.wrap(
                source, options -> shares.apply(beanName, options).setReadOnly(!isLazy(source)));
        return proxies.of(bean, beanName, GuardedDataSources::isGuarded, new DataSourceGuard(guard));
    }

    /**
     * Whether a data source sends read-only connections to another server, whose data may be older. Its connections are
     * not set read-only for that reason; the data source behind it is guarded, too.
     */
    private static boolean isLazy(DataSource source) {
        for (Class<?> type = source.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(LAZY)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a method can hand out a connection, or is {@code unwrap}. */
    private static boolean isGuarded(String method, Class<?> result) {
        return method.equals("unwrap")
                || method.equals("getConnection")
                || ClassUtils.isAssignable(Connection.class, result)
                || ClassUtils.isAssignable(PooledConnection.class, result)
                || ClassUtils.isAssignable(ConnectionBuilder.class, result)
                || ClassUtils.isAssignable(XAConnectionBuilder.class, result)
                || ClassUtils.isAssignable(Future.class, result);
    }
}
