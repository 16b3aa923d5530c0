package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.OverBudgetException;
import dev.scientist.PartialAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a {@code Flux}: the list of its elements, as far as its subscriber took them, up to a limit. It tells those
 * who run beside it how far that is.
 *
 * <p>Threads: the primary's, one signal at a time; whoever cancels; those of the {@code Scientist}. Invariant: {@code outcome}
 * is taken out once, and completed by whoever took it; {@code extent} is set once, before that. Consequence: both sides are
 * compared as far as it, and afterwards nothing of the call is held here, however long the stream goes on.
 */
final class StreamAnswer<E> implements Answer<E, List<E>> {

    private static final int LAG = 10; // chosen: who keeps up is behind by what is under way, who hangs by ever more

    private static final int NOWHERE = Integer.MAX_VALUE;

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock(); // held by others than the primary for moments, once a call
    private List<E> elements = new ArrayList<>(); // guarded by lock
    private List<StreamSide<E>> sides = new ArrayList<>(1); // guarded by lock
    private volatile @Nullable Outcome outcome = new Outcome(); // guarded by lock for writing
    private volatile int taken;
    private volatile int extent = NOWHERE; // guarded by lock for writing
    private volatile int watched = NOWHERE; // the primary must tell when it passes this

    StreamAnswer(int limit) {
        this.limit = limit;
    }

    /** How many elements of either side are compared at most; the limit and more as long as that is not known. */
    int extent() {
        return extent;
    }

    int limit() {
        return limit;
    }

    @Override
    public CompletableFuture<List<E>> outcome() {
        return requireNonNull(outcome, "an answer of which nothing has been told yet");
    }

    @Override
    public void next(E element) {
        if (outcome == null) {
            return; // nothing is kept any more
        }
        boolean isTooLong;
        lock.lock();
        try {
            boolean isAwaited = outcome != null && extent == NOWHERE;
            isTooLong = isAwaited && elements.size() == limit;
            if (isAwaited && !isTooLong) {
                elements.add(element);
                taken = elements.size();
            }
        } finally {
            lock.unlock();
        }
        if (isTooLong) {
            refuse();
        } else if (taken > watched) {
            watched = NOWHERE;
            sides().forEach(StreamSide::primaryWentOn);
        }
    }

    private void refuse() {
        Taken<E> all = take(false, false);
        if (all != null) {
            CancellationException tooLong = new CancellationException();
            tooLong.initCause(new OverBudgetException("a stream has more than " + limit + " elements"));
            all.outcome().completeExceptionally(tooLong);
        }
    }

    @Override
    public void end() {
        Taken<E> all = take(false, false);
        if (all != null) {
            all.sides().forEach(StreamSide::primaryWentOn);
            all.outcome().complete(all.elements());
        }
    }

    @Override
    public void fail(Throwable error) {
        Taken<E> all = take(false, false);
        if (all != null) {
            all.sides().forEach(StreamSide::primaryWentOn);
            all.outcome().completeExceptionally(new CompletionException(error)); // which the experiment takes off again
        }
    }

    @Override
    public void leave() {
        Taken<E> all = take(false, true);
        if (all == null) {
            return;
        }
        if (all.elements().isEmpty()) {
            all.outcome().cancel(false); // nothing to compare
        } else {
            completePart(all);
        }
    }

    /** A side that runs beside the primary. */
    void join(StreamSide<E> side) {
        lock.lock();
        try {
            if (outcome != null) {
                sides.add(side);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the primary is known to go on after so many elements, or to have ended by itself. */
    boolean isBeyond(int count) {
        return taken > count || (outcome == null && extent == NOWHERE);
    }

    /** Has sides told once the primary goes on after so many elements, or ends by itself. */
    void watch(int count) {
        watched = Math.min(watched, count); // of two sides one may overwrite the other's, and is then late
    }

    /**
     * Ends the comparison where a side is at its deadline, if the primary still runs then, and the side has kept up with it.
     *
     * @param count how many elements the side has delivered
     * @return how many are compared; 0 if the side is late: it lags by more than a tenth of what the primary has and by more
     *     than one element, or the primary has ended
     */
    int cutAt(int count) {
        lock.lock();
        try {
            if (extent == NOWHERE) {
                int delivered = elements.size();
                boolean isLate = outcome == null || delivered == 0 || delivered - count > Math.max(1, delivered / LAG);
                if (isLate) {
                    return 0;
                }
                extent = Math.min(delivered, count);
            }
            return count < extent ? 0 : extent;
        } finally {
            lock.unlock();
        }
    }

    /** Completes what {@link #cutAt} has cut. */
    void completeCut() {
        Taken<E> all = take(true, false);
        if (all != null) {
            all.elements().subList(extent, all.elements().size()).clear();
            completePart(all);
        }
    }

    private void completePart(Taken<E> all) {
        all.outcome().isPart = true;
        all.sides().forEach(side -> side.finishAt(extent)); // before it is compared
        all.outcome().complete(all.elements());
    }

    private record Taken<E>(StreamAnswer<E>.Outcome outcome, List<E> elements, List<StreamSide<E>> sides) {}

    /**
     * What there is to complete, once; null if there is nothing.
     *
     * @param alsoIfCut whether also what is left to whoever cut it
     * @param isPart whether what there is so far is all that is compared
     */
    private @Nullable Taken<E> take(boolean alsoIfCut, boolean isPart) {
        lock.lock();
        try {
            Outcome pending = outcome;
            if (pending == null || (extent != NOWHERE && !alsoIfCut)) {
                return null;
            }
            if (isPart && !elements.isEmpty()) {
                extent = elements.size();
            }
            Taken<E> all = new Taken<>(pending, elements, sides);
            outcome = null;
            elements = new ArrayList<>(0);
            sides = List.of();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private List<StreamSide<E>> sides() {
        lock.lock();
        try {
            return List.copyOf(sides);
        } finally {
            lock.unlock();
        }
    }

    /** What the experiment follows. */
    private final class Outcome extends CompletableFuture<List<E>> implements PartialAnswer {
        private volatile boolean isPart;

        @Override
        public boolean isPart() {
            return isPart;
        }

        @Override
        public void forget() {
            take(true, false);
        }
    }
}
