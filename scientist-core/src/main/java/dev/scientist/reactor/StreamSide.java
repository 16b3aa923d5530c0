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
 * One subscription to what runs beside a stream's primary: taken as far as the primary's subscriber takes that, and then
 * cancelled.
 *
 * <p>Threads: the candidate's, one signal at a time; the primary's and its subscriber's, which run nothing of the candidate's
 * here; those of the {@code Scientist}. Invariant: once {@code ended}, no element is added, and whoever set it completes this,
 * except while {@code pending} waits for how far the primary goes. Consequence: an error that the primary's subscriber would
 * not have come to is not seen. The order of locks: this one's before the primary's.
 */
final class StreamSide<E> extends CompletableFuture<List<E>> implements CoreSubscriber<E>, PartialAnswer {

    private final StreamAnswer<E> primary;
    private final Shadow mark = requireNonNull(Shadow.current(), "the mark of the run that subscribes");
    private final ReentrantLock lock = new ReentrantLock();
    private final List<E> elements =
            new ArrayList<>(); // guarded by lock until this is complete and the primary as well
    private long dropped; // how many were found equal; guarded like elements
    private volatile long delivered; // guarded by lock for writing
    private volatile boolean ended; // guarded by lock for writing
    private boolean isFinishing; // with what it has, as soon as a thread is there for it; guarded by lock
    private @Nullable Throwable pending; // guarded by lock
    private volatile boolean isCut;
    private volatile @Nullable Subscription upstream;

    private StreamSide(StreamAnswer<E> primary) {
        this.primary = primary;
    }

    /** One that has joined its primary. */
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
            // One element more than is kept, so that a longer candidate is seen to be longer.
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

    /** Once the primary has ended, who has delivered more than it can have kept need not go on. */
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

    /** An error after the last element that the primary's subscriber takes is not seen, so it waits for that to be known. */
    private void completeUnlessUnseen(long count, Throwable error) {
        if (primary.isCut() && count >= primary.extent()) {
            return; // not seen: finishAt() comes, or has been here
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

    /** The primary has more elements than it had, or has ended by itself. On its thread. */
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

    /** Only so many elements are compared. On a thread of the primary's subscriber, before that is told to anybody else. */
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

    /** The primary has ended, and nothing more is compared in windows. On its thread. */
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

    /** How many elements it has delivered, those that were dropped included. */
    long delivered() {
        return delivered;
    }

    /** Whether it may deliver more. */
    boolean isGoingOn() {
        return !ended;
    }

    /** Whether it has come to its own end after so many elements, or fewer. */
    boolean hasReturnedUpTo(long count) {
        return isDone() && !isCompletedExceptionally() && delivered <= count;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** The first of those that were not dropped, so many of them if there are. */
    List<E> first(int size) {
        lock.lock();
        try {
            return new ArrayList<>(elements.subList(0, Math.min(size, elements.size())));
        } finally {
            lock.unlock();
        }
    }

    /** The first ones have been found equal. With the lock. */
    void drop(int size) {
        elements.subList(0, size).clear();
        dropped += size;
    }

    /** So many can be kept again. On a thread of the {@code Scientist}. */
    void requestMore(int count) {
        if (count > 0 && !isDone()) {
            Shadow.Scope scope = mark.enter();
            try {
                requireNonNull(upstream).request(count);
            } catch (Throwable thrown) {
                // Its deadline ends it; others are to be asked for more too.
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
        Shadow.Scope scope = mark.enter(); // what the candidate does when it is cancelled is its own
        try {
            requireNonNull(upstream).cancel();
        } finally {
            scope.close();
            complete(elements);
        }
    }

    /** Neither the candidate's code nor a guard's may run on a caller's thread. */
    private static void elsewhere(Runnable task) {
        try {
            Schedulers.boundedElastic().schedule(task);
        } catch (Throwable full) { // or no thread can be made
            // The deadline ends it.
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
                primary.completeCut(); // whatever the candidate makes of being cancelled
            }
        } finally {
            if (isFirst && running != null) {
                running.cancel();
            }
        }
        return isFirst;
    }
}
