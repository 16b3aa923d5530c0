package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

@Tag("promise-12")
@DisplayName("Promise 12: whatever stands around a data source, writes through it are refused and reads are not")
class GuardedWrappersTest {

    @Configuration(proxyBeanMethods = false)
    static class Pool {

        @Bean
        HikariDataSource pool() {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            new JdbcTemplate(pool).execute("create table orders (id int primary key)");
            return pool;
        }

        @Bean
        JdbcTemplate jdbc(DataSource source) {
            return new JdbcTemplate(source);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Lazy {

        @Bean
        @Primary
        LazyConnectionDataSourceProxy lazy(HikariDataSource pool) {
            return new LazyConnectionDataSourceProxy(pool);
        }
    }

    /** A data source that sends read-only connections to another database, which has other data. */
    @Configuration(proxyBeanMethods = false)
    static class LazyWithReplica {

        @Bean
        @Primary
        LazyConnectionDataSourceProxy lazy(HikariDataSource pool) {
            DataSource replica = new SimpleDriverDataSource(
                    new org.h2.Driver(), "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            new JdbcTemplate(replica).execute("create table orders (id int primary key)");
            LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(pool);
            lazy.setReadOnlyDataSource(replica);
            return lazy;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TransactionAware {

        @Bean
        @Primary
        TransactionAwareDataSourceProxy aware(HikariDataSource pool) {
            return new TransactionAwareDataSourceProxy(pool);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Routing {

        @Bean
        @Primary
        AbstractRoutingDataSource routing(HikariDataSource pool) {
            AbstractRoutingDataSource routing = new Router();
            routing.setTargetDataSources(Map.of("a", pool));
            return routing;
        }
    }

    static class Router extends AbstractRoutingDataSource {

        @Override
        protected Object determineCurrentLookupKey() {
            return "a";
        }
    }

    static Stream<Class<?>> wrappers() {
        return Stream.of(Lazy.class, LazyWithReplica.class, TransactionAware.class, Routing.class);
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void writesAreRefusedAndReadsSeeTheSameData(Class<?> wrapper) {
        Laboratory.application(Pool.class, wrapper)
                .withBean(GuardedDataSourcesTest.Orders.class)
                .run(context -> {
                    GuardedDataSourcesTest.Orders orders = context.getBean(GuardedDataSourcesTest.Orders.class);

                    orders.place(1);
                    int count = orders.count();

                    assertThat(count).isEqualTo(1);
                    assertThat(Laboratory.verdicts(context)).isEqualTo(List.of(Verdict.UNCOMPARED, Verdict.MATCHED));
                    assertThat(GuardedDataSourcesTest.tally(context, "place", Reason.EFFECT_REFUSED))
                            .isEqualTo(1);
                    assertThat(GuardedDataSourcesTest.orders(context)).containsExactly(1);
                });
    }
}
