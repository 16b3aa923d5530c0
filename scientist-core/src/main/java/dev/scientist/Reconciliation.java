package dev.scientist;

import dev.scientist.Tally.Hook;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Repairs the state after a thread has run out of memory or stack: it gives up trials that the thread could not
 * continue, and gives back permits whose trial was never started.
 *
 * <p>Threads: any thread leaves trials; the dispatcher, and after it the closing thread, does the rest. Invariant: a
 * trial that was left is reachable from {@code left} until it has been given up. Consequence: leaving a trial takes no
 * memory and only a few stack frames, and giving it up is tried until it succeeds.
 *
 * <p>Permits are reconciled in epochs: a claim that is not confirmed by the end of the next epoch is given back, unless
 * its thread is in user code. The number of shared permits in use is corrected by that of the experiments' own permits.
 * It must not be less than the number of confirmed permits, because each of them has a shared one. It must not be more
 * than the confirmed permits and the claims together, because a claim is taken before the shared permit and withdrawn
 * after it.
 */
final class Reconciliation implements Dispatcher.Keeper {

    /** An experiment whose permits are reconciled. */
    interface PermitHolder {

        /** Returns the experiment's permits. */
        Permits permits();

        /** Returns the hooks that report the experiment's failures. */
        Hooks hooks();
    }

    /** A run that represents its trial, which was left. Except {@link #giveUpLeft()}, none of its methods allocates. */
    interface Left {

        /** Marks this as left; false if it was marked already. */
        boolean markLeft();

        /** Removes that mark. */
        void clearLeft();

        /** Returns the element of the list that was left before this one, or null. */
        @Nullable
        Left nextLeft();

        /** Sets the element of the list that was left before this one. */
        void nextLeft(@Nullable Left next);

        /** Gives up the trial. Called on the dispatcher's thread, or on the closing thread. */
        void giveUpLeft();
    }

    private static final VarHandle LEFT = Fields.handle(MethodHandles.lookup(), "left", Left.class);
    private static final long EPOCH_NANOS = TimeUnit.SECONDS.toNanos(15); // chosen: 3.5 epochs are less than a minute
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String LOST = "memory or stack ran out, and a permit was left that belongs to no trial; "
            + "it is given back, and the call may not be counted";

    private final Permits shared;
    private final List<PermitHolder> holders = new CopyOnWriteArrayList<>();
    private final List<PermitHolder> ended = new CopyOnWriteArrayList<>();
    private volatile @Nullable Left left;
    private volatile int epoch;
    private volatile @Nullable Thread givingUp; // the thread that gives up; the last one, if there are several

    // Used only by the dispatcher thread.
    private long epochEnds;
    private long nextLook;
    private int looks;
    private int leastTooMany;
    private int leastTooFew;

    Reconciliation(Permits shared, long now) {
        this.shared = shared;
        this.epochEnds = now + EPOCH_NANOS;
        this.nextLook = now;
    }

    void add(PermitHolder holder) {
        holders.add(holder);
    }

    /** Removes an experiment that has ended, as soon as it has nothing in flight. */
    void end(PermitHolder holder) {
        ended.add(holder);
    }

    /** Returns the epoch in which permits are claimed now: 0 or 1. */
    int epoch() {
        return epoch;
    }

    /** Returns how many candidates of started trials are in flight. */
    int inFlight() {
        int sum = 0;
        for (PermitHolder holder : holders) {
            sum += holder.permits().confirmed();
        }
        return sum;
    }

    /** Leaves a trial to be given up. */
    void leave(Left one) {
        if (!one.markLeft()) {
            return; // loses to another thread that left the same trial
        }
        boolean isAdded = false;
        try {
            Left first;
            do {
                first = left;
                one.nextLeft(first);
                isAdded = LEFT.compareAndSet(this, first, one); // loses to another leaving thread, or to giveUpAll()
            } while (!isAdded);
        } finally {
            if (!isAdded) {
                one.clearLeft();
            }
        }
    }

    @Override
    public boolean isIdle() {
        return left == null && ended.isEmpty() && shared.inUse() == 0 && isNoneInUse();
    }

    /**
     * Checks the experiments' own permits too, because one may be left over if memory ran out before the shared one was
     * taken.
     */
    private boolean isNoneInUse() {
        for (PermitHolder holder : holders) {
            if (holder.permits().inUse() != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void keep(long now) {
        giveUpLeft();
        for (PermitHolder holder : holders) {
            holder.hooks().tellUnlogged();
        }
        if (now - nextLook >= 0) {
            nextLook = now + LOOK_NANOS;
            look();
        }
        if (now - epochEnds >= 0) {
            epochEnds = now + EPOCH_NANOS;
            turn();
        }
    }

    /**
     * Gives up the trials that were left. A trial for which this fails is left again, for the next time. A nested call
     * does nothing.
     */
    void giveUpLeft() {
        if (givingUp == Thread.currentThread()) {
            return;
        }
        givingUp = Thread.currentThread();
        try {
            giveUpAll();
        } finally {
            givingUp = null;
        }
    }

    private void giveUpAll() {
        Left one = (Left) LEFT.getAndSet(this, null);
        while (one != null) {
            Left next = one.nextLeft();
            one.nextLeft(null);
            try {
                one.giveUpLeft();
            } catch (Throwable again) {
                leave(one);
            }
            one = next;
        }
    }

    private void look() {
        int closed = 1 - epoch;
        int before = shared.inUse();
        int inUse = 0;
        int confirmed = 0;
        for (PermitHolder holder : holders) {
            Permits own = holder.permits();
            confirmed += own.confirmed();
            inUse += own.inUse();
            own.lookForLost(closed);
        }
        int after = shared.inUse();
        int tooMany = Math.min(before, after) - inUse;
        int tooFew = confirmed - Math.max(before, after);
        leastTooMany = looks == 0 ? tooMany : Math.min(leastTooMany, tooMany);
        leastTooFew = looks == 0 ? tooFew : Math.min(leastTooFew, tooFew);
        looks++;
    }

    private void turn() {
        int closed = 1 - epoch; // closed since the last turn
        for (PermitHolder holder : holders) {
            for (int lost = holder.permits().giveBackLost(closed); lost > 0; lost--) {
                holder.hooks().failed(Hook.LOST_PERMIT, LOST);
            }
        }
        if (looks >= Permits.ENOUGH_LOOKS && (leastTooMany > 0 || leastTooFew > 0)) {
            shared.correct(leastTooMany > 0 ? -leastTooMany : leastTooFew);
        }
        looks = 0;
        epoch = closed;
        ended.removeIf(
                holder -> holder.permits().inUse() == 0 && (holders.remove(holder) || !holders.contains(holder)));
    }
}
