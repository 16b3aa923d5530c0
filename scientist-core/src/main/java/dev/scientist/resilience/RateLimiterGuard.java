package dev.scientist.resilience;

import dev.scientist.CandidateGuard;
import dev.scientist.Outcome;
import dev.scientist.Verdict.Reason;
import io.github.resilience4j.ratelimiter.RateLimiter;

/** Lets a rate limiter decide whether a candidate may start, without waiting. */
final class RateLimiterGuard implements CandidateGuard {

    private final RateLimiter limiter;

    RateLimiterGuard(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public Reason refusal() {
        return Reason.NONE; // not asked on the caller's thread, because the limiter reads a clock and computes periods
    }

    @Override
    public Reason acquire() {
        return limiter.acquirePermission() ? Reason.NONE : Reason.SATURATED;
    }

    @Override
    public void settled(Outcome<?> outcome) {
        // A candidate that was started has used its permission, whatever its outcome.
    }

    @Override
    public void ended() {
        // Permissions come back with the next period, not when a candidate ends.
    }
}
