package dev.scientist.resilience;

import dev.scientist.CandidateGuard;
import dev.scientist.Outcome;
import dev.scientist.Verdict.Reason;
import io.github.resilience4j.bulkhead.Bulkhead;

/** Lets a bulkhead decide whether a candidate may run, without waiting. */
final class BulkheadGuard implements CandidateGuard {

    private final Bulkhead bulkhead;

    BulkheadGuard(Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
    }

    @Override
    public Reason refusal() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() > 0 ? Reason.NONE : Reason.SATURATED;
    }

    @Override
    public Reason acquire() {
        return bulkhead.tryAcquirePermission() ? Reason.NONE : Reason.SATURATED;
    }

    @Override
    public void settled(Outcome<?> outcome) {
        // A late candidate keeps its permission until it has really ended.
    }

    @Override
    public void ended() {
        bulkhead.onComplete();
    }
}
