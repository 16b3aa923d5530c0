package dev.scientist.resilience;

import static java.util.Objects.requireNonNull;

import dev.scientist.CandidateGuard;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.time.Duration;

/**
 * Guards that put Resilience4j around candidates, and never around the primary. They are given to
 * {@link dev.scientist.ExperimentOptions.Builder#guard}; if there are several, a candidate runs only if all allow it.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // the type is of an optional library, which every user of this class has
public final class Resilience4jGuards {

    private Resilience4jGuards() {}

    /**
     * Stops a failing candidate; its calls then have the reason {@link dev.scientist.Verdict.Reason#CIRCUIT_OPEN}. An
     * exception of the candidate and a missed deadline count as failures of the breaker, the latter as soon as the
     * deadline passes; a mismatch does not. The caller's thread only reads the breaker's state. While the breaker is
     * open, about ten calls a second go on to a worker, where the breaker itself decides whether it is time to try
     * again.
     *
     * @param breaker may be shared with other experiments
     */
    public static CandidateGuard circuitBreaker(CircuitBreaker breaker) {
        return new CircuitBreakerGuard(requireNonNull(breaker, "breaker"), System::nanoTime);
    }

    /**
     * Limits how many candidates run at once; a call over the limit has the reason
     * {@link dev.scientist.Verdict.Reason#SATURATED}. A permission is given back when the candidate has really ended.
     * Nobody waits for one, so the bulkhead's {@code maxWaitDuration} must be zero.
     *
     * @param bulkhead may be shared with other experiments, or with other code that calls the same system
     */
    public static CandidateGuard bulkhead(Bulkhead bulkhead) {
        requireNonNull(bulkhead, "bulkhead");
        requireNoWait(
                bulkhead.getBulkheadConfig().getMaxWaitDuration(), "maxWaitDuration of bulkhead", bulkhead.getName());
        return new BulkheadGuard(bulkhead);
    }

    /**
     * Limits how many candidates are started in a period; a call over the limit has the reason
     * {@link dev.scientist.Verdict.Reason#SATURATED}. Nobody waits for the next period, so the limiter's
     * {@code timeoutDuration} must be zero.
     *
     * @param limiter may be shared with other experiments, or with other code that calls the same system
     */
    public static CandidateGuard rateLimiter(RateLimiter limiter) {
        requireNonNull(limiter, "limiter");
        requireNoWait(
                limiter.getRateLimiterConfig().getTimeoutDuration(),
                "timeoutDuration of rate limiter",
                limiter.getName());
        return new RateLimiterGuard(limiter);
    }

    private static void requireNoWait(Duration wait, String what, String name) {
        if (!wait.isZero()) {
            throw new IllegalArgumentException(what + " '" + name + "' must be zero but was " + wait
                    + ": a candidate is refused, it does not wait; give candidates one of their own");
        }
    }
}
