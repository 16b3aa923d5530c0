package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one candidate run, set exactly once.
 *
 * <p>Threads: the worker that ran the candidate (or the thread that completed its future), the dispatcher that found it
 * late, and the thread that closes the scientist all call {@link #settle}; any may come first. Invariant:
 * {@code outcome} goes from null to one outcome and never changes. Consequence: only the caller that got {@code true}
 * tells the trial, so a late answer never overwrites a timeout and nothing arrives twice.
 *
 * <p>This is a base class of what settles, and a link in the queue, to save the caller additional objects.
 */
class Settlement<T> extends Link {

    private static final VarHandle OUTCOME = Fields.handle(MethodHandles.lookup(), "outcome", Outcome.class);

    private volatile @Nullable Outcome<T> outcome;

    /** Sets the outcome; false if another thread was first. */
    boolean settle(Outcome<T> candidate) {
        return OUTCOME.compareAndSet(this, null, candidate);
    }

    @Nullable
    Outcome<T> outcome() {
        return outcome;
    }
}
