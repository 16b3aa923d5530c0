package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Outcome.Kind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a trial what an asynchronous primary came to, without changing what the caller gets.
 *
 * <p>A future belongs to whoever holds it: a caller may complete its own, with a default or with a timeout, and that is no
 * answer of the primary. So the caller gets a copy of a future that is not complete yet, and does with it what it likes.
 *
 * <p>Threads: the caller, whoever completes the stage, and the dispatcher that finds it late. Invariant: the trial is taken
 * out of {@code waiting} once. Consequence: it hears of the primary once, even from a stage of somebody's own making that
 * completes twice, and a stage that outlives it holds neither it nor its caller's thread.
 */
final class AsyncPrimary<T> implements Watch.Late, ObservedPrimary<T> {

    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100); // chosen: between two looks

    private final AtomicReference<@Nullable PendingTrial<T>> waiting;
    private @Nullable Thread caller = Thread.currentThread(); // until the trial is taken out of waiting
    private volatile @Nullable Watch watch;
    private @Nullable PartialAnswer parts; // written before anybody else knows this
    private long patience; // how long it is waited for after the next look; written by one watcher after the other

    /**
     * Nothing is known yet. The trial is given up if its primary never completes. A blocking one has no limit: it has a
     * caller's thread, and those are bounded.
     */
    private AsyncPrimary(PendingTrial<T> trial) {
        this.waiting = new AtomicReference<>(trial);
        this.patience = candidateNanos(trial) + AsyncCandidate.PATIENCE_NANOS;
    }

    private static long candidateNanos(PendingTrial<?> trial) {
        return trial.settings().candidateTimeout().toNanos();
    }

    /**
     * Follows a stage. Never throws.
     *
     * @param isSnapshotTaken whether the trial takes a snapshot. A future runs its dependents in the reverse order
     *     of their registration, so those of the caller would run before ours and could change the value first, except
     *     on a copy, which completes after ours
     * @return what the caller gets: a copy of a plain future that is not complete yet, or else the stage itself
     */
    static <T, S extends CompletionStage<? extends T>> @Nullable S follow(
            @Nullable S answer, PendingTrial<T> trial, boolean isSnapshotTaken) {
        try {
            return followed(answer, trial, isSnapshotTaken);
        } catch (Throwable exhausted) {
            trial.leave();
            return answer;
        }
    }

    private static <T, S extends CompletionStage<? extends T>> @Nullable S followed(
            @Nullable S answer, PendingTrial<T> trial, boolean isSnapshotTaken) {
        if (answer == null) {
            trial.primaryReturned(null);
            return null;
        }
        AsyncPrimary<T> primary = new AsyncPrimary<>(trial);
        if (!isDone(answer)) {
            if (answer.getClass() == CompletableFuture.class) {
                @SuppressWarnings("unchecked") // S is CompletableFuture or a supertype: the class is exactly that
                S copy = (S) primary.copy((CompletableFuture<? extends T>) answer);
                return copy;
            }
            if (isSnapshotTaken) {
                trial.snapshotIsLate(); // a class that cannot be copied: no comparison is better than a false one
            }
        }
        primary.listen(answer);
        return answer;
    }

    /**
     * Observes a primary that somebody else runs.
     *
     * @param parts tells of an answer that comes in parts; null for any other
     */
    static <T> AsyncPrimary<T> observe(PendingTrial<T> trial, @Nullable PartialAnswer parts) {
        AsyncPrimary<T> primary = new AsyncPrimary<>(trial);
        if (parts != null) {
            primary.parts = parts;
            parts.comparedWith(trial.runs());
        }
        primary.watch();
        return primary;
    }

    private static boolean isDone(CompletionStage<?> answer) {
        try {
            return answer instanceof CompletableFuture<?> future && future.isDone();
        } catch (Throwable thrown) { // a minimal stage does not say
            return false;
        }
    }

    private void listen(CompletionStage<? extends T> answer) {
        try {
            answer.whenComplete(this::completed);
            watch();
        } catch (Throwable thrown) { // a custom CompletionStage whose whenComplete throws
            cancelled();
        }
    }

    /**
     * A future that completes like another one, on the same thread: with the same value, or the same throwable in the same
     * shape. To cancel it cancels the other one; whatever else is done to it stays its own.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what depends on these futures contains its own failures
    private <U extends T> CompletableFuture<U> copy(CompletableFuture<U> original) {
        CompletableFuture<U> copy = new CompletableFuture<>();
        copy.whenComplete((value, error) -> {
            if (copy.isCancelled()) {
                original.cancel(true);
            }
        });
        original.whenComplete((value, error) -> {
            try {
                completed(value, error);
            } finally { // whatever becomes of the trial, somebody waits for this
                if (error == null) {
                    copy.complete(value);
                } else {
                    copy.completeExceptionally(error); // as it is: a copy fails exactly like its original
                }
            }
        });
        watch();
        return copy;
    }

    private void watch() {
        PendingTrial<T> trial = waiting.get();
        if (trial != null) {
            // A part of an answer is of use once candidates have had their time; of any other there is all or nothing.
            long next = parts == null ? patience : Math.min(patience, Math.max(candidateNanos(trial), LEAST_NANOS));
            patience -= next;
            Watch registered = trial.watchPrimary(next, this);
            watch = registered;
            if (waiting.get() == null) {
                trial.unwatchPrimary(registered); // loses to tell(), which could not see the watch yet
                watch = null;
            }
        }
    }

    @Override
    public void late(boolean isCancelled) {
        PartialAnswer partial = parts;
        if (!isCancelled && patience > 0 && partial != null) {
            watch = null;
            if (!hasEnded(partial)) {
                watch();
            }
            return;
        }
        giveUp(isCancelled);
    }

    private static boolean hasEnded(PartialAnswer partial) {
        try {
            return partial.endAtDeadline();
        } catch (Throwable exhausted) {
            return false;
        }
    }

    private void giveUp(boolean isCancelled) {
        PendingTrial<T> trial = waiting.getAndSet(null);
        watch = null;
        if (trial != null) { // loses to tell()
            caller = null;
            try {
                trial.primaryNeverCame(isCancelled);
            } catch (Throwable exhausted) {
                trial.leave();
            }
            PartialAnswer kept = parts;
            if (kept != null) {
                kept.forget();
            }
        }
    }

    /** What a CompletionStage came to. */
    private void completed(@Nullable T value, @Nullable Throwable error) {
        if (error == null) {
            returned(value);
        } else if (error instanceof CancellationException) {
            cancelled();
        } else {
            threw(AsyncCandidate.unwrap(error));
        }
    }

    @Override
    public void returned(@Nullable T value) {
        tell(Kind.RETURNED, value, null);
    }

    @Override
    public void threw(Throwable error) {
        tell(Kind.THREW, null, requireNonNull(error, "error"));
    }

    @Override
    public void cancelled() {
        tell(Kind.CANCELLED, null, null);
    }

    @Override
    public void tooLong(OverBudgetException limit) {
        tell(Kind.CANCELLED, null, requireNonNull(limit, "limit"));
    }

    private void tell(Kind kind, @Nullable T value, @Nullable Throwable error) {
        PendingTrial<T> trial = waiting.getAndSet(null);
        if (trial == null) {
            return; // loses to what the stage said before, or to late()
        }
        try {
            if (Thread.currentThread() != caller) {
                trial.primaryCameElsewhere();
            }
            Watch registered = watch;
            if (registered != null) {
                watch = null;
                trial.unwatchPrimary(registered);
            }
            if (error instanceof OverBudgetException tooLong && kind == Kind.CANCELLED) {
                trial.primaryIsTooLong(tooLong);
            } else if (kind == Kind.CANCELLED || (kind == Kind.RETURNED && isPartBesideDocuments(trial))) {
                trial.primaryCancelled();
            } else if (error != null) {
                trial.primaryThrew(error);
            } else {
                trial.primaryReturned(value);
            }
        } catch (Throwable exhausted) {
            trial.leave();
        }
    }

    /** Whether a document of more than this part may have been written of the candidate's answer. */
    private boolean isPartBesideDocuments(PendingTrial<T> trial) {
        PartialAnswer partial = parts;
        return partial != null && partial.isPart() && trial.comparesDocuments();
    }
}
