package dev.scientist;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells a trial what an asynchronous primary came to, without changing what the caller gets.
 *
 * <p>Threads: the caller, and whoever completes the stage. Invariant: {@code told} goes from false to true once. Consequence: the trial hears of the
 * primary once, even from a stage of somebody's own making that completes twice.
 */
final class PrimaryStage<T> {

    private final PendingTrial<T> trial;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Watch watch;

    private PrimaryStage(PendingTrial<T> trial) {
        this.trial = trial;
    }

    /**
     * Follows a stage.
     *
     * @param isSnapshotTaken whether the trial takes a snapshot. A future runs its dependents in the reverse order
     *     of their registration, so those of the caller would run before ours and could change the value first; then
     *     the caller gets a copy of the future that completes after ours
     * @return what the caller gets: the stage itself, or such a copy
     */
    static <T, S extends CompletionStage<? extends T>> @Nullable S follow(
            @Nullable S stage, PendingTrial<T> trial, boolean isSnapshotTaken) {
        if (stage == null) {
            trial.primaryReturned(null);
            return null;
        }
        PrimaryStage<T> primary = new PrimaryStage<>(trial);
        if (isSnapshotTaken && !isDone(stage)) {
            if (stage.getClass() == CompletableFuture.class) {
                @SuppressWarnings("unchecked") // S is CompletableFuture or a supertype: the class is exactly that
                S copy = (S) primary.copy((CompletableFuture<? extends T>) stage);
                return copy;
            }
            trial.snapshotIsLate(); // a class that cannot be copied: no comparison is better than a false one
        }
        primary.listen(stage);
        return stage;
    }

    private static boolean isDone(CompletionStage<?> stage) {
        try {
            return stage instanceof CompletableFuture<?> future && future.isDone();
        } catch (Throwable thrown) { // a minimal stage does not say
            return false;
        }
    }

    private void listen(CompletionStage<? extends T> stage) {
        try {
            stage.whenComplete(this::tell);
            watch();
        } catch (Throwable thrown) { // a stage of somebody's own making that cannot be listened to
            if (told.compareAndSet(false, true)) {
                trial.primaryCancelled();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what depends on these futures contains its own failures
    private <U extends T> CompletableFuture<U> copy(CompletableFuture<U> original) {
        CompletableFuture<U> copy = new CompletableFuture<>();
        original.whenComplete((value, error) -> {
            tell(value, error);
            if (error == null) {
                copy.complete(value);
            } else {
                copy.completeExceptionally(error); // as it is: a copy fails exactly like its original
            }
        });
        copy.whenComplete((value, error) -> {
            if (copy.isCancelled()) {
                original.cancel(true);
            }
        });
        watch();
        return copy;
    }

    private void watch() {
        if (!told.get()) {
            Watch registered = trial.watchPrimary();
            watch = registered;
            if (told.get()) {
                trial.unwatchPrimary(registered); // tell() came before it could see the watch
            }
        }
    }

    private void tell(@Nullable T value, @Nullable Throwable error) {
        if (!told.compareAndSet(false, true)) {
            return; // loses to what the stage said before
        }
        Watch registered = watch;
        if (registered != null) {
            trial.unwatchPrimary(registered);
        }
        if (error == null) {
            trial.primaryReturned(value);
        } else if (error instanceof CancellationException) {
            trial.primaryCancelled();
        } else {
            trial.primaryThrew(CandidateRun.unwrap(error));
        }
    }
}
