package dev.scientist;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is in flight against a limit that may change. Nobody ever waits for a permit.
 *
 * <p>A permit may be claimed first, for a trial that is still to come, in one of two epochs that take turns, and is confirmed once
 * the trial has come to be. What is not confirmed long after its epoch has ended is nobody's, and can be given back, unless its
 * thread is in other people's code, from which it may return whenever it likes. A permit that is released becomes a claim again
 * until all that goes with it is released too.
 *
 * <p>Threads: any, but one alone looks for what is nobody's and gives it back. Invariant: in use is the number of successful
 * acquisitions and claims not yet released, withdrawn or given back; a thread is counted in {@code elsewhere} only while it has a
 * claim. Consequence: it exceeds a limit only while a lowered limit takes effect, or where a claim is confirmed after it was given
 * back, because its thread stood still in the library's own code.
 */
final class Permits {

    static final int ENOUGH_LOOKS = 10; // chosen: that many cannot all fall between two related counts

    private static final int IN_USE_BITS = 24; // more than any limit
    private static final int CLAIM_BITS = 20;
    private static final long IN_USE = (1L << IN_USE_BITS) - 1;
    private static final long CLAIMS = (1L << CLAIM_BITS) - 1;
    private static final int ELSEWHERE_BITS = 32;
    private static final long ELSEWHERE = (1L << ELSEWHERE_BITS) - 1;

    // Low: in use, the claimed ones included; above it, for each epoch, those that are claimed and not yet confirmed.
    private final AtomicLong state = new AtomicLong();

    // For each epoch, in 32 bits, how many threads are in other people's code with a claim of that epoch.
    private final AtomicLong elsewhere = new AtomicLong();

    private int leastLost; // only who looks for what is nobody's
    private int looks; // likewise

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

    /** The thread, which has a claim, goes into other people's code. */
    void goElsewhere(int epoch) {
        elsewhere.getAndAdd(1L << (epoch * ELSEWHERE_BITS));
    }

    /** It has come back. */
    void comeBack(int epoch) {
        elsewhere.getAndAdd(-(1L << (epoch * ELSEWHERE_BITS)));
    }

    /**
     * Looks how many claims of an epoch that has ended are nobody's. Those whose thread comes back in this moment seem so too,
     * which the next look corrects.
     */
    void lookForLost(int epoch) {
        long claimed = claims(state.get(), epoch); // first: who comes back in between must not hide one that is lost
        int lost = (int) Math.max(0, claimed - ((elsewhere.get() >>> (epoch * ELSEWHERE_BITS)) & ELSEWHERE));
        leastLost = looks == 0 ? lost : Math.min(leastLost, lost);
        looks++;
    }

    /** Gives back the claims of an epoch that were nobody's at each of several looks; tells how many that were. */
    int giveBackLost(int epoch) {
        int found = looks >= ENOUGH_LOOKS ? leastLost : 0;
        looks = 0;
        long now;
        long lost;
        do {
            now = state.get();
            lost = Math.min(found, claims(now, epoch));
        } while (lost > 0 && !state.compareAndSet(now, now - lost * (claim(epoch) + 1)));
        return (int) lost;
    }

    /**
     * What has come to be becomes a claim again, to be withdrawn once all that goes with it is released; false where nothing has
     * come to be.
     */
    boolean beginRelease(int epoch) {
        long now;
        do {
            now = state.get();
            if (confirmed(now) <= 0) {
                return false;
            }
        } while (!state.compareAndSet(now, now + claim(epoch))); // lost to another caller or to a release
        return true;
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
        return confirmed(state.get());
    }

    private static int confirmed(long state) {
        return (int) ((state & IN_USE) - claims(state, 0) - claims(state, 1));
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
