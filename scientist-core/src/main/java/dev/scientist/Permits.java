package dev.scientist;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts permits in use against a limit that may change. No thread ever waits for a permit.
 *
 * <p>A permit may first be claimed, for a trial that is not yet started, and is confirmed once the trial is started.
 * Claims belong to one of two epochs, which alternate. A claim that is not confirmed long after its epoch has ended is
 * lost and can be given back, unless its thread is in user code, which may take any time. While a permit is being
 * released it becomes a claim again, until everything that belongs to it is released too.
 *
 * <p>Threads: any, but only one looks for lost claims and gives them back. Invariant: the number in use is that of
 * successful acquisitions and claims not yet released, withdrawn or given back; a thread is counted in
 * {@code elsewhere} only while it has a claim. Consequence: the number exceeds a limit only while a lowered limit takes
 * effect, or if a claim is confirmed after it was given back, because its thread was suspended in the library's own
 * code.
 */
final class Permits {

    static final int ENOUGH_LOOKS = 10; // chosen: this many reads do not all fall between two related updates

    private static final int IN_USE_BITS = 24; // more than any limit
    private static final int CLAIM_BITS = 20;
    private static final long IN_USE = (1L << IN_USE_BITS) - 1;
    private static final long CLAIMS = (1L << CLAIM_BITS) - 1;
    private static final int ELSEWHERE_BITS = 32;
    private static final long ELSEWHERE = (1L << ELSEWHERE_BITS) - 1;

    // The low bits count the permits in use, including claims. Above them, for each epoch, are the claims not yet
    // confirmed.
    private final AtomicLong state = new AtomicLong();

    // For each epoch, in 32 bits, the number of threads that are in user code and have a claim of that epoch.
    private final AtomicLong elsewhere = new AtomicLong();

    private int leastLost; // used only by the thread that looks for lost claims
    private int looks; // used only by that thread too

    boolean tryAcquire(int limit) {
        return tryAdd(limit, 1);
    }

    /** Claims a permit for a trial that is not yet started. */
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

    /** Confirms claims, because their trial is started. Claims that were given back meanwhile are taken again. */
    void confirm(int epoch, int count) {
        long now;
        long claimed;
        do {
            now = state.get();
            claimed = Math.min(count, claims(now, epoch));
        } while (!state.compareAndSet(now, now - claimed * claim(epoch) + (count - claimed)));
    }

    /** Withdraws a claim, because its trial will not be started. */
    void withdraw(int epoch) {
        long now;
        do {
            now = state.get();
        } while (!state.compareAndSet(now, claims(now, epoch) > 0 ? now - claim(epoch) - 1 : now));
    }

    /** Called before the current thread, which has a claim, enters user code. */
    void goElsewhere(int epoch) {
        elsewhere.getAndAdd(1L << (epoch * ELSEWHERE_BITS));
    }

    /** Called when that thread has left user code. */
    void comeBack(int epoch) {
        elsewhere.getAndAdd(-(1L << (epoch * ELSEWHERE_BITS)));
    }

    /**
     * Counts the lost claims of an epoch that has ended. A claim whose thread leaves user code at this moment is
     * counted too, which the next look corrects.
     */
    void lookForLost(int epoch) {
        long claimed = claims(state.get(), epoch); // read first: a thread coming back must not hide a lost claim
        int lost = (int) Math.max(0, claimed - ((elsewhere.get() >>> (epoch * ELSEWHERE_BITS)) & ELSEWHERE));
        leastLost = looks == 0 ? lost : Math.min(leastLost, lost);
        looks++;
    }

    /** Gives back the claims of an epoch that were lost at each of several looks, and returns their number. */
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
     * Turns a confirmed permit into a claim again, to be withdrawn once everything that belongs to it is released;
     * false if no permit is confirmed.
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

    /** Releases a permit. Has no effect if none is in use, which makes up for a correction that came too early. */
    void release() {
        correct(-1);
    }

    /** Changes the number in use, but never to less than zero. */
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

    /** Returns how many permits are in use for trials that are started. */
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
