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
 * Follows the stage of one asynchronous candidate until it completes, or until it is not waited for any more.
 *
 * <p>Others may wait for the same future, and to cancel a {@link CompletableFuture} stops nothing that works on it. So a
 * future that was not declared owned is left alone: when it is late its permit waits for it, for a while.
 *
 * <p>Threads: the worker that called the candidate, whoever completes the stage, and workers once it is late. Invariant: the
 * run is taken out of {@code following} once. Consequence: it hears of one end, by completion or by loss, and a stage that
 * outlives it does not hold it.
 */
final class AsyncCandidate<T> implements Watch.Late, Dispatcher.Work {

    /** How long after the deadline an incomplete future is waited for; chosen: one that never completes must not keep a permit. */
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
    private volatile @Nullable Watch watch; // of the deadline, and after it of how long it is waited for

    /**
     * A stage that nobody listens to yet.
     *
     * @param deadline finds it late
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
        } catch (Throwable thrown) { // a stage of somebody's own making that cannot even be listened to
            CandidateRun<T> run = letGo();
            if (run != null) {
                run.complete(null, thrown, runtime.now(), true);
            }
        }
    }

    private void completed(@Nullable Object value, @Nullable Throwable error) {
        if (!isHeard.compareAndSet(false, true)) {
            return; // loses to what the stage said before
        }
        Object answer = value;
        CandidateRun<T> waiting = following.get();
        if (waiting != null && error == null && waiting.outcome() == null) {
            try {
                // What is compared of it is written while it is still watched, and only if that can still be compared.
                answer = waiting.written(value);
            } catch (Throwable exhausted) { // no fault of the candidate's
                if (letGo() != null) {
                    waiting.fail();
                }
                return;
            }
        }
        CandidateRun<T> run = letGo(); // null if it was lost meanwhile
        if (run != null) {
            try {
                run.complete(answer, error == null ? null : unwrap(error), runtime.now(), runtime.isSameThread());
            } catch (Throwable exhausted) {
                run.fail();
            }
        } else if (value != null && runtime.options().release != null) {
            Release.release(runtime, value, null, runtime.isSameThread()); // it was lost before
        }
    }

    /** What of it is compared, now that its deadline has passed; null if it is late. A document of it was not written. */
    @Nullable
    Object atDeadline() {
        try {
            boolean isWritten = runtime.judge().documents() != null;
            return !isWritten && pending instanceof PartialAnswer partial ? partial.atDeadline() : null;
        } catch (Throwable thrown) { // the memory has run out, or the stack
            return null;
        }
    }

    /** How many elements at the front of its answer were compared before. */
    long offset() {
        return pending instanceof PartialAnswer partial ? partial.offset() : 0;
    }

    /** Whether a match of its answer proves nothing, since not all of it was compared. */
    boolean isCutAtWindow() {
        return pending instanceof PartialAnswer partial && partial.isCutAtWindow();
    }

    /**
     * It is late, or not wanted any more. On a worker, because what depends on a future is other people's code. Safe to
     * call more than once.
     *
     * @param nanos how long it is still waited for
     */
    void giveUp(long nanos) {
        if (!isGivenUp.compareAndSet(false, true)) {
            return;
        }
        try {
            giveUpOnce(nanos);
        } catch (Throwable exhausted) {
            isGivenUp.set(false); // whoever tries again
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
                runtime.dispatcher().unwatch(patience); // loses to letGo(), which could not see it yet
                watch = null;
            }
        }
    }

    private void cancel(CandidateRun<T> run) {
        Shadow.Scope mark =
                Shadow.enter(runtime.name(), runtime.options().effects, run); // what depends on it is the candidate's
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
        runtime.dispatcher().execute(this); // guards are told
    }

    /** It is not waited for any more. */
    @Override
    public void run() {
        CandidateRun<T> run = letGo();
        if (run != null) { // loses to its completion
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
            runtime.dispatcher().executeLast(this); // a guard may hold what others need
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

    /** What a stage failed with: the same whether or not it passed through dependent stages. */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : null;
        return cause == null ? error : cause;
    }
}
