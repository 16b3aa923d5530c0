package dev.scientist.resilience;

import dev.scientist.CandidateGuard;
import dev.scientist.Outcome;
import dev.scientist.Verdict.Reason;
import io.github.resilience4j.ratelimiter.RateLimiter;

/** A rate limiter as a guard that never waits. */
final class RateLimiterGuard implements CandidateGuard {

    private final RateLimiter limiter;

    RateLimiterGuard(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public Reason refusal() {
        return Reason.NONE; // the limiter reads a clock and computes periods: not on the caller's thread
    }

    @Override
    public Reason acquire() {
        return limiter.acquirePermission() ? Reason.NONE : Reason.SATURATED;
    }

    @Override
    public void settled(Outcome<?> outcome) {
        // A started candidate has used its permission, whatever it did.
    }

    @Override
    public void ended() {
        // Permissions come back with time, not with ends.
    }
}
