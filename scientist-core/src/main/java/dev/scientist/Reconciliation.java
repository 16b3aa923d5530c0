package dev.scientist;

import dev.scientist.Tally.Hook;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings in order what is left where the memory or the stack runs out: trials that the thread which was at them could not go on
 * with, and permits whose trial never came to be.
 *
 * <p>Threads: any leaves trials, the dispatcher does the rest, and who closes after it. Invariant: a trial that was left is
 * reachable from {@code left} until it has been given up. Consequence: to leave one takes neither memory nor more than a few
 * frames of stack, and it is tried until it succeeds.
 *
 * <p>Permits are compared with trials in epochs: what was claimed in one, and not confirmed by the end of the next, is given
 * back, unless its thread is in other people's code. The permits that all experiments share follow what these have in use: they
 * are never fewer than the trials that have come to be, of which each has one, and never more than those and the claims together,
 * which are taken before the shared one and withdrawn after it.
 */
final class Reconciliation implements Dispatcher.Keeper {

    /** An experiment, whose permits are brought in order. */
    interface PermitHolder {

        /** What it has in flight. */
        Permits permits();

        /** Where its troubles are told. */
        Hooks hooks();
    }

    /** A part of a trial that was left, and with it the trial. None of its methods allocates, but {@link #giveUpLeft()}. */
    interface Left {

        /** True unless it is among those that were left already. */
        boolean markLeft();

        /** It is no longer among them. */
        void clearLeft();

        /** The one that was left before it, or null. */
        @Nullable
        Left nextLeft();

        /** Sets the one that was left before it. */
        void nextLeft(@Nullable Left next);

        /** Gives its trial up. On the dispatcher's thread, or on the one that closes. */
        void giveUpLeft();
    }

    private static final VarHandle LEFT = Fields.handle(MethodHandles.lookup(), "left", Left.class);
    private static final long EPOCH_NANOS = TimeUnit.SECONDS.toNanos(15); // three and a half of them are under a minute
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String LOST = "memory or stack ran out, and a permit was left that belongs to no trial; "
            + "it is given back, and the call may not be counted";

    private final Permits shared;
    private final List<PermitHolder> holders = new CopyOnWriteArrayList<>();
    private final List<PermitHolder> ended = new CopyOnWriteArrayList<>();
    private volatile @Nullable Left left;
    private volatile int epoch;
    private volatile @Nullable Thread givingUp; // the last one to, if several do

    // Only the dispatcher thread.
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

    /** Lets go of an experiment that has ended, as soon as nothing of it is in flight. */
    void end(PermitHolder holder) {
        ended.add(holder);
    }

    /** In which permits are claimed now: 0 or 1. */
    int epoch() {
        return epoch;
    }

    /** How many candidates of trials that have come to be are in flight. */
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
            return; // loses to another thread that was at it
        }
        boolean isAdded = false;
        try {
            Left first;
            do {
                first = left;
                one.nextLeft(first);
                isAdded = LEFT.compareAndSet(this, first, one); // loses to another thread, or to who gives them up
            } while (!isAdded);
        } finally {
            if (!isAdded) {
                one.clearLeft();
            }
        }
    }

    @Override
    public boolean isIdle() {
        return left == null && shared.inUse() == 0 && isNoneInUse();
    }

    /** An experiment's permit may be left where the memory ran out before the shared one was taken. */
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

    /** Gives up what was left. Where that fails too, it is left again, for the next time. Does nothing inside itself. */
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
        int closed = 1 - epoch; // since the last turn
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
