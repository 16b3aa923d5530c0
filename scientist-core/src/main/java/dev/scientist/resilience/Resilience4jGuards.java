package dev.scientist.resilience;

import static java.util.Objects.requireNonNull;

import dev.scientist.CandidateGuard;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.time.Duration;

/**
 * Puts Resilience4j around candidates, and candidates only. Give the guards to
 * {@link dev.scientist.ExperimentOptions.Builder#guard}; several guards must all agree.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // of an optional library: whoever calls this has it
public final class Resilience4jGuards {

    private Resilience4jGuards() {}

    /**
     * Stops a failing candidate: {@link dev.scientist.Verdict.Reason#CIRCUIT_OPEN}. What a candidate throws and a
     * missed deadline are failures to the breaker, at the deadline already; what differs is not. The caller reads
     * the breaker's state and asks it nothing; while it is open, about ten calls a second go on to a worker, where
     * the breaker itself decides whether it is time to try again.
     *
     * @param breaker may be shared with other experiments
     */
    public static CandidateGuard circuitBreaker(CircuitBreaker breaker) {
        return new CircuitBreakerGuard(requireNonNull(breaker, "breaker"), System::nanoTime);
    }

    /**
     * Limits how many candidates run at once: {@link dev.scientist.Verdict.Reason#SATURATED}. A place is given back
     * when the candidate has really ended. Nobody waits for a place, so its {@code maxWaitDuration} must be zero.
     *
     * @param bulkhead may be shared with other experiments, or with what else calls the same system
     */
    public static CandidateGuard bulkhead(Bulkhead bulkhead) {
        requireNonNull(bulkhead, "bulkhead");
        requireNoWait(
                bulkhead.getBulkheadConfig().getMaxWaitDuration(), "maxWaitDuration of bulkhead", bulkhead.getName());
        return new BulkheadGuard(bulkhead);
    }

    /**
     * Limits how many candidates are started in a period: {@link dev.scientist.Verdict.Reason#SATURATED}. Nobody
     * waits for the next period: a used-up limiter refuses, whatever its {@code timeoutDuration}.
     *
     * @param limiter may be shared with other experiments, or with what else calls the same system
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
