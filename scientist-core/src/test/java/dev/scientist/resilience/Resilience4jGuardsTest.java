package dev.scientist.resilience;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.CandidateGuard;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.Outcome;
import dev.scientist.Scientist;
import dev.scientist.TestScientists;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class Resilience4jGuardsTest {

    private final FakeTicker ticker = new FakeTicker();
    private final Scientist scientist = TestScientists.builder(ticker).build();
    private final AtomicInteger candidateCalls = new AtomicInteger();

    @AfterEach
    void close() {
        scientist.close();
    }

    @Test
    @Tag("promise-7")
    void aCircuitBreakerStopsAFailingCandidateAndOnlyTheCandidate() {
        CircuitBreaker breaker = CircuitBreaker.of("b", breakerConfig());
        Experiment<String> experiment = guarded(Resilience4jGuards.circuitBreaker(breaker));

        for (int i = 0; i < 100; i++) {
            assertThat(experiment.run(() -> "a", this::fail)).isEqualTo("a");
        }

        assertThat(breaker.getState()).isEqualTo(State.OPEN);
        assertThat(candidateCalls).hasValue(4);
        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isEqualTo(4);
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.CIRCUIT_OPEN))
                .isEqualTo(96);
    }

    @Test
    void anOpenBreakerIsAskedAgainOnceInAWhileSoThatItCanClose() {
        AtomicLong nanos = new AtomicLong();
        CircuitBreaker breaker = CircuitBreaker.of(
                "b",
                CircuitBreakerConfig.from(breakerConfig())
                        .waitDurationInOpenState(Duration.ofMillis(1))
                        .build());
        breaker.transitionToOpenStateFor(Duration.ZERO);
        CandidateGuard guard = new CircuitBreakerGuard(breaker, nanos::get);

        Reason first = guard.refusal();
        Reason second = guard.refusal();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        Reason third = guard.refusal();

        assertThat(first).isEqualTo(Reason.NONE);
        assertThat(second).isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(third).isEqualTo(Reason.NONE);
    }

    @Test
    void aMissedDeadlineIsAFailureAtTheDeadlineAndACancellationIsNone() {
        CircuitBreaker breaker = CircuitBreaker.of("b", breakerConfig());
        CandidateGuard guard = Resilience4jGuards.circuitBreaker(breaker);

        guard.acquire();
        guard.settled(new Outcome.TimedOut<>(Duration.ofMillis(5)));
        guard.acquire();
        guard.settled(new Outcome.Cancelled<>(Duration.ofMillis(5)));

        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isEqualTo(1);
    }

    @Test
    void aForcedOpenBreakerLetsNobodyOn() {
        CircuitBreaker breaker = CircuitBreaker.ofDefaults("b");
        breaker.transitionToForcedOpenState();
        CandidateGuard guard = Resilience4jGuards.circuitBreaker(breaker);

        Reason refusal = guard.refusal();

        assertThat(refusal).isEqualTo(Reason.CIRCUIT_OPEN);
    }

    @Test
    void aBulkheadKeepsThePlaceOfALateCandidateUntilItReallyEnds() throws InterruptedException {
        Bulkhead bulkhead =
                Bulkhead.of("b", BulkheadConfig.custom().maxConcurrentCalls(1).build());
        Experiment<String> experiment = scientist.experiment(
                "bulkhead",
                options -> options.candidateTimeout(Duration.ofMillis(10))
                        .start(Start.IMMEDIATE)
                        .guard(Resilience4jGuards.bulkhead(bulkhead)));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        experiment.run(() -> "a", () -> {
            started.countDown();
            awaitUninterruptibly(release);
            return "a";
        });
        started.await();
        ticker.advance(Duration.ofMillis(10));
        eventually("it is late", () -> experiment.tally().count(Verdict.TIMED_OUT) == 1);

        String answer = experiment.run(() -> "b", () -> "b");
        long saturated = experiment.tally().count("candidate", Verdict.SKIPPED, Reason.SATURATED);
        release.countDown();
        scientist.close();

        assertThat(answer).isEqualTo("b");
        assertThat(saturated).isEqualTo(1);
        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    }

    @Test
    void aRateLimiterRefusesWithoutWaiting() {
        RateLimiter limiter = RateLimiter.of(
                "r",
                RateLimiterConfig.custom()
                        .limitForPeriod(3)
                        .limitRefreshPeriod(Duration.ofHours(1))
                        .timeoutDuration(Duration.ZERO)
                        .build());
        Experiment<String> experiment = guarded(Resilience4jGuards.rateLimiter(limiter));

        for (int i = 0; i < 10; i++) {
            experiment.run(() -> "a", () -> "a");
        }

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(3);
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.SATURATED))
                .isEqualTo(7);
    }

    @Test
    void aGuardThatWouldWaitIsRefusedAtOnce() {
        RateLimiter waiting = RateLimiter.of(
                "r",
                RateLimiterConfig.custom()
                        .timeoutDuration(Duration.ofSeconds(5))
                        .build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resilience4jGuards.rateLimiter(waiting))
                .withMessageContaining("timeoutDuration of rate limiter 'r' must be zero but was PT5S");
    }

    @Test
    void whatAnEarlierGuardGrantedIsGivenBackWhenALaterOneRefuses() {
        Bulkhead bulkhead =
                Bulkhead.of("b", BulkheadConfig.custom().maxConcurrentCalls(5).build());
        CircuitBreaker open = CircuitBreaker.ofDefaults("b");
        open.transitionToOpenState();
        Experiment<String> experiment = scientist.experiment(
                "both",
                options -> options.start(Start.SAME_THREAD)
                        .guard(Resilience4jGuards.bulkhead(bulkhead))
                        .guard(Resilience4jGuards.circuitBreaker(open)));

        experiment.run(() -> "a", () -> "a"); // the one call that goes on to ask the open breaker

        assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(5);
        assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.CIRCUIT_OPEN))
                .isEqualTo(1);
    }

    private Experiment<String> guarded(CandidateGuard guard) {
        return scientist.experiment(
                "guarded", options -> options.start(Start.SAME_THREAD).guard(guard));
    }

    private String fail() {
        candidateCalls.incrementAndGet();
        throw new IllegalStateException("candidate");
    }

    private static CircuitBreakerConfig breakerConfig() {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(4)
                .minimumNumberOfCalls(4)
                .waitDurationInOpenState(Duration.ofHours(1))
                .build();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
