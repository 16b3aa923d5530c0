package dev.scientist;

import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Runs once per virtual machine the code that the engine executes on a caller's thread, without threads, publishers or
 * other visible effects.
 *
 * <p>Java initialises a class on its first use, which takes far more stack than later uses, and tries that only once.
 * If a caller's stack overflowed during initialisation, the class could never be used again by any thread.
 */
final class Rehearsal {

    private static final AtomicBoolean HELD = new AtomicBoolean();

    private Rehearsal() {}

    /** Rehearses, unless that was done before. Never throws. */
    static void holdOnce() {
        if (HELD.compareAndSet(false, true)) {
            try {
                for (Start start : Start.values()) {
                    hold(start);
                }
            } catch (Throwable thrown) {
                // If this is a real problem, building the scientist will fail in the same way.
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody needs the resulting future
    private static void hold(Start start) {
        AtomicBoolean isExhausted = new AtomicBoolean();
        Engine engine = engine(() -> isExhausted.get() ? exhausted() : 0);
        TrialRunner<Integer> experiment = new TrialRunner<>(
                "rehearsal",
                new ExperimentOptions.Builder<Integer>(InstantSource.system())
                        .start(start)
                        .build(),
                engine);
        experiment.run(() -> 1, () -> 1);
        experiment.run(1, argument -> argument, argument -> argument);
        experiment.call().key(1).attribute("name", 1).candidate(() -> 1).run(() -> 1);
        CompletableFuture<Integer> future = new CompletableFuture<>();
        experiment.runAsync(() -> future, () -> future);
        future.complete(1);
        ObservedPrimary<Integer> observed = experiment.call().candidate(() -> 1).observe();
        if (observed != null) {
            observed.returned(1);
        }
        try {
            experiment.run(Rehearsal::failed, () -> 1);
        } catch (IllegalStateException expected) {
            // The exception of the rehearsed primary.
        }
        experiment.run(
                () -> {
                    isExhausted.set(true);
                    return 1;
                },
                () -> 1);
        isExhausted.set(false);
        engine.reconciliation().giveUpLeft();
        engine.contextCarriers().closed();
    }

    private static Engine engine(LongSupplier ticker) {
        WorkQueue queue = new WorkQueue();
        Dispatcher neverStarted = new Dispatcher(queue, Workers.create(false, false, 1, queue), () -> 0);
        return new Engine(
                neverStarted,
                new PublisherFanOut(List.of(), 1, neverStarted),
                new ContextCarriers(List.of()),
                Integer.MAX_VALUE,
                Duration.ZERO,
                ticker,
                InstantSource.system());
    }

    private static long exhausted() {
        throw new StackOverflowError("of a rehearsal");
    }

    private static Integer failed() {
        throw new IllegalStateException("the primary of a rehearsal");
    }
}
