package dev.scientist.spring;

import static dev.scientist.spring.Laboratory.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

@DisplayName("What closing cuts off is no evidence: Spring's pools take work until candidates have ended")
class PoolsAtCloseTest {

    /** The pools to which a candidate hands work. */
    enum Pool {
        EXECUTOR {
            @Override
            String answer(ConfigurableApplicationContext context) throws Exception {
                return context.getBean("executor", ThreadPoolTaskExecutor.class)
                        .submit(() -> "a")
                        .get();
            }
        },
        SCHEDULER {
            @Override
            String answer(ConfigurableApplicationContext context) throws Exception {
                return scheduled(context.getBean("scheduler", TaskScheduler.class));
            }
        },
        SIMPLE_SCHEDULER {
            @Override
            String answer(ConfigurableApplicationContext context) throws Exception {
                return scheduled(context.getBean("simpleScheduler", TaskScheduler.class));
            }
        },
        ASYNC {
            @Override
            String answer(ConfigurableApplicationContext context) throws Exception {
                return context.getBean(Prices.class).price().get();
            }
        };

        abstract String answer(ConfigurableApplicationContext context) throws Exception;

        private static String scheduled(TaskScheduler scheduler) throws Exception {
            CompletableFuture<String> answer = new CompletableFuture<>();
            Future<?> task = scheduler.schedule(() -> answer.complete("a"), Instant.EPOCH);
            task.get();
            return answer.get();
        }
    }

    static class Prices {
        @Async("executor")
        public CompletableFuture<String> price() {
            return CompletableFuture.completedFuture("a");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(ScientistAutoConfiguration.class)
    @EnableAsync(proxyTargetClass = true)
    static class Application {

        @Bean
        ThreadPoolTaskExecutor executor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setStrictEarlyShutdown(true);
            return executor;
        }

        @Bean
        ThreadPoolTaskScheduler scheduler() {
            return new ThreadPoolTaskScheduler();
        }

        @Bean
        SimpleAsyncTaskScheduler simpleScheduler() {
            return new SimpleAsyncTaskScheduler();
        }

        @Bean
        Prices prices() {
            return new Prices();
        }

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCandidateUnderWayStillFindsThem(Pool pool) throws InterruptedException {
        ConfigurableApplicationContext context = start();
        Scientist scientist = context.getBean(Scientist.class);
        Experiment<String> experiment = experiment(scientist);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        experiment.run(() -> "a", () -> {
            entered.countDown();
            letGo.await();
            return pool.answer(context);
        });
        entered.await();

        Thread closing = new Thread(context::close);
        closing.start();
        eventually("it is closing", () -> !scientist.isEnabled());
        letGo.countDown();
        closing.join();

        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isZero();
        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatOutlivesTheStatedTimeIsCancelledBeforeTheyRefuse(Pool pool) throws InterruptedException {
        ConfigurableApplicationContext context = start("--scientist.close-timeout=1ms");
        Experiment<String> experiment = experiment(context.getBean(Scientist.class));
        AtomicInteger answers = new AtomicInteger();
        experiment.run(() -> "a", () -> {
            while (true) { // until the work is refused or this thread is interrupted
                pool.answer(context);
                answers.incrementAndGet();
            }
        });
        eventually("it works", () -> answers.get() > 0);

        context.close();
        eventually("nothing is in flight", () -> experiment.tally().inFlight() == 0);

        assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.CANCELLED))
                .isEqualTo(1);
    }

    /** Calls an experiment while the context closes, after the pools have been told. */
    static final class Caller implements ApplicationListener<ContextClosedEvent> {

        private final Experiment<String> experiment;
        private final ConfigurableApplicationContext context;
        private final MeterRegistry registry;
        private double shown;

        Caller(Experiment<String> experiment, ConfigurableApplicationContext context) {
            this.experiment = experiment;
            this.context = context;
            this.registry = context.getBean(MeterRegistry.class);
        }

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            experiment.run(() -> "a", () -> Pool.EXECUTOR.answer(context));
            shown = registry.get("scientist.trials")
                    .tags("experiment", "quotes", "verdict", "skipped", "reason", "shutdown")
                    .functionCounter()
                    .count();
        }
    }

    @Test
    @Tag("promise-3")
    void noneIsStartedFromThenOnAndTheMetersShowIt() {
        ConfigurableApplicationContext context = start();
        Experiment<String> experiment = experiment(context.getBean(Scientist.class));
        Caller caller = new Caller(experiment, context);
        context.addApplicationListener(caller);

        context.close();

        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.SHUTDOWN))
                .isEqualTo(1);
        assertThat(caller.shown).isEqualTo(1);
    }

    private static Experiment<String> experiment(Scientist scientist) {
        return scientist.experiment("quotes", options -> options.candidateTimeout(Duration.ofMinutes(1)));
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("scientist.logging=false")
                .run(arguments);
    }
}
