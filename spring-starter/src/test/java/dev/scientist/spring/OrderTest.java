package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.Outcome;
import dev.scientist.Shadow;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Proves the position of the annotation among other advice: inside @Async, outside caching and transactions. */
class OrderTest {

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @EnableCaching
    @EnableAsync
    static class Advised {
        @Bean
        TestTransactions transactions() {
            return new TestTransactions();
        }

        @Bean
        CacheManager caches() {
            return new ConcurrentMapCacheManager();
        }

        @Bean
        Executor taskExecutor() {
            return new SimpleAsyncTaskExecutor("async-");
        }
    }

    static class Ledger {
        final List<String> calls = new ArrayList<>();

        @Transactional
        @ParallelRun(method = "newer")
        public String book(String text) {
            calls.add(describe());
            return "booked " + text;
        }

        @Cacheable("quotes")
        @ParallelRun(method = "newer")
        public String quote(String text) {
            calls.add(describe());
            return "quote of " + text;
        }

        @Async
        @ParallelRun(method = "newerLater")
        public CompletableFuture<String> later(String text) {
            calls.add(Thread.currentThread().getName());
            return CompletableFuture.completedFuture("quote of " + text);
        }

        public String newer(String text) {
            calls.add(describe());
            return "quote of " + text;
        }

        public CompletableFuture<String> newerLater(String text) {
            calls.add("candidate");
            return CompletableFuture.completedFuture("quote of " + text);
        }

        public String fromInside(String text) {
            return book(text);
        }

        private static String describe() {
            return (Shadow.isActive() ? "candidate" : "primary")
                    + (TransactionSynchronizationManager.isActualTransactionActive() ? " in a transaction" : "");
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application(Advised.class).withBean(Ledger.class);

    @Test
    void aCommitThatFailsIsPartOfThePrimary() {
        application.run(context -> {
            context.getBean(TestTransactions.class).failAtCommit();

            Throwable thrown =
                    catchThrowable(() -> context.getBean(Ledger.class).book("a"));

            assertThat(thrown).isInstanceOf(TransactionSystemException.class);
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.PRIMARY_FAILED);
            assertThat(((Outcome.Threw<?>) trial(context).primary()).error()).isSameAs(thrown);
        });
    }

    @Test
    void theTransactionOfThePrimaryIsOverWhenTheCandidateRuns() {
        application.run(context -> {
            context.getBean(Ledger.class).book("a");

            assertThat(calls(context)).containsExactly("primary in a transaction", "candidate");
        });
    }

    @Test
    void thePrimaryRunsASecondTimeInATransactionOfItsOwn() {
        application.withPropertyValues(Laboratory.REPLICATE_RATE + "=1").run(context -> {
            context.getBean(Ledger.class).book("a");

            assertThat(calls(context))
                    .containsExactly("primary in a transaction", "candidate", "candidate in a transaction");
            assertThat(trial(context).replicate().verdict()).isEqualTo(Verdict.MATCHED);
        });
    }

    @Test
    void aHitInTheCacheIsAnAnswerOfThePrimary() {
        application.run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            ledger.quote("a");
            ledger.quote("a");

            assertThat(calls(context)).containsExactly("primary", "candidate", "candidate");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
        });
    }

    @Test
    void anAsyncPrimaryIsObservedWhereItRuns() {
        application.run(context -> {
            String quote = context.getBean(Ledger.class).later("a").join();

            assertThat(quote).isEqualTo("quote of a");
            assertThat(calls(context)).hasSize(2).first().asString().startsWith("async-");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void aCallFromInsideTheBeanIsNotSeen() {
        application.run(context -> {
            String booked = context.getBean(Ledger.class).fromInside("a");

            assertThat(booked).isEqualTo("booked a");
            assertThat(calls(context)).containsExactly("primary");
            assertThat(Laboratory.verdicts(context)).isEmpty();
        });
    }

    /**
     * Advice of the application with the order 0, which is outside of the annotation's, unless
     * a test sets another order.
     */
    @Configuration(proxyBeanMethods = false)
    static class Inner {
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor answering() {
            DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(
                    new AnnotationMatchingPointcut(null, ParallelRun.class, true),
                    (MethodInterceptor) call -> "from other advice");
            advisor.setOrder(0);
            return advisor;
        }
    }

    static class Plain {
        @ParallelRun(method = "newer")
        public String quote(String text) {
            return "primary";
        }

        public String newer(String text) {
            return "from other advice";
        }
    }

    @Test
    void adviceThatIsFurtherInBelongsToThePrimary() {
        Laboratory.application(Inner.class)
                .withPropertyValues("scientist.advice-order=-1")
                .withBean(Plain.class)
                .run(context -> {
                    String answer = context.getBean(Plain.class).quote("a");

                    assertThat(answer).isEqualTo("from other advice");
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    @Test
    void adviceThatIsFurtherOutAnswersInstead() {
        Laboratory.application(Inner.class).withBean(Plain.class).run(context -> {
            String answer = context.getBean(Plain.class).quote("a");

            assertThat(answer).isEqualTo("from other advice");
            assertThat(Laboratory.verdicts(context)).isEmpty();
            assertThat(context.getBean(ParallelRunAdvisor.class).getOrder()).isEqualTo(Ordered.LOWEST_PRECEDENCE - 100);
        });
    }

    private static List<String> calls(ApplicationContext context) {
        return Laboratory.target(context.getBean(Ledger.class)).calls;
    }

    private static Trial<?> trial(ApplicationContext context) {
        return context.getBean(RecordingPublisher.class).trials().get(0);
    }
}
