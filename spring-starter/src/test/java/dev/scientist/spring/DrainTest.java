package dev.scientist.spring;

import static dev.scientist.spring.Laboratory.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Proves that candidates have ended before anything they use is destroyed. */
class DrainTest {

    /** A candidate that runs until it is released, and notices if its bean is destroyed meanwhile. */
    static final class Rewrite implements AutoCloseable {

        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        final AtomicBoolean isDestroyed = new AtomicBoolean();
        final AtomicBoolean isUsedDestroyed = new AtomicBoolean();

        String quote() throws InterruptedException {
            entered.countDown();
            letGo.await();
            isUsedDestroyed.set(isDestroyed.get());
            return "a";
        }

        @Override
        public void close() {
            isDestroyed.set(true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(ScientistAutoConfiguration.class)
    static class Application {

        @Bean(destroyMethod = "close")
        @Lazy
        Rewrite rewrite() {
            return new Rewrite();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnScientist {

        @Bean
        Scientist own() {
            return Scientist.builder().logging(false).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LeftAlone {

        @Bean(destroyMethod = "")
        Scientist own() {
            return Scientist.builder().logging(false).build();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Application.class, OwnScientist.class})
    @Tag("promise-18")
    void aLazyCandidateEndsBeforeItsBeanIsDestroyed(Class<?> further) throws InterruptedException {
        ConfigurableApplicationContext context = start(Application.class, further);
        Scientist scientist = context.getBean(Scientist.class);
        Experiment<String> experiment =
                scientist.experiment("quotes", options -> options.candidateTimeout(Duration.ofMinutes(1)));
        Rewrite rewrite = context.getBean(Rewrite.class); // created after the Scientist
        experiment.run(() -> "a", rewrite::quote);
        rewrite.entered.await();

        Thread closing = new Thread(context::close);
        closing.start();
        eventually("it is closing", () -> !scientist.isEnabled());
        boolean isDestroyedBefore = rewrite.isDestroyed.get();
        rewrite.letGo.countDown();
        closing.join();

        assertThat(isDestroyedBefore).isFalse();
        assertThat(rewrite.isUsedDestroyed).isFalse();
        assertThat(rewrite.isDestroyed).isTrue();
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @Test
    @Tag("promise-18")
    void aCandidateThatDoesNotEndHoldsTheShutdownUpForTheStatedTime() throws InterruptedException {
        ConfigurableApplicationContext context = start("--scientist.close-timeout=50ms", Application.class);
        Experiment<String> experiment = context.getBean(Scientist.class)
                .experiment("quotes", options -> options.candidateTimeout(Duration.ofMinutes(1)));
        Rewrite rewrite = context.getBean(Rewrite.class);
        experiment.run(() -> "a", rewrite::quote);
        rewrite.entered.await();

        context.close();

        assertThat(rewrite.isDestroyed).isTrue();
        assertThat(experiment.tally().inFlight()).isZero();
    }

    @Test
    @Tag("promise-1")
    void whoCallsWhileItCloses() throws InterruptedException {
        ConfigurableApplicationContext context = start(Application.class);
        Scientist scientist = context.getBean(Scientist.class);
        Experiment<String> experiment = scientist.experiment("quotes");
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    while (!isOver.get()) {
                        String answer = experiment.run(() -> "a", () -> "a");
                        calls.incrementAndGet();
                        if (!"a".equals(answer)) {
                            wrong.incrementAndGet();
                        }
                    }
                }))
                .toList();
        callers.forEach(Thread::start);
        eventually("they call", () -> calls.get() > 100);

        context.close();
        int whenClosed = calls.get();
        eventually("they call on", () -> calls.get() > whenClosed + 100);
        isOver.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        Tally tally = experiment.tally();
        assertThat(wrong).hasValue(0);
        assertThat(tally.calls("candidate")).isEqualTo(calls.get());
        assertThat(tally.count("candidate", Verdict.SKIPPED, Reason.SHUTDOWN)).isGreaterThan(100);
        assertThat(tally.inFlight()).isZero();
    }

    @Test
    void aContextThatIsStoppedForAWhileGoesOnAfterwards() {
        ConfigurableApplicationContext context = start(Application.class);
        Scientist scientist = context.getBean(Scientist.class);

        context.stop();
        context.start();
        boolean isEnabledAgain = scientist.isEnabled();
        context.close();

        assertThat(isEnabledAgain).isTrue();
        assertThat(scientist.isEnabled()).isFalse();
    }

    @Test
    void aChildThatClosesLeavesItsParentAlone() {
        ConfigurableApplicationContext parent = start(Application.class);
        ConfigurableApplicationContext child =
                application(Application.class).parent(parent).run();

        child.close();

        assertThat(parent.getBean(Scientist.class).isEnabled()).isTrue();
        parent.close();
    }

    @Test
    void aScientistThatTheApplicationClosesItselfIsLeftAlone() {
        ConfigurableApplicationContext context = start(Application.class, LeftAlone.class);

        try (Scientist own = context.getBean(Scientist.class)) {
            context.close();

            assertThat(own.isEnabled()).isTrue();
        }
    }

    @Test
    void noScientistIsMadeInOrderToBeClosed() {
        List<Object> made = new ArrayList<>();
        ConfigurableApplicationContext context = application(Application.class)
                .lazyInitialization(true)
                .initializers(each -> each.getBeanFactory()
                        .addBeanPostProcessor(new org.springframework.beans.factory.config.BeanPostProcessor() {
                            @Override
                            public Object postProcessAfterInitialization(Object bean, String name) {
                                if (bean instanceof Scientist) {
                                    made.add(bean);
                                }
                                return bean;
                            }
                        }))
                .run();
        made.clear();

        context.close();

        assertThat(made).isEmpty();
    }

    private static ConfigurableApplicationContext start(Class<?>... configurations) {
        return start("--scientist.logging=false", configurations);
    }

    private static ConfigurableApplicationContext start(String argument, Class<?>... configurations) {
        return application(configurations).run(argument);
    }

    private static SpringApplicationBuilder application(Class<?>... configurations) {
        return new SpringApplicationBuilder(configurations)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF);
    }
}
