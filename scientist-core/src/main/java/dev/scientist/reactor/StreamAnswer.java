package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.ObservedPrimary;
import dev.scientist.OverBudgetException;
import dev.scientist.PartialAnswer;
import dev.scientist.PartialAnswer.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a {@code Flux}: the list of the elements that its subscriber took. It tells the runs beside it how many
 * these are. If a stream is longer than the limit, windows of it are compared while both sides deliver them, and equal
 * windows are dropped.
 *
 * <p>Threads: the primary's, one signal at a time; the one that cancels; those of the {@code Scientist}. Invariant:
 * {@code primary} is taken out once, and told by the thread that took it; {@code extent} is set at most once and before
 * that; an element is dropped from all sides at once, and only before that. Consequence: both sides are compared up to
 * {@code extent}, each element once, and afterwards nothing of the call is held here, however long the stream goes on.
 */
final class StreamAnswer<E> implements Answer<E>, PartialAnswer {

    private static final int LAG = 10; // chosen: a side that keeps up lags by little, one that hangs by ever more
    private static final int LEAST_SHARE = 8; // chosen: a window has 1/8 of the limit or more, so there are few

    private static final long NOWHERE = Long.MAX_VALUE;

    private final int limit;
    private final @Nullable Windows<List<E>> windows;
    private final ReentrantLock lock = new ReentrantLock(); // other threads hold it only briefly, once a window
    private List<E> elements = new ArrayList<>(); // without dropped ones; guarded by lock
    private long dropped; // guarded by lock
    private volatile boolean isCutAtWindow; // guarded by lock for writing
    private int inWindow; // the number of elements being compared; guarded by lock
    private List<StreamSide<E>> sides = new ArrayList<>(1); // guarded by lock
    private @Nullable ObservedPrimary<List<E>> primary; // is told the outcome once; guarded by lock
    private volatile boolean isOver; // guarded by lock for writing
    private volatile boolean isPart;
    private volatile int runs; // 0 if only the time is needed; written before the primary delivers anything
    private volatile long taken;
    private volatile long extent = NOWHERE; // guarded by lock for writing
    private volatile long watched = NOWHERE; // the primary must tell the sides when it passes this number

    /**
     * Creates an answer without elements.
     *
     * @param limit how many elements are kept, in addition to those being compared
     * @param windows compares windows; null if only whole answers are compared
     */
    StreamAnswer(int limit, @Nullable Windows<List<E>> windows) {
        this.limit = limit;
        this.windows = windows;
    }

    /**
     * Returns how many elements of each side are compared; {@code NOWHERE}, which is larger than any number, while that
     * is not known.
     */
    long extent() {
        return extent;
    }

    boolean isCut() {
        return extent != NOWHERE;
    }

    @Override
    public boolean isCutAtWindow() {
        return isCutAtWindow;
    }

    /**
     * Returns how many elements of a side are kept at most. One element more means that the side is longer, or far
     * ahead.
     */
    long sideLimit() {
        return windows == null ? limit : 2L * limit;
    }

    /** Whether a side with more elements than are kept is longer than this stream, and not only ahead of it. */
    boolean isPassedByMore() {
        return windows == null || isOver;
    }

    /**
     * Sets the object to which the outcome is reported, and returns this. Called before the primary delivers anything.
     */
    StreamAnswer<E> toldTo(ObservedPrimary<List<E>> observed) {
        lock.lock();
        try {
            primary = isOver ? null : observed; // null if the trial was given up already
        } finally {
            lock.unlock();
        }
        return this;
    }

    @Override
    public void next(E element) {
        if (isOver) {
            return; // no elements are kept any more
        }
        boolean isTooLong = false;
        int window = 0;
        lock.lock();
        try {
            if (!isOver && extent == NOWHERE) {
                window = beginWindow();
                isTooLong = isFull();
                if (!isTooLong) {
                    keep(element);
                }
            }
        } finally {
            lock.unlock();
        }
        if (window > 0) {
            compareWindow(window);
        }
        if (isTooLong) {
            passLimit(element);
        } else if (taken > watched) {
            watched = NOWHERE;
            sides().forEach(StreamSide::primaryWentOn);
        }
    }

    /**
     * Whether one more element is too much. If only the time is needed, the time of a stream that would not be compared
     * as a whole is not: that of such a sampled call is not recorded either.
     */
    private boolean isFull() {
        return runs == 0 ? windows == null && taken == limit : elements.size() - inWindow == limit;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written with the lock held
    private void keep(E element) {
        if (runs == 0) {
            taken++;
        } else {
            elements.add(element);
            taken = dropped + elements.size();
        }
    }

    // ---- windows of a long stream ----

    /** Returns how many elements, which all sides have delivered, are to be compared now; 0 for none. */
    private int beginWindow() {
        boolean isDue = taken >= limit && elements.size() >= limit / 2;
        if (windows == null || inWindow > 0 || !isDue || sides.isEmpty() || sides.size() < runs) {
            return 0;
        }
        long delivered = taken;
        for (StreamSide<E> side : sides) {
            delivered = Math.min(delivered, side.delivered());
        }
        int available = (int) (delivered - dropped);
        inWindow = available < Math.max(1, limit / LEAST_SHARE) ? 0 : available;
        return inWindow;
    }

    private void compareWindow(int size) {
        List<List<E>> compared = new ArrayList<>();
        List<StreamSide<E>> beside;
        lock.lock();
        try {
            if (elements.size() < size) {
                return; // another thread has completed it meanwhile
            }
            compared.add(new ArrayList<>(elements.subList(0, size)));
            beside = List.copyOf(sides);
        } finally {
            lock.unlock();
        }
        for (StreamSide<E> side : beside) {
            compared.add(side.first(size));
        }
        requireNonNull(windows).compare(compared, () -> drop(beside), this::cutAtWindow);
    }

    /**
     * Drops a window that is equal. This holds the locks of all sides, so that a thread that completes a side finds the
     * window in all sides or in none.
     */
    private void drop(List<StreamSide<E>> beside) {
        int size = 0;
        beside.forEach(side -> side.lock().lock());
        try {
            lock.lock();
            try {
                if (!isOver && extent == NOWHERE) {
                    size = inWindow;
                    inWindow = 0;
                    elements.subList(0, size).clear();
                    dropped += size;
                    for (StreamSide<E> side : beside) {
                        side.drop(size);
                    }
                }
            } finally {
                lock.unlock();
            }
        } finally {
            beside.forEach(side -> side.lock().unlock());
        }
        for (StreamSide<E> side : beside) {
            side.requestMore(size);
        }
    }

    /**
     * Ends the streams at a window that was not found equal, because the streams cannot be found equal any more. Up to
     * the end of this window they are compared.
     */
    private void cutAtWindow() {
        lock.lock();
        try {
            if (isOver || extent != NOWHERE) {
                return;
            }
            isCutAtWindow = true;
            extent = dropped + inWindow;
        } finally {
            lock.unlock();
        }
        completeCut();
    }

    /** Called when there is no room for one more element. */
    private void passLimit(E element) {
        boolean isShorter = windows != null && sides().stream().anyMatch(side -> side.hasReturnedUpTo(taken));
        if (isShorter) {
            lock.lock();
            try {
                if (!isOver && extent == NOWHERE) {
                    keep(element); // an element that the shorter side does not have
                }
            } finally {
                lock.unlock();
            }
            leave();
            return;
        }
        Taken<E> all = take(false, false);
        if (all != null) {
            all.primary().tooLong(new OverBudgetException(tooLong()));
        }
    }

    private String tooLong() {
        return windows == null
                ? "a stream has more than " + limit + " elements, and is compared as a whole"
                : "a stream is more than " + limit + " elements ahead of what runs beside it, or of the comparison";
    }

    // ---- the end ----

    @Override
    public void end() {
        Taken<E> all = take(false, false);
        if (all != null) {
            all.sides().forEach(StreamSide::primaryWentOn);
            all.sides().forEach(StreamSide::primaryEnded);
            all.primary().returned(all.elements());
        }
    }

    @Override
    public void fail(Throwable error) {
        Taken<E> all = take(false, false);
        if (all != null) {
            all.sides().forEach(StreamSide::primaryWentOn);
            all.sides().forEach(StreamSide::primaryEnded);
            all.primary().threw(error);
        }
    }

    @Override
    public void leave() {
        Taken<E> all = take(false, true);
        if (all == null) {
            return;
        }
        if (taken == 0) {
            all.primary().cancelled(); // there is nothing to compare
        } else {
            completePart(all);
        }
    }

    /**
     * Completes this answer with the elements that its subscriber took, if all sides are done, even if they are done
     * because they were late. Then they wait only for this.
     */
    private void endIfOthersHave() {
        boolean isAwaited = false;
        for (StreamSide<E> side : sides()) {
            isAwaited |= !side.isDone();
        }
        if (!isAwaited && taken > 0 && !sides().isEmpty()) {
            leave();
        }
    }

    /** Adds a side, which runs beside the primary. */
    void join(StreamSide<E> side) {
        lock.lock();
        try {
            if (!isOver) {
                sides.add(side);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the primary is known to have more than {@code count} elements, or to have ended by itself. */
    boolean isBeyond(long count) {
        return taken > count || (isOver && extent == NOWHERE);
    }

    /** Has the sides told when the primary has more than {@code count} elements or ends by itself. */
    void watch(long count) {
        watched = Math.min(watched, count); // a side may overwrite another's number, which is then late
    }

    /**
     * Ends the comparison at the elements that a side has at its deadline, if the primary is still running then and the
     * side has kept up with it.
     *
     * @param count how many elements the side has delivered
     * @return how many elements are compared; 0 if the side is late, because it lags by more than one element and more
     *     than a tenth of the primary's elements, or because the primary has ended
     */
    long cutAt(long count) {
        lock.lock();
        try {
            if (extent == NOWHERE) {
                if (isOver || taken == 0 || !keepsUp(count)) {
                    return 0;
                }
                long least = Math.min(taken, count);
                for (StreamSide<E> side : sides) { // others that keep up must not be late, whoever is asked first
                    long other = side.delivered();
                    least = side.isGoingOn() && keepsUp(other) ? Math.min(least, other) : least;
                }
                extent = least;
            }
            return count < extent ? 0 : extent;
        } finally {
            lock.unlock();
        }
    }

    private boolean keepsUp(long count) {
        return taken - count <= Math.max(1, taken / LAG);
    }

    /** Completes an answer that {@link #cutAt} has cut. */
    void completeCut() {
        Taken<E> all = take(true, false);
        if (all != null) {
            int kept = (int) (extent - all.dropped());
            all.elements().subList(kept, all.elements().size()).clear();
            completePart(all);
        }
    }

    private void completePart(Taken<E> all) {
        isPart = true;
        all.sides().forEach(side -> side.finishAt(extent)); // before they are compared
        all.primary().returned(all.elements());
    }

    private record Taken<E>(
            ObservedPrimary<List<E>> primary, List<E> elements, long dropped, List<StreamSide<E>> sides) {}

    /**
     * Takes out what is to be completed; null if it was taken before or is left to another thread.
     *
     * @param alsoIfCut whether to take it even if it was cut and is left to the thread that cut it
     * @param isPart whether only the elements so far are compared
     */
    private @Nullable Taken<E> take(boolean alsoIfCut, boolean isPart) {
        lock.lock();
        try {
            ObservedPrimary<List<E>> pending = primary;
            if (pending == null || (extent != NOWHERE && !alsoIfCut)) {
                return null;
            }
            if (isPart && taken > 0) {
                extent = taken;
            }
            Taken<E> all = new Taken<>(pending, elements, dropped, sides);
            primary = null;
            isOver = true;
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

    // ---- what the experiment asks ----

    @Override
    public void comparedWith(int count) {
        runs = count;
    }

    @Override
    public boolean isPart() {
        return isPart;
    }

    @Override
    public void endAtDeadline() {
        endIfOthersHave();
    }

    @Override
    public void forget() {
        lock.lock();
        try {
            isOver = true; // even if the trial is given up before toldTo() is called
            primary = null;
            elements = new ArrayList<>(0);
            sides = List.of();
        } finally {
            lock.unlock();
        }
    }
}
