package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Proves that properties put the application's own guards around candidates. */
class GuardPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();

    private final ApplicationContextRunner withBreakers = runner.withBean(CircuitBreakerRegistry.class, () -> breakers);

    @Test
    void anOpenCircuitBreakerOfTheApplicationStopsTheCandidate() {
        breakers.circuitBreaker("vendor").transitionToForcedOpenState();

        withBreakers
                .withPropertyValues("scientist.experiments.quotes.circuit-breaker=vendor")
                .run(context ->
                        assertThat(skipped(context, Reason.CIRCUIT_OPEN)).isEqualTo(1));
    }

    @Test
    void aFullBulkheadOfTheApplicationShedsTheCandidate() {
        BulkheadRegistry bulkheads = BulkheadRegistry.of(
                BulkheadConfig.custom().maxConcurrentCalls(0).build());

        runner.withBean(BulkheadRegistry.class, () -> bulkheads)
                .withPropertyValues("scientist.defaults.bulkhead=vendor")
                .run(context -> assertThat(skipped(context, Reason.SATURATED)).isEqualTo(1));
    }

    @Test
    void aUsedUpRateLimiterOfTheApplicationShedsTheCandidate() {
        RateLimiterRegistry limiters = RateLimiterRegistry.of(RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofDays(1))
                .timeoutDuration(Duration.ZERO)
                .build());
        limiters.rateLimiter("vendor").acquirePermission();

        runner.withBean(RateLimiterRegistry.class, () -> limiters)
                .withPropertyValues("scientist.experiments.quotes.rate-limiter=vendor")
                .run(context -> assertThat(skipped(context, Reason.SATURATED)).isEqualTo(1));
    }

    @Test
    void theGuardOfAnExperimentReplacesTheDefault() {
        breakers.circuitBreaker("all").transitionToForcedOpenState();
        CircuitBreaker own = breakers.circuitBreaker("own");

        withBreakers
                .withPropertyValues(
                        "scientist.defaults.circuit-breaker=all", "scientist.experiments.quotes.circuit-breaker=own")
                .run(context -> {
                    assertThat(skipped(context, Reason.CIRCUIT_OPEN)).isZero();
                    assertThat(own.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
                });
    }

    @Test
    void anEmptyNameTakesTheDefaultAway() {
        breakers.circuitBreaker("all").transitionToForcedOpenState();

        withBreakers
                .withPropertyValues(
                        "scientist.defaults.circuit-breaker=all", "scientist.experiments.quotes.circuit-breaker=")
                .run(context ->
                        assertThat(skipped(context, Reason.CIRCUIT_OPEN)).isZero());
    }

    @Test
    void aGuardThatTheRegistryDoesNotHaveYetIsMadeByIt() {
        withBreakers
                .withPropertyValues("scientist.experiments.quotes.circuit-breaker=nobody.made.it")
                .run(context -> {
                    skipped(context, Reason.CIRCUIT_OPEN);

                    assertThat(breakers.find("nobody.made.it")).isPresent();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"circuit-breaker", "bulkhead", "rate-limiter"})
    void withoutTheLibraryAGuardStopsTheApplication(String guard) {
        runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
                .withPropertyValues("scientist.experiments.quotes." + guard + "=vendor")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessageStartingWith("scientist.experiments.quotes." + guard
                                + " needs Resilience4j on the class path but was \"vendor\"; add Resilience4j's"
                                + " starter for Spring Boot, or io.github.resilience4j:resilience4j-")
                        .hasMessageContaining(" and a bean of type io.github.resilience4j."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"circuit-breaker", "bulkhead", "rate-limiter"})
    void withoutARegistryAGuardStopsTheApplication(String guard) {
        runner.withPropertyValues("scientist.defaults." + guard + "=vendor")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessageContaining("needs a bean of type io.github.resilience4j."));
    }

    @Test
    void withoutTheLibraryAnApplicationThatNamesNoGuardRuns() {
        runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
                .run(context ->
                        assertThat(skipped(context, Reason.CIRCUIT_OPEN)).isZero());
    }

    @Test
    void aGuardThatWaitsIsRefused() {
        runner.withBean(RateLimiterRegistry.class, RateLimiterRegistry::ofDefaults)
                .withPropertyValues("scientist.experiments.quotes.rate-limiter=vendor")
                .run(context -> assertThatThrownBy(() -> skipped(context, Reason.SATURATED))
                        .hasMessageContaining("scientist.experiments.quotes.rate-limiter")
                        .hasMessageContaining("timeoutDuration of rate limiter 'vendor' must be zero but was PT5S"));
    }

    private static long skipped(ApplicationContext context, Reason reason) {
        Experiment<String> experiment =
                context.getBean(Scientist.class).experiment("quotes", options -> options.start(Start.SAME_THREAD));
        experiment.run(() -> "a", () -> "a");
        return experiment.tally().count("candidate", Verdict.SKIPPED, reason);
    }
}
