package dev.scientist;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is in flight against a limit that may change. Nobody ever waits for a permit.
 *
 * <p>A permit may be claimed first, for a trial that is still to come, in one of two epochs that take turns, and is confirmed once
 * the trial has come to be. What is not confirmed long after its epoch has ended is nobody's, and can be given back.
 *
 * <p>Threads: any. Invariant: in use is the number of successful acquisitions and claims not yet released, withdrawn or given
 * back. Consequence: it exceeds a limit only while a lowered limit takes effect, or where a claim is confirmed after it was
 * given back.
 */
final class Permits {

    private static final int IN_USE_BITS = 24; // more than any limit
    private static final int CLAIM_BITS = 20;
    private static final long IN_USE = (1L << IN_USE_BITS) - 1;
    private static final long CLAIMS = (1L << CLAIM_BITS) - 1;

    // Low: in use, the claimed ones included; above it, for each epoch, those that are claimed and not yet confirmed.
    private final AtomicLong state = new AtomicLong();

    boolean tryAcquire(int limit) {
        return tryAdd(limit, 1);
    }

    /** Takes a permit for a trial that is still to come. */
    boolean tryClaim(int limit, int epoch) {
        return tryAdd(limit, 1 + claim(epoch));
    }

    private boolean tryAdd(int limit, long what) {
        long now = state.get();
        while ((now & IN_USE) < limit) {
            if (state.compareAndSet(now, now + what)) {
                return true;
            }
            now = state.get(); // lost to another caller or to a release
        }
        return false;
    }

    /** The trials of so many have come to be. What was given back meanwhile is taken again. */
    void confirm(int epoch, int count) {
        long now;
        long claimed;
        do {
            now = state.get();
            claimed = Math.min(count, claims(now, epoch));
        } while (!state.compareAndSet(now, now - claimed * claim(epoch) + (count - claimed)));
    }

    /** Its trial will not come to be. */
    void withdraw(int epoch) {
        long now;
        do {
            now = state.get();
        } while (!state.compareAndSet(now, claims(now, epoch) > 0 ? now - claim(epoch) - 1 : now));
    }

    /** Gives back what was claimed in an epoch and is not confirmed yet; tells how many that were. */
    int giveBack(int epoch) {
        long now;
        long lost;
        do {
            now = state.get();
            lost = claims(now, epoch);
        } while (lost > 0 && !state.compareAndSet(now, now - lost * (claim(epoch) + 1)));
        return (int) lost;
    }

    /** Without effect where none is in use: what was corrected too early comes back so. */
    void release() {
        correct(-1);
    }

    /** Corrects what is in use, which is never less than none. */
    void correct(int by) {
        long now;
        long change;
        do {
            now = state.get();
            change = Math.max(by, -(now & IN_USE));
        } while (!state.compareAndSet(now, now + change)); // lost to another caller or to a release
    }

    int inUse() {
        return (int) (state.get() & IN_USE);
    }

    /** How many are in use for trials that have come to be. */
    int confirmed() {
        long now = state.get();
        return (int) ((now & IN_USE) - claims(now, 0) - claims(now, 1));
    }

    private static long claims(long state, int epoch) {
        return state >>> shift(epoch) & CLAIMS;
    }

    private static long claim(int epoch) {
        return 1L << shift(epoch);
    }

    private static int shift(int epoch) {
        return IN_USE_BITS + epoch * CLAIM_BITS;
    }
}
