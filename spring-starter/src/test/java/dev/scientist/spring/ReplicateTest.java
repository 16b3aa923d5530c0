package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Shadow;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Proves that a replicate of an annotated method runs the advice further in, and shares nothing with the caller's call.
 */
class ReplicateTest {

    private static final String SIDE = "side";

    static class Ledger {
        final Queue<String> advised = new ConcurrentLinkedQueue<>();
        final AtomicInteger calls = new AtomicInteger();

        @ParallelRun(method = "newer", options = "copying")
        public String value(StringBuilder text) {
            calls.incrementAndGet();
            return text.append("!").toString();
        }

        @ParallelRun(method = "newerOptional")
        public Optional<String> optional(String text) {
            calls.incrementAndGet();
            return Optional.of(text);
        }

        @ParallelRun(method = "newerNothing")
        public void nothing(String text) {
            calls.incrementAndGet();
        }

        @ParallelRun(method = "newerStage")
        public CompletionStage<String> stage(String text) {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(text);
        }

        @ParallelRun(method = "newerMono")
        public Mono<String> mono(String text) {
            return Mono.fromSupplier(() -> {
                calls.incrementAndGet();
                return text;
            });
        }

        @ParallelRun(method = "newerFlux")
        public Flux<String> flux(String text) {
            return Flux.defer(() -> {
                calls.incrementAndGet();
                return Flux.just(text, text);
            });
        }

        public String newer(StringBuilder text) {
            return text + "!";
        }

        public Optional<String> newerOptional(String text) {
            return Optional.of(text);
        }

        public void newerNothing(String text) {
            // It does nothing, like the primary.
        }

        public CompletionStage<String> newerStage(String text) {
            return CompletableFuture.completedFuture(text);
        }

        public Mono<String> newerMono(String text) {
            return Mono.just(text);
        }

        public Flux<String> newerFlux(String text) {
            return Flux.just(text, text);
        }
    }

    /** Two pieces of advice further in; the caller waits in the first one until the second run is over. */
    @Configuration(proxyBeanMethods = false)
    static class Inner {
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor exposing() {
            return advisor(Ordered.HIGHEST_PRECEDENCE, ExposeInvocationInterceptor.INSTANCE);
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor waiting() {
            CountDownLatch secondRun = new CountDownLatch(1);
            return advisor(Ordered.LOWEST_PRECEDENCE - 1, call -> {
                ProxyMethodInvocation invocation =
                        (ProxyMethodInvocation) ExposeInvocationInterceptor.currentInvocation();
                invocation.setUserAttribute(SIDE, Thread.currentThread());
                if (!Shadow.isActive()) {
                    assertThat(secondRun.await(30, TimeUnit.SECONDS)).isTrue();
                    return call.proceed();
                }
                try {
                    return call.proceed();
                } finally {
                    secondRun.countDown();
                }
            });
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor noting() {
            return advisor(Ordered.LOWEST_PRECEDENCE, call -> {
                Object side = ((ProxyMethodInvocation) call).getUserAttribute(SIDE);
                ((Ledger) call.getThis())
                        .advised.add(
                                side == Thread.currentThread()
                                                && ExposeInvocationInterceptor.currentInvocation() == call
                                        ? "own"
                                        : "another's");
                return call.proceed();
            });
        }

        private static Advisor advisor(int order, MethodInterceptor advice) {
            DefaultPointcutAdvisor advisor =
                    new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, ParallelRun.class, true), advice);
            advisor.setOrder(order);
            return advisor;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Copying {
        @Bean
        static ExperimentCustomizer<String> copying() {
            return options -> options.argumentCopier(StringBuilder.class, StringBuilder::new);
        }
    }

    /** Gives each invocation a target of its own, and counts those that are not released. */
    private static final class Pool implements TargetSource {
        final List<Ledger> targets = new ArrayList<>();
        int out;

        @Override
        public Class<?> getTargetClass() {
            return Ledger.class;
        }

        @Override
        public boolean isStatic() {
            return false;
        }

        @Override
        public Object getTarget() {
            out++;
            targets.add(new Ledger());
            return targets.get(targets.size() - 1);
        }

        @Override
        public void releaseTarget(Object target) {
            out--;
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application(Copying.class).withPropertyValues(Laboratory.REPLICATE_RATE + "=1");

    @Test
    @Tag("promise-1")
    void theCallersAdviceRunsOnTheCallersInvocationWhateverTheSecondRunDoesMeanwhile() {
        application
                .withUserConfiguration(Inner.class)
                .withBean(Ledger.class)
                .withPropertyValues(Laboratory.START + "=IMMEDIATE")
                .run(context -> {
                    Ledger ledger = context.getBean(Ledger.class);

                    Optional<String> answer = ledger.optional("a");
                    Laboratory.settle(context);

                    assertThat(answer).contains("a");
                    assertThat(Laboratory.target(ledger).advised).containsExactly("own", "own");
                    assertThat(Laboratory.target(ledger).calls).hasValue(2);
                    assertThat(Laboratory.replicates(context))
                            .singleElement()
                            .returns(Verdict.MATCHED, Trial.Candidate::verdict);
                });
    }

    @Test
    void everyKindOfAnswerIsGivenASecondTime() {
        application.withBean(Ledger.class).run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            ledger.value(new StringBuilder("a"));
            ledger.optional("a");
            ledger.nothing("a");
            ledger.stage("a").toCompletableFuture().join();
            ledger.mono("a").block();
            ledger.flux("a").blockLast();

            assertThat(Laboratory.target(ledger).calls).hasValue(12);
            assertThat(Laboratory.replicates(context))
                    .<Object>extracting(replicate -> replicate.outcome().valueOrNull())
                    .containsExactly("a!", Optional.of("a"), null, "a", "a", List.of("a", "a"));
        });
    }

    @Test
    @Tag("promise-9")
    void theSecondRunGetsCopiesOfTheArguments() {
        application.withBean(Ledger.class).run(context -> {
            StringBuilder text = new StringBuilder("a");

            String answer = context.getBean(Ledger.class).value(text);

            assertThat(answer).isEqualTo("a!");
            assertThat(text).hasToString("a!");
            assertThat(Laboratory.replicates(context))
                    .singleElement()
                    .returns(Verdict.MATCHED, Trial.Candidate::verdict);
        });
    }

    @Test
    void whereTargetsArePooledTheSecondRunHasOneOfItsOwn() {
        application.run(context -> {
            Pool pool = new Pool();
            Ledger ledger = proxy(context, pool, false);

            ledger.nothing("a");

            assertThat(pool.targets).extracting(target -> target.calls.get()).containsExactly(1, 0, 1);
            assertThat(pool.out).isZero();
        });
    }

    @Test
    @Tag("promise-1")
    void aProxyThatDoesNotTellItsAdviceIsRunOnce() {
        application.run(context -> {
            Ledger target = new Ledger();
            Ledger ledger = proxy(context, new SingletonTargetSource(target), true);

            ledger.nothing("a");

            assertThat(target.calls).hasValue(1);
            assertThat(Laboratory.replicates(context))
                    .singleElement()
                    .satisfies(replicate ->
                            assertThat(replicate.outcome().errorOrNull()).hasMessageContaining("Ledger.nothing"));
        });
    }

    private static Ledger proxy(ApplicationContext context, TargetSource source, boolean isOpaque) {
        ProxyFactory factory = new ProxyFactory();
        factory.setProxyTargetClass(true);
        factory.setTargetSource(source);
        factory.addAdvisor(context.getBean(ParallelRunAdvisor.class));
        factory.setOpaque(isOpaque);
        return (Ledger) factory.getProxy();
    }
}
