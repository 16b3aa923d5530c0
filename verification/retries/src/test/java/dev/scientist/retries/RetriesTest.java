package dev.scientist.retries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import dev.scientist.spring.ParallelRun;
import dev.scientist.testing.RecordingPublisher;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.retry.annotation.EnableRetry;
import reactor.core.publisher.Mono;

/** Proves that one call of the caller is one trial, however often the method is retried. */
@ExtendWith(OutputCaptureExtension.class)
class RetriesTest {

    private static final int FAILURES = 2; // attempts that fail before one returns

    static class Shaky {
        final AtomicInteger primaries = new AtomicInteger();
        final AtomicInteger candidates = new AtomicInteger();

        @ParallelRun(method = "steady")
        @org.springframework.resilience.annotation.Retryable(maxRetries = 5, delay = 0)
        public String resilient() {
            return shaky();
        }

        @ParallelRun(method = "steady")
        @org.springframework.retry.annotation.Retryable(
                maxAttempts = 6,
                backoff = @org.springframework.retry.annotation.Backoff(delay = 0))
        public String retried() {
            return shaky();
        }

        @ParallelRun(method = "steadyLater")
        @org.springframework.resilience.annotation.Retryable(maxRetries = 5, delay = 0)
        public Mono<String> later() {
            return Mono.fromSupplier(this::shaky);
        }

        @ParallelRun(method = "steady")
        @ConcurrencyLimit(1)
        public String limited() {
            primaries.incrementAndGet();
            return "quote";
        }

        @ParallelRun(method = "shakyCandidate")
        public String calm() {
            primaries.incrementAndGet();
            return "quote";
        }

        public String steady() {
            candidates.incrementAndGet();
            return "quote";
        }

        public Mono<String> steadyLater() {
            return Mono.fromSupplier(this::steady);
        }

        @org.springframework.resilience.annotation.Retryable(maxRetries = 5, delay = 0)
        public String shakyCandidate() {
            if (candidates.incrementAndGet() <= FAILURES) {
                throw new IllegalStateException("not yet");
            }
            return "quote";
        }

        private String shaky() {
            if (primaries.incrementAndGet() <= FAILURES) {
                throw new IllegalStateException("not yet");
            }
            return "quote";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        final Shaky shaky = new Shaky();

        @Bean
        Shaky shaky() {
            return shaky;
        }

        @Bean
        RecordingPublisher recording() {
            return new RecordingPublisher();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Resilient {}

    @Configuration(proxyBeanMethods = false)
    @EnableRetry
    static class Retried {}

    @Configuration(proxyBeanMethods = false)
    @EnableRetry(order = 0)
    static class RetriedFirst {}

    @Configuration(proxyBeanMethods = false)
    static class Frozen {
        @Bean
        static BeanFactoryPostProcessor freezing() {
            return beans -> beans.getBeanDefinition(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME)
                    .getPropertyValues()
                    .add("frozen", true);
        }
    }

    private static ApplicationContextRunner application(Class<?>... configurations) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withUserConfiguration(configurations)
                .withPropertyValues("scientist.defaults.start=same-thread");
    }

    private static List<Verdict> verdicts(ApplicationContext context) {
        return context.getBean(RecordingPublisher.class).takeTrials().stream()
                .map(trial -> trial.candidates().get(0).verdict())
                .toList();
    }

    /** Asserts that one call had one trial, which matched, and that the primary was attempted three times. */
    private static void assertOneTrial(ApplicationContext context) {
        Shaky shaky = context.getBean(Application.class).shaky;
        assertThat(verdicts(context)).containsExactly(Verdict.MATCHED);
        assertThat(shaky.primaries).hasValue(FAILURES + 1);
        assertThat(shaky.candidates).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483547", "2147483647", "0"})
    void aResilientMethodIsOneTrialWhateverTheOrder(String order) {
        application(Resilient.class)
                .withPropertyValues("scientist.advice-order=" + order)
                .run(context -> {
                    String answer = context.getBean(Shaky.class).resilient();

                    assertThat(answer).isEqualTo("quote");
                    assertOneTrial(context);
                });
    }

    @Test
    void aResilientMonoIsOneTrialForEachSubscription() {
        application(Resilient.class).run(context -> {
            String answer = context.getBean(Shaky.class).later().block();

            assertThat(answer).isEqualTo("quote");
            assertOneTrial(context);
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {Retried.class, RetriedFirst.class})
    void aMethodOfSpringRetryIsOneTrialWhateverTheOrder(Class<?> retries) {
        application(retries).run(context -> {
            String answer = context.getBean(Shaky.class).retried();

            assertThat(answer).isEqualTo("quote");
            assertOneTrial(context);
        });
    }

    @Test
    void aCallThatIsLimitedIsOneTrial() {
        application(Resilient.class).run(context -> {
            context.getBean(Shaky.class).limited();

            assertThat(verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void aCandidateWithRetriesOfItsOwnHasThem() {
        application(Resilient.class).run(context -> {
            context.getBean(Shaky.class).calm();

            Shaky shaky = context.getBean(Application.class).shaky;
            assertThat(verdicts(context)).containsExactly(Verdict.MATCHED);
            assertThat(shaky.candidates).hasValue(FAILURES + 1);
        });
    }

    @Test
    void whereRetriesStayAroundItTheStartSaysSo(CapturedOutput output) {
        application(Resilient.class, Frozen.class).run(context -> {
            context.getBean(Shaky.class).resilient();

            assertThat(output)
                    .containsOnlyOnce(
                            "experiment RetriesTest.Shaky.resilient: org.springframework.resilience.annotation"
                                    + ".RetryAnnotationBeanPostProcessor$RetryAnnotationInterceptor is around @ParallelRun on String"
                                    + " RetriesTest.Shaky.resilient(), and cannot be put behind it: each of its attempts is a call of"
                                    + " the experiment");
            assertThat(verdicts(context))
                    .containsExactly(Verdict.PRIMARY_FAILED, Verdict.PRIMARY_FAILED, Verdict.MATCHED);
        });
    }
}
