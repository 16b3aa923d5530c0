package dev.scientist.resilience;

import dev.scientist.CandidateGuard;
import dev.scientist.Outcome;
import dev.scientist.Verdict.Reason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets a circuit breaker decide whether a candidate may run.
 *
 * <p>Threads: callers read the state, workers ask for permission. Invariant: while the breaker is open, one call per
 * {@link #PROBE_NANOS} is not refused by the caller and goes on to a worker. Consequence: a breaker that changes its
 * state only when it is asked for permission is asked, and no caller pays for that.
 */
final class CircuitBreakerGuard implements CandidateGuard {

    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final CircuitBreaker breaker;
    private final LongSupplier ticker;
    private final AtomicLong lastProbe;

    CircuitBreakerGuard(CircuitBreaker breaker, LongSupplier ticker) {
        this.breaker = breaker;
        this.ticker = ticker;
        this.lastProbe = new AtomicLong(ticker.getAsLong() - PROBE_NANOS);
    }

    @Override
    public Reason refusal() {
        return switch (breaker.getState()) {
            case CLOSED, HALF_OPEN, DISABLED, METRICS_ONLY -> Reason.NONE;
            case FORCED_OPEN -> Reason.CIRCUIT_OPEN;
            case OPEN -> isProbe() ? Reason.NONE : Reason.CIRCUIT_OPEN;
        };
    }

    @Override
    public Reason acquire() {
        return breaker.tryAcquirePermission() ? Reason.NONE : Reason.CIRCUIT_OPEN;
    }

    @Override
    public void settled(Outcome<?> outcome) {
        long nanos = outcome.elapsed().toNanos();
        switch (outcome.kind()) {
            case RETURNED -> breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            case THREW -> {
                Throwable error = outcome.errorOrNull();
                breaker.onError(nanos, TimeUnit.NANOSECONDS, error == null ? new IllegalStateException() : error);
            }
            case TIMED_OUT ->
                breaker.onError(nanos, TimeUnit.NANOSECONDS, new TimeoutException("candidate missed its deadline"));
            case CANCELLED -> breaker.releasePermission();
        }
    }

    @Override
    public void ended() {
        // The breaker was told of the outcome when the candidate settled.
    }

    private boolean isProbe() {
        long now = ticker.getAsLong();
        long last = lastProbe.get();
        return now - last >= PROBE_NANOS && lastProbe.compareAndSet(last, now); // loses to another caller
    }
}
