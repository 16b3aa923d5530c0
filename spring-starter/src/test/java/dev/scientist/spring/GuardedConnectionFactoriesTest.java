package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Tag("promise-12")
@DisplayName("Promise 12: writes of a shadow through the application's connection factories are refused, visibly")
class GuardedConnectionFactoriesTest {

    /** A factory with a type of its own, as Spring Boot declares it. */
    static class Factory implements ConnectionFactory, Wrapped<ConnectionFactory> {
        private final ConnectionFactory factory;

        Factory(String url) {
            this.factory = ConnectionFactories.get(url);
        }

        @Override
        public Publisher<? extends Connection> create() {
            return factory.create();
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return factory.getMetadata();
        }

        @Override
        public ConnectionFactory unwrap() {
            return factory;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Database {

        @Bean
        Factory connections() {
            return new Factory("r2dbc:h2:mem:///" + UUID.randomUUID() + "?options=DB_CLOSE_DELAY=-1");
        }

        @Bean
        DatabaseClient client(Factory factory) {
            DatabaseClient client = DatabaseClient.create(factory);
            client.sql("create table orders (id int primary key)").then().block();
            return client;
        }

        @Bean
        R2dbcTransactionManager transactions(Factory factory) {
            return new R2dbcTransactionManager(factory);
        }
    }

    static class Orders {
        private final DatabaseClient client;
        private final TransactionalOperator transaction;

        Orders(DatabaseClient client, R2dbcTransactionManager transactions) {
            this.client = client;
            this.transaction = TransactionalOperator.create(transactions);
        }

        @ParallelRun(method = "newerPlace", name = "place")
        public Mono<Long> place(int id) {
            return insert(id);
        }

        public Mono<Long> newerPlace(int id) {
            return insert(100 + id).subscribeOn(Schedulers.boundedElastic());
        }

        @ParallelRun(method = "newerPlaceInTransaction", name = "transaction")
        public Mono<Long> placeInTransaction(int id) {
            return insert(id).as(transaction::transactional);
        }

        public Mono<Long> newerPlaceInTransaction(int id) {
            return insert(100 + id).as(transaction::transactional);
        }

        @ParallelRun(method = "newerAll", name = "all")
        public Flux<Integer> all() {
            return select("select id from orders order by id");
        }

        public Flux<Integer> newerAll() {
            return select("select id from orders order by id asc")
                    .as(transaction::transactional)
                    .subscribeOn(Schedulers.boundedElastic());
        }

        private Mono<Long> insert(int id) {
            return client.sql("insert into orders values (" + id + ")").fetch().rowsUpdated();
        }

        private Flux<Integer> select(String sql) {
            return client.sql(sql).map(row -> row.get(0, Integer.class)).all();
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application(Database.class).withBean(Orders.class);

    @ParameterizedTest
    @EnumSource(names = {"POLLED", "SAME_THREAD"})
    void whatACandidateWritesIsRefusedAndNotedOnAnyThread(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            Orders orders = context.getBean(Orders.class);

            orders.place(1).block();
            orders.placeInTransaction(2).block();
            Laboratory.settle(context);

            assertThat(ids(context)).containsExactly(1, 2);
            assertThat(GuardedDataSourcesTest.tally(context, "place", Reason.EFFECT_REFUSED))
                    .isEqualTo(1);
            assertThat(GuardedDataSourcesTest.tally(context, "transaction", Reason.EFFECT_REFUSED))
                    .isEqualTo(1);
        });
    }

    @Test
    void whatACandidateReadsIsComparedAsEver() {
        application.withPropertyValues(Laboratory.START + "=POLLED").run(context -> {
            Orders orders = context.getBean(Orders.class);
            orders.place(1).block();

            List<Integer> all = orders.all().collectList().block();
            Laboratory.settle(context);

            assertThat(all).containsExactly(1);
            assertThat(Laboratory.verdicts(context)).contains(Verdict.MATCHED);
        });
    }

    @Test
    void callersHaveTheFactoryAsItIsAndItsOwnConnections() {
        application.run(context -> {
            Factory factory = context.getBean(Factory.class);

            Connection connection = Mono.fromDirect(factory.create()).block();

            assertThat(factory).isInstanceOf(Factory.class).isNotExactlyInstanceOf(Factory.class);
            assertThat(Proxy.isProxyClass(connection.getClass())).isFalse();
            Mono.fromDirect(connection.close()).block();
        });
    }

    private static List<Integer> ids(ApplicationContext context) {
        return context.getBean(DatabaseClient.class)
                .sql("select id from orders order by id")
                .map(row -> row.get(0, Integer.class))
                .all()
                .collectList()
                .block();
    }
}
