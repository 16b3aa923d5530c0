package dev.scientist.spring;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** Guards each {@code ConnectionFactory} of the application, as {@link GuardedDataSources} does data sources. */
final class GuardedConnectionFactories implements BeanPostProcessor, PriorityOrdered {

    private final ExperimentsAhead experiments;
    private final GuardProxies proxies;

    GuardedConnectionFactories(ExperimentsAhead experiments, GuardProxies proxies) {
        this.experiments = experiments;
        this.proxies = proxies;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100; // chosen; the same as for data sources
    }

    @Override
    public @Nullable Object postProcessAfterInitialization(Object bean, String beanName) {
        boolean isGuarded =
                bean instanceof ConnectionFactory && !(bean instanceof ScopedObject) && experiments.areToBeGuarded();
        return isGuarded
                ? proxies.of(bean, beanName, (method, result) -> method.equals("create"), new ConnectionFactoryGuard())
                : bean;
    }
}
