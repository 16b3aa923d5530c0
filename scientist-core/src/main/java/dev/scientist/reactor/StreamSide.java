package dev.scientist.reactor;

import static java.util.Objects.requireNonNull;

import dev.scientist.PartialAnswer;
import dev.scientist.Shadow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Schedulers;

/**
 * One subscription to a run beside a stream's primary. It takes as many elements as the primary's subscriber takes of
 * the primary, and is then cancelled.
 *
 * <p>Threads: the candidate's, one signal at a time; the primary's and its subscriber's, which run no code of the
 * candidate here; those of the {@code Scientist}. Invariant: once {@code ended} is set, no element is added, and the
 * thread that set it completes this, except while a {@code pending} error waits until it is known how far the primary
 * goes. Consequence: an error after the last element that the primary's subscriber takes is ignored. Lock order: this
 * one's lock before the primary's.
 */
final class StreamSide<E> extends CompletableFuture<List<E>> implements CoreSubscriber<E>, PartialAnswer {

    private final StreamAnswer<E> primary;
    private final Shadow mark = requireNonNull(Shadow.current(), "the mark of the run that subscribes");
    private final ReentrantLock lock = new ReentrantLock();
    private final List<E> elements = new ArrayList<>(); // guarded by lock until this and the primary are complete
    private long dropped; // the number of elements found equal; guarded like elements
    private volatile long delivered; // guarded by lock for writing
    private volatile boolean ended; // guarded by lock for writing
    private boolean isFinishing; // another thread is about to complete it; guarded by lock
    private @Nullable Throwable pending; // guarded by lock
    private volatile boolean isCut;
    private volatile @Nullable Subscription upstream;

    private StreamSide(StreamAnswer<E> primary) {
        this.primary = primary;
    }

    /** Creates a side and adds it to its primary's. */
    static <E> StreamSide<E> beside(StreamAnswer<E> primary) {
        StreamSide<E> side = new StreamSide<>(primary);
        primary.join(side);
        return side;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        if (isDone()) {
            subscription.cancel(); // loses to cancel(), which could not see it yet
        } else {
            // One element more than is kept shows that a candidate is longer.
            subscription.request(Math.min(primary.sideLimit() + 1, primary.extent()));
        }
    }

    @Override
    public void onNext(E element) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            elements.add(element);
            delivered = dropped + elements.size();
            ended = isLonger() || delivered >= primary.extent();
            if (!ended) {
                return;
            }
        } finally {
            lock.unlock();
        }
        requireNonNull(upstream).cancel();
        complete(elements);
    }

    /**
     * Whether this side has more elements than the primary can have kept, and is not merely ahead of a primary that
     * still runs. Then it is longer and need not go on.
     */
    private boolean isLonger() {
        return elements.size() > primary.sideLimit() && primary.isPassedByMore();
    }

    @Override
    public void onComplete() {
        if (hasEnded(null)) {
            complete(elements);
        }
    }

    @Override
    public void onError(Throwable error) {
        if (hasEnded(error)) {
            completeUnlessUnseen(delivered, error);
        }
    }

    private boolean hasEnded(@Nullable Throwable error) {
        lock.lock();
        try {
            boolean isFirst = !ended;
            ended = true;
            if (isFirst) {
                pending = error;
            }
            return isFirst;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes with an error, unless it comes after the last element that the primary's subscriber takes. If that is
     * not known yet, the error waits.
     */
    private void completeUnlessUnseen(long count, Throwable error) {
        if (primary.isCut() && count >= primary.extent()) {
            return; // the error is ignored: finishAt() completes this
        }
        boolean isSeen = count == 0 || primary.isCut();
        if (!isSeen) {
            primary.watch(count);
            isSeen = primary.isBeyond(count);
        }
        if (isSeen && takePending() != null) { // loses to primaryWentOn() or finishAt()
            completeExceptionally(error);
        }
    }

    private @Nullable Throwable takePending() {
        lock.lock();
        try {
            Throwable error = pending;
            pending = null;
            return error;
        } finally {
            lock.unlock();
        }
    }

    /** Called on the primary's thread when the primary has delivered further elements or has ended by itself. */
    void primaryWentOn() {
        lock.lock();
        try {
            boolean isUnseen = primary.isCut() && delivered >= primary.extent();
            if (pending == null || isUnseen || !primary.isBeyond(delivered)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        elsewhere(() -> {
            Throwable error = takePending();
            if (error != null) {
                completeExceptionally(error);
            }
        });
    }

    /**
     * Called when only {@code extent} elements are compared, on a thread of the primary's subscriber and before the
     * primary's answer completes.
     */
    void finishAt(long extent) {
        boolean isToBeCompleted;
        lock.lock();
        try {
            boolean isThere = delivered >= extent;
            isToBeCompleted = isThere && (!ended || pending != null);
            isFinishing |= isToBeCompleted;
            if (isThere) {
                ended = true;
                pending = null;
                elements.subList((int) (extent - dropped), elements.size()).clear();
            }
        } finally {
            lock.unlock();
        }
        if (isToBeCompleted) {
            elsewhere(this::finish);
        }
    }

    /** Called on the primary's thread when the primary has ended, so that no further windows are compared. */
    void primaryEnded() {
        lock.lock();
        try {
            if (ended || !isLonger()) {
                return;
            }
            ended = true;
            isFinishing = true;
        } finally {
            lock.unlock();
        }
        elsewhere(this::finish);
    }

    // ---- windows of a long stream ----

    /** Returns how many elements this side has delivered, including dropped ones. */
    long delivered() {
        return delivered;
    }

    /** Whether this side may deliver more elements. */
    boolean isGoingOn() {
        return !ended;
    }

    /** Whether this side has completed by itself with at most {@code count} elements. */
    boolean hasReturnedUpTo(long count) {
        return isDone() && !isCompletedExceptionally() && delivered <= count;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Returns the first {@code size} elements that were not dropped, or fewer if there are fewer. */
    List<E> first(int size) {
        lock.lock();
        try {
            return new ArrayList<>(elements.subList(0, Math.min(size, elements.size())));
        } finally {
            lock.unlock();
        }
    }

    /** Drops the first elements, which have been found equal. Called with the lock held. */
    void drop(int size) {
        elements.subList(0, size).clear();
        dropped += size;
    }

    /** Requests further elements, because as many were dropped. Called on a thread of the {@code Scientist}. */
    void requestMore(int count) {
        if (count > 0 && !isDone()) {
            Shadow.Scope scope = mark.enter();
            try {
                requireNonNull(upstream).request(count);
            } catch (Throwable thrown) {
                // The deadline ends this side. The other sides must still be asked for more.
            } finally {
                scope.close();
            }
        }
    }

    @Override
    public boolean isCutAtWindow() {
        return primary.isCutAtWindow();
    }

    @Override
    public long offset() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    // ---- the end ----

    private void finish() {
        Shadow.Scope scope = mark.enter(); // the candidate's code that reacts to cancelling runs as a shadow
        try {
            requireNonNull(upstream).cancel();
        } finally {
            scope.close();
            complete(elements);
        }
    }

    /** Runs a task on another thread, because code of the candidate or of a guard must not run on a caller's. */
    private static void elsewhere(Runnable task) {
        try {
            Schedulers.boundedElastic().schedule(task);
        } catch (Throwable full) { // or no thread can be created
            // The deadline ends this side.
        }
    }

    @Override
    public @Nullable Object atDeadline() {
        List<E> part;
        lock.lock();
        try {
            if (ended) {
                return isFinishing ? new ArrayList<>(elements) : null;
            }
            part = new ArrayList<>(elements);
            long extent = primary.cutAt(delivered);
            if (extent == 0) {
                return null;
            }
            part.subList((int) (extent - dropped), part.size()).clear();
            ended = true;
        } finally {
            lock.unlock();
        }
        isCut = true;
        return part;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean isFirst = super.cancel(mayInterruptIfRunning);
        hasEnded(null);
        takePending();
        Subscription running = upstream;
        try {
            if (isCut) {
                primary.completeCut(); // before the candidate is cancelled, whatever it does then
            }
        } finally {
            if (isFirst && running != null) {
                running.cancel();
            }
        }
        return isFirst;
    }
}
