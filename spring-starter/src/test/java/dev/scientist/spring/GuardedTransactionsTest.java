package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Effects;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Tag("promise-12")
@DisplayName("Promise 12: no transaction of a shadow commits")
class GuardedTransactionsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Transactions {

        @Bean
        PlatformTransactionManager transactions(DataSource source) {
            return new DataSourceTransactionManager(source);
        }
    }

    static class Rewrite {
        private final JdbcTemplate jdbc;
        final Queue<Integer> completions = new ConcurrentLinkedQueue<>();

        Rewrite(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        public int place(int id) {
            tellCompletion();
            return jdbc.update("insert into orders values (?)", 100 + id);
        }

        @Transactional(readOnly = true)
        public int count() {
            tellCompletion();
            return jdbc.queryForObject("select count(*) from orders", Integer.class);
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public int countAlone() {
            return count();
        }

        private void tellCompletion() {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    completions.add(status);
                }
            });
        }
    }

    static class Orders {
        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @ParallelRun(candidate = "rewrite")
        @Transactional
        public int place(int id) {
            return jdbc.update("insert into orders values (?)", id);
        }

        @ParallelRun(candidate = "rewrite")
        @Transactional(readOnly = true)
        public int count() {
            return jdbc.queryForObject("select count(*) from orders", Integer.class);
        }

        @ParallelRun(candidate = "rewrite")
        public int countAlone() {
            return jdbc.queryForObject("select count(*) from orders", Integer.class);
        }

        @ParallelRun(candidate = "rewrite", method = "place", effects = Effects.ALLOWED)
        public int placeTwice(int id) {
            return place(id);
        }
    }

    private final ApplicationContextRunner application = Laboratory.application(
                    GuardedDataSourcesTest.Pooled.class, Transactions.class)
            .withBean(Orders.class)
            .withBean("rewrite", Rewrite.class);

    @Test
    void aWriteInATransactionIsRefusedAndThePrimarysStays() {
        application.run(context -> {
            context.getBean(Orders.class).place(1);

            assertThat(GuardedDataSourcesTest.orders(context)).containsExactly(1);
            assertThat(GuardedDataSourcesTest.tally(
                            context, "GuardedTransactionsTest.Orders.place", Reason.EFFECT_REFUSED))
                    .isEqualTo(1);
            assertThat(completions(context)).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        });
    }

    @Test
    void transactionsThatOnlyReadAreComparedAndNobodyIsToldThatTheyCommitted() {
        application.run(context -> {
            context.getBean(Orders.class).count();
            context.getBean(Orders.class).countAlone();

            List<Verdict> verdicts = Laboratory.verdicts(context);

            assertThat(verdicts).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
            assertThat(completions(context)).containsOnly(TransactionSynchronization.STATUS_ROLLED_BACK);
        });
    }

    @Test
    void anExperimentThatAllowsEffectsCommits() {
        application.run(context -> {
            context.getBean(Orders.class).placeTwice(1);

            assertThat(GuardedDataSourcesTest.orders(context)).containsExactly(1, 101);
            assertThat(completions(context)).containsExactly(TransactionSynchronization.STATUS_COMMITTED);
        });
    }

    private static Queue<Integer> completions(ApplicationContext context) {
        return Laboratory.target(context.getBean(Rewrite.class)).completions;
    }
}
