package dev.scientist.spring;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.transaction.TransactionExecutionListener;
import reactor.core.publisher.Mono;

/**
 * Guards data sources, connection factories and transaction managers, through which candidates could write. All beans
 * here are infrastructure, and static methods create them before any data source.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
@ConditionalOnSwitch("guard-data-sources")
class GuardConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardProxies scientistGuardProxies() {
        return new GuardProxies();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardedDataSources scientistGuardedDataSources(
            ExperimentsAhead experiments, ConfigurableEnvironment environment, GuardProxies proxies) {
        return new GuardedDataSources(experiments, new PoolShares(environment), proxies);
    }

    /** Prevents commits, if the application has Spring's transactions. */
    @Configuration(proxyBeanMethods = false)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnClass(TransactionExecutionListener.class)
    static class Transactions {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static GuardedTransactions scientistGuardedTransactions(ExperimentsAhead experiments) {
            return new GuardedTransactions(experiments);
        }
    }

    /** Guards connection factories, if the application has R2DBC. */
    @Configuration(proxyBeanMethods = false)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnClass({ConnectionFactory.class, Mono.class})
    static class Reactive {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static GuardedConnectionFactories scientistGuardedConnectionFactories(
                ExperimentsAhead experiments, GuardProxies proxies) {
            return new GuardedConnectionFactories(experiments, proxies);
        }
    }
}
