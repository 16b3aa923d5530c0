package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Follows the future of one asynchronous candidate until the future completes or is not waited for any more.
 *
 * <p>Others may wait for the same future, and cancelling a {@link CompletableFuture} does not stop the work behind it.
 * So a future that was not declared owned is not cancelled. When it is late, its permit is kept for a limited time.
 *
 * <p>Threads: the worker that called the candidate, the thread that completes the future, and workers once the future
 * is late. Invariant: the run is taken out of {@code following} once. Consequence: the run is told of exactly one end,
 * completion or loss, and a future that lives on does not keep the run in memory.
 */
final class AsyncCandidate<T> implements Watch.Late, Dispatcher.Work {

    /**
     * How long an incomplete future is waited for after the deadline. Chosen; a limit is needed because a future that
     * never completes must not keep a permit.
     */
    static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final String LOST =
            "a candidate's future was not complete a minute after its deadline; its permit is "
                    + "returned, although work behind it may still be running";
    private static final String LEFT =
            "closing leaves a candidate's future that is not complete; work behind it may still be running";

    private final ExperimentRuntime<T> runtime;
    private final CompletionStage<?> pending;
    private final boolean isOwned;
    private final AtomicReference<@Nullable CandidateRun<T>> following;
    private final AtomicBoolean isHeard = new AtomicBoolean();
    private final AtomicBoolean isGivenUp = new AtomicBoolean();
    private volatile @Nullable Watch watch; // for the deadline, and after it for the end of waiting

    /**
     * Creates a follower that is not registered with the future yet.
     *
     * @param deadline the watch that finds the candidate late
     */
    AsyncCandidate(
            ExperimentRuntime<T> runtime,
            CandidateRun<T> run,
            CompletionStage<?> pending,
            boolean isOwned,
            Watch deadline) {
        this.runtime = runtime;
        this.pending = pending;
        this.isOwned = isOwned;
        this.following = new AtomicReference<>(run);
        this.watch = deadline;
    }

    void listen() {
        try {
            pending.whenComplete(this::completed);
        } catch (Throwable thrown) { // a custom CompletionStage whose whenComplete throws
            CandidateRun<T> run = letGo();
            if (run != null) {
                run.complete(null, thrown, runtime.now(), true);
            }
        }
    }

    private void completed(@Nullable Object value, @Nullable Throwable error) {
        if (!isHeard.compareAndSet(false, true)) {
            return; // loses to an earlier completion
        }
        Object answer = value;
        CandidateRun<T> waiting = following.get();
        if (waiting != null && error == null && waiting.outcome() == null) {
            try {
                // The document is written while the deadline is still watched, and only if it can still be compared.
                answer = waiting.written(value);
            } catch (Throwable exhausted) { // not a failure of the candidate
                if (letGo() != null) {
                    waiting.fail();
                }
                return;
            }
        }
        CandidateRun<T> run = letGo(); // null if the future was given up as lost meanwhile
        if (run != null) {
            try {
                run.complete(answer, error == null ? null : unwrap(error), runtime.now(), runtime.isSameThread());
            } catch (Throwable exhausted) {
                run.fail();
            }
        } else if (value != null && runtime.options().release != null) {
            Release.release(runtime, value, null, runtime.isSameThread()); // it was given up as lost before
        }
    }

    /**
     * Returns the part of the answer that is compared when the deadline has passed; null if the candidate is late. With
     * a snapshot format it is always late, because no document of the part was written.
     */
    @Nullable
    Object atDeadline() {
        try {
            boolean isWritten = runtime.judge().documents() != null;
            return !isWritten && pending instanceof PartialAnswer partial ? partial.atDeadline() : null;
        } catch (Throwable thrown) { // out of memory or stack
            return null;
        }
    }

    /** Returns how many elements at the front of the answer were compared before. */
    long offset() {
        return pending instanceof PartialAnswer partial ? partial.offset() : 0;
    }

    /** Whether a match of the answer proves nothing, because not all of it was compared. */
    boolean isCutAtWindow() {
        return pending instanceof PartialAnswer partial && partial.isCutAtWindow();
    }

    /**
     * Gives up the future, because it is late or not wanted any more. Called on a worker, because the dependents of a
     * future are user code. Safe to call more than once.
     *
     * @param nanos how long the future is still waited for
     */
    void giveUp(long nanos) {
        if (!isGivenUp.compareAndSet(false, true)) {
            return;
        }
        try {
            giveUpOnce(nanos);
        } catch (Throwable exhausted) {
            isGivenUp.set(false); // so that it can be tried again
            throw exhausted;
        }
    }

    private void giveUpOnce(long nanos) {
        CandidateRun<T> run = following.get();
        if (run != null && isOwned) {
            cancel(run);
        }
        if (following.get() != null) {
            Watch patience = runtime.dispatcher().watchNoThread(nanos, this);
            watch = patience;
            if (following.get() == null) {
                runtime.dispatcher().unwatch(patience); // loses to letGo(), which could not see the watch yet
                watch = null;
            }
        }
    }

    private void cancel(CandidateRun<T> run) {
        Shadow.Scope mark =
                Shadow.enter(runtime.name(), runtime.options().effects, run); // dependents run as the candidate
        try {
            CompletableFuture<?> future = pending.toCompletableFuture();
            future.cancel(true);
        } catch (Throwable thrown) {
            runtime.hooks().failed(Hook.CANCELLATION, thrown);
        } finally {
            mark.close();
        }
    }

    @Override
    public void late(boolean isCancelled) {
        runtime.dispatcher().execute(this); // on a worker, because guards are told
    }

    /** Stops waiting for the future. */
    @Override
    public void run() {
        CandidateRun<T> run = letGo();
        if (run != null) { // loses to the completion of the future
            try {
                run.lost(runtime.engine().isShutDown() ? LEFT : LOST);
            } catch (Throwable exhausted) {
                run.fail();
            }
        }
    }

    @Override
    public void discard() {
        try {
            runtime.dispatcher().executeLast(this); // a guard may hold a resource that others need
        } catch (Throwable exhausted) {
            CandidateRun<T> run = letGo();
            if (run != null) {
                run.fail();
            }
        }
    }

    private @Nullable CandidateRun<T> letGo() {
        CandidateRun<T> run = following.getAndSet(null);
        Watch registered = watch;
        if (registered != null) {
            watch = null;
            runtime.dispatcher().unwatch(registered);
        }
        return run;
    }

    /**
     * Returns the error with which a future failed. It is the same whether or not the error passed through dependent
     * futures.
     */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : null;
        return cause == null ? error : cause;
    }
}
