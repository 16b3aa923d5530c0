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
 * The answer of a {@code Flux}: the list of its elements, as far as its subscriber took them. It tells those who run beside it
 * how far that is. Of a stream that is longer than the limit, windows are compared as both sides deliver them, and those that
 * are equal are kept no longer.
 *
 * <p>Threads: the primary's, one signal at a time; whoever cancels; those of the {@code Scientist}. Invariant: {@code primary}
 * is taken out once, and told by whoever took it; {@code extent} is set once, before that; an element is dropped from all
 * sides at once, and only before that. Consequence: both sides are compared as far as it, each element once, and afterwards
 * nothing of the call is held here, however long the stream goes on.
 */
final class StreamAnswer<E> implements Answer<E>, PartialAnswer {

    private static final int LAG = 10; // chosen: who keeps up is behind by what is under way, who hangs by ever more
    private static final int LEAST_SHARE =
            8; // chosen: of the limit a window has an eighth or more, so that they are few

    private static final long NOWHERE = Long.MAX_VALUE;

    private final int limit;
    private final @Nullable Windows<List<E>> windows;
    private final ReentrantLock lock =
            new ReentrantLock(); // held by others than the primary for moments, once a window
    private List<E> elements = new ArrayList<>(); // those not dropped; guarded by lock
    private long dropped; // guarded by lock
    private volatile boolean isCutAtWindow; // guarded by lock for writing
    private int inWindow; // of the elements, how many are being compared; guarded by lock
    private List<StreamSide<E>> sides = new ArrayList<>(1); // guarded by lock
    private @Nullable ObservedPrimary<List<E>> primary; // told once; guarded by lock
    private volatile boolean isOver; // guarded by lock for writing
    private volatile boolean isPart;
    private volatile int runs; // written before the primary delivers anything
    private volatile long taken;
    private volatile long extent = NOWHERE; // guarded by lock for writing
    private volatile long watched = NOWHERE; // the primary must tell when it passes this

    /**
     * Nothing yet.
     *
     * @param limit how many elements are kept, beside those that are being compared
     * @param windows compares windows; null where only whole answers are compared
     */
    StreamAnswer(int limit, @Nullable Windows<List<E>> windows) {
        this.limit = limit;
        this.windows = windows;
    }

    /** How many elements of either side are compared at most; a number beyond all limits as long as that is not known. */
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

    /** How many elements of a side are kept at most, so that one more means that it is longer, or far ahead. */
    long sideLimit() {
        return windows == null ? limit : 2L * limit;
    }

    /** Whether a side that has more elements than are kept is longer than this, and not only ahead of it. */
    boolean isPassedByMore() {
        return windows == null || isOver;
    }

    /** This, which tells the experiment from now on. Before the primary delivers anything. */
    StreamAnswer<E> toldTo(ObservedPrimary<List<E>> observed) {
        lock.lock();
        try {
            primary = isOver ? null : observed; // its trial may have been given up already
        } finally {
            lock.unlock();
        }
        return this;
    }

    @Override
    public void next(E element) {
        if (isOver) {
            return; // nothing is kept any more
        }
        boolean isTooLong = false;
        int window = 0;
        lock.lock();
        try {
            if (!isOver && extent == NOWHERE) {
                window = beginWindow();
                isTooLong = elements.size() - inWindow == limit;
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

    private void keep(E element) {
        elements.add(element);
        taken = dropped + elements.size();
    }

    // ---- windows of a long stream ----

    /** How many elements to compare now, which all sides have delivered; 0 for none. */
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
                return; // somebody has completed it meanwhile
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

    /** The window is equal: it goes. With the locks of all, so that whoever completes a side finds it there in all or none. */
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

    /** The window is not known to be equal, and so neither are the streams, whatever comes: it is what is compared. */
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

    /** There is no place for one more element. */
    private void passLimit(E element) {
        boolean isShorter = windows != null && sides().stream().anyMatch(side -> side.hasReturnedUpTo(taken));
        if (isShorter) {
            lock.lock();
            try {
                if (!isOver && extent == NOWHERE) {
                    keep(element); // which that side does not have
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
            all.primary().cancelled(); // nothing to compare
        } else {
            completePart(all);
        }
    }

    /**
     * Completes it as far as its subscriber took it, if all that run beside it have come to their end: whether because they are
     * done or because they are late, they wait for nothing but this.
     */
    private boolean endIfOthersHave() {
        boolean isAwaited = false;
        for (StreamSide<E> side : sides()) {
            isAwaited |= !side.isDone();
        }
        if (isAwaited || taken == 0 || sides().isEmpty()) {
            return false;
        }
        leave();
        return isOver;
    }

    /** A side that runs beside the primary. */
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

    /** Whether the primary is known to go on after so many elements, or to have ended by itself. */
    boolean isBeyond(long count) {
        return taken > count || (isOver && extent == NOWHERE);
    }

    /** Has sides told once the primary goes on after so many elements, or ends by itself. */
    void watch(long count) {
        watched = Math.min(watched, count); // of two sides one may overwrite the other's, and is then late
    }

    /**
     * Ends the comparison where a side is at its deadline, if the primary still runs then, and the side has kept up with it.
     *
     * @param count how many elements the side has delivered
     * @return how many are compared; 0 if the side is late: it lags by more than a tenth of what the primary has and by more
     *     than one element, or the primary has ended
     */
    long cutAt(long count) {
        lock.lock();
        try {
            if (extent == NOWHERE) {
                if (isOver || taken == 0 || !keepsUp(count)) {
                    return 0;
                }
                long least = Math.min(taken, count);
                for (StreamSide<E> side : sides) { // who is as near as that must not be late for who was asked first
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

    /** Completes what {@link #cutAt} has cut. */
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
        all.sides().forEach(side -> side.finishAt(extent)); // before it is compared
        all.primary().returned(all.elements());
    }

    private record Taken<E>(
            ObservedPrimary<List<E>> primary, List<E> elements, long dropped, List<StreamSide<E>> sides) {}

    /**
     * What there is to complete, once; null if there is nothing.
     *
     * @param alsoIfCut whether also what is left to whoever cut it
     * @param isPart whether what there is so far is all that is compared
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
    public boolean endAtDeadline() {
        return endIfOthersHave();
    }

    @Override
    public void forget() {
        lock.lock();
        try {
            isOver = true; // also where the experiment gives it up before it says whom to tell
            primary = null;
            elements = new ArrayList<>(0);
            sides = List.of();
        } finally {
            lock.unlock();
        }
    }
}
