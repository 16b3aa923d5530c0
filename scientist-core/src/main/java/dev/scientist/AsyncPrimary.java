package dev.scientist;

import dev.scientist.Outcome.Kind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a trial the outcome of an asynchronous primary, without changing what the caller gets.
 *
 * <p>A caller may complete a future that it holds, with a default or by a timeout, and that is not an answer of the
 * primary. So the caller gets a copy of a future that is not complete yet, and may do with it what it likes.
 *
 * <p>Threads: the caller, the thread that completes the future, the dispatcher that finds it late, and workers that ask
 * an answer in parts to end. Invariant: the trial is taken out of {@code waiting} once. Consequence: the trial is told
 * of the primary once, even by a custom CompletionStage that completes twice, and a future that lives on keeps neither
 * the trial nor its caller's thread in memory.
 */
final class AsyncPrimary<T> implements Watch.Late, ObservedPrimary<T> {

    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100); // chosen: between two checks

    private final AtomicReference<@Nullable PendingTrial<T>> waiting;
    private @Nullable Thread caller = Thread.currentThread(); // until the trial is taken out of waiting
    private volatile @Nullable Watch watch;
    private @Nullable PartialAnswer parts; // written before other threads get this object
    private long patience; // the time left after the next check; written by one watching thread after the other

    /**
     * Creates the observer of one primary. The trial is given up if its asynchronous primary never completes. A
     * blocking primary has no limit, because it occupies a caller's thread, and those are bounded.
     */
    private AsyncPrimary(PendingTrial<T> trial) {
        this.waiting = new AtomicReference<>(trial);
        this.patience = candidateNanos(trial) + AsyncCandidate.PATIENCE_NANOS;
    }

    private static long candidateNanos(PendingTrial<?> trial) {
        return trial.settings().candidateTimeout().toNanos();
    }

    /**
     * Follows a future. Never throws.
     *
     * @param isSnapshotTaken whether the trial takes a snapshot. A future runs its dependents in the reverse order of
     *     their registration, so the caller's dependents would run before this one and could change the value first; a
     *     copy completes only after this one
     * @return the future for the caller: a copy of a plain CompletableFuture that is not complete yet, otherwise itself
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
                @SuppressWarnings("unchecked") // S is CompletableFuture or a supertype of it
                S copy = (S) primary.copy((CompletableFuture<? extends T>) answer);
                return copy;
            }
            if (isSnapshotTaken) {
                trial.snapshotIsLate(); // it cannot be copied; no comparison is better than a wrong one
            }
        }
        primary.listen(answer);
        return answer;
    }

    /**
     * Observes a primary that somebody else runs.
     *
     * @param parts the answer if it comes in parts; otherwise null
     */
    static <T> AsyncPrimary<T> observe(PendingTrial<T> trial, @Nullable PartialAnswer parts) {
        AsyncPrimary<T> primary = new AsyncPrimary<>(trial);
        primary.parts = parts;
        primary.watch();
        return primary;
    }

    private static boolean isDone(CompletionStage<?> answer) {
        try {
            return answer instanceof CompletableFuture<?> future && future.isDone();
        } catch (Throwable thrown) { // a minimal CompletionStage does not support it
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
     * Returns a future that completes like another one and on the same thread, with the same value, or with the same
     * throwable in the same wrapping. Cancelling it cancels the original; anything else done to it has no effect on the
     * original.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the dependents contain their own failures
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
            } finally { // the caller waits for this, whatever happens to the trial
                if (error == null) {
                    copy.complete(value);
                } else {
                    copy.completeExceptionally(error); // not wrapped: a copy fails exactly like its original
                }
            }
        });
        watch();
        return copy;
    }

    private void watch() {
        PendingTrial<T> trial = waiting.get();
        if (trial != null) {
            // If the answer comes in parts, a part can be compared when the candidates' time is over. Any other answer
            // is waited for.
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
        PendingTrial<T> trial = waiting.get();
        if (isCancelled || patience <= 0 || partial == null || trial == null) {
            giveUp(isCancelled);
        } else {
            trial.ask(new Question(trial, partial));
        }
    }

    /**
     * Asks an answer in parts to end, on a worker, because an answer that ends reports to the trial, which takes the
     * snapshot and may run the candidate. Until the trial is told, this primary is watched again, whatever the answer
     * does: it may report later, or its thread may have failed before it could report.
     */
    private final class Question implements Dispatcher.Work {
        private final PendingTrial<T> trial;
        private final PartialAnswer partial;

        Question(PendingTrial<T> trial, PartialAnswer partial) {
            this.trial = trial;
            this.partial = partial;
        }

        @Override
        public void run() {
            try {
                trial.asHook(this::ask);
                watch();
            } catch (Throwable exhausted) { // out of memory or stack
                giveUp(true);
            }
        }

        private void ask() {
            try {
                partial.endAtDeadline();
            } catch (Throwable thrown) {
                trial.answerFailed(thrown); // it is asked again later, until the trial is given up
            }
        }

        @Override
        public void discard() {
            giveUp(true);
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

    /** Called with the outcome of a CompletionStage. */
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
    public void threw(@Nullable Throwable error) {
        tell(error == null ? Kind.CANCELLED : Kind.THREW, null, error);
    }

    @Override
    public void cancelled() {
        tell(Kind.CANCELLED, null, null);
    }

    @Override
    public void tooLong(@Nullable OverBudgetException limit) {
        tell(Kind.CANCELLED, null, limit);
    }

    private void tell(Kind kind, @Nullable T value, @Nullable Throwable error) {
        PendingTrial<T> trial = waiting.getAndSet(null);
        if (trial == null) {
            return; // loses to an earlier completion or to giveUp()
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

    /**
     * Whether the primary's answer is only a part, while the candidate's document may have been written from more than
     * this part.
     */
    private boolean isPartBesideDocuments(PendingTrial<T> trial) {
        PartialAnswer partial = parts;
        return partial != null && partial.isPart() && trial.comparesDocuments();
    }
}
