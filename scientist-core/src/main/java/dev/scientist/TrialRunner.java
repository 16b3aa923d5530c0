package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The engine's {@link Experiment}. Runs a call on the caller's thread: it asks the gate and starts the candidate
 * ({@link TrialStarter}, which counts calls that start none), runs the primary, takes the snapshot and returns to the
 * caller. The work on other threads is in {@link PendingTrial}.
 *
 * <p>Threads: any caller. Invariant: the primary is called once, on the caller's thread, and no {@code try} block
 * around it contains other work. Consequence: what it returns or throws leaves {@code run} unchanged, whatever else
 * fails.
 */
final class TrialRunner<T> implements WindowSource<T>, DescribedCall.Runner<T>, AdaptiveSampling.Owner {

    private static final VarHandle SETTINGS =
            Fields.handle(MethodHandles.lookup(), "settings", ExperimentSettings.class);

    // One call in 64 measures the time that the library adds to it. That costs two more clock readings.
    private static final long MEASURED_MASK = 63;
    private static final long NOT_MEASURED = 1;

    private final ExperimentRuntime<T> runtime;
    private final TrialStarter<T> starter;
    private final Tally tally;
    private final @Nullable AdaptiveSampling adaptive;
    private final PartialAnswer.@Nullable Windows<T> windows;
    private volatile ExperimentSettings settings;
    private volatile boolean isRemoved;

    TrialRunner(String name, ExperimentOptions<T> options, Engine engine) {
        Permits permits = new Permits();
        this.tally = new Tally(
                options.candidates,
                options.ignoreRules.stream().map(IgnoreRule::name).toList(),
                permits);
        Hooks hooks = new Hooks(name, tally);
        this.adaptive = options.sampling == ExperimentOptions.Sampling.ADAPTIVE
                ? new AdaptiveSampling(name, engine, tally, this, LatencyComparisons.of(name, options))
                : null;
        this.settings = adaptive == null ? options.settings : options.settings.adaptation(adaptive.adaptation());
        if (adaptive != null) {
            adaptive.begin(settings);
        }
        this.runtime = new ExperimentRuntime<>(
                name, options, engine, permits, tally, hooks, new Judge<>(options, engine.instants(), hooks), adaptive);
        engine.reconciliation().add(runtime);
        this.starter = new TrialStarter<>(runtime);
        this.windows = StreamWindows.of(runtime, this::settings);
    }

    @Override
    public PartialAnswer.@Nullable Windows<T> windows() {
        return windows;
    }

    @Override
    public <X extends Throwable> @Nullable T run(
            Implementation<? extends T, X> primary, Implementation<? extends T, ?> candidate) throws X {
        RequiredSide.of(primary, "primary", this);
        RequiredSide.of(candidate, "candidate", this);
        long random = NOT_MEASURED;
        long enteredAt = 0;
        PendingTrial<T> trial = null;
        try {
            random = ThreadLocalRandom.current().nextLong();
            enteredAt = isMeasured(random) ? now() : 0;
            trial = starter.start(settings, random, primary, candidate, false);
            if (trial == null) {
                measure(random, enteredAt);
            }
        } catch (Error exhausted) {
            // The library ran out of memory or stack. The primary runs all the same.
        }
        if (trial == null) {
            return isControl(random) ? runControl(primary) : primary.call();
        }
        return run(trial, primary, random, enteredAt);
    }

    @Override
    public <A extends @Nullable Object, X extends Throwable> @Nullable T run(
            A argument, Operation<? super A, ? extends T, X> primary, Operation<? super A, ? extends T, ?> candidate)
            throws X {
        RequiredSide.of(primary, "primary", this);
        RequiredSide.of(candidate, "candidate", this);
        long random = NOT_MEASURED;
        long enteredAt = 0;
        PendingTrial<T> trial = null;
        Implementation<? extends T, X> applied = null;
        try {
            random = ThreadLocalRandom.current().nextLong();
            enteredAt = isMeasured(random) ? now() : 0;
            trial = starter.startWithCopy(settings, random, argument, primary, candidate);
            if (trial == null) {
                measure(random, enteredAt);
            } else {
                applied = () -> primary.apply(argument);
            }
        } catch (Error exhausted) { // out of memory or stack
            if (trial != null) {
                leave(trial);
            }
        }
        if (trial == null || applied == null) {
            return isControl(random) ? runControl(() -> primary.apply(argument)) : primary.apply(argument);
        }
        return run(trial, applied, random, enteredAt);
    }

    @Override
    public <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            Implementation<S, X> primary, Implementation<? extends CompletionStage<? extends T>, ?> candidate)
            throws X {
        RequiredSide.of(primary, "primary", this);
        RequiredSide.of(candidate, "candidate", this);
        long random = NOT_MEASURED;
        PendingTrial<T> trial = null;
        try {
            random = ThreadLocalRandom.current().nextLong();
            trial = starter.start(settings, random, primary, candidate, true);
        } catch (Error exhausted) {
            // The library ran out of memory or stack.
        }
        return trial == null ? runSkippedAsync(primary, isControl(random)) : runAsync(trial, primary);
    }

    @Override
    public Call<T> call() {
        return new DescribedCall<>(this, this, ThreadLocalRandom.current().nextLong());
    }

    @Override
    public @Nullable Call<T> callUnlessSkipped() {
        long random = ThreadLocalRandom.current().nextLong();
        long enteredAt = isMeasured(random) ? now() : 0;
        boolean mayBeControl = adaptive != null && adaptive.mayBeControl(settings, random);
        if (!mayBeControl && starter.skipsEarly(settings, random)) {
            measure(random, enteredAt);
            return null;
        }
        return new DescribedCall<>(this, this, random); // the same bits lead to the same choice when the call runs
    }

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public List<String> candidates() {
        return runtime.options().candidates;
    }

    @Override
    public ExperimentOptions<T> options() {
        return runtime.options();
    }

    @Override
    public double replicateRate() {
        return runtime.options().replicateRate;
    }

    @Override
    public ExperimentSettings settings() {
        return settings;
    }

    @Override
    public ExperimentSettings change(UnaryOperator<ExperimentSettings> change) {
        requireNonNull(change, "change");
        while (true) {
            ExperimentSettings before = settings;
            ExperimentSettings after = adapted(requireNonNull(change.apply(before), "changed settings"));
            if (isRemoved) {
                after = after.enabled(false);
            }
            if (replace(before, after)) { // loses to another thread's change, and looks again
                if (isRemoved && after.isEnabled()) {
                    continue; // loses to stop(), which was called in between
                }
                if (adaptive != null) {
                    adaptive.changed(before, after);
                }
                return after;
            }
        }
    }

    /**
     * Starts no candidate from the next call on. Calls need no additional check for this, because it is done by
     * disabling the experiment in its settings.
     */
    void stop() {
        isRemoved = true;
        change(now -> now);
        runtime.engine().reconciliation().end(runtime);
        runtime.engine().dispatcher().wakeIfAsleep(); // it forgets the experiment in the end, and sleeps until woken
    }

    /** Returns the settings with this experiment's own adaptation if they were taken from another experiment. */
    private ExperimentSettings adapted(ExperimentSettings changed) {
        Adaptation own = adaptive == null ? Adaptation.NONE : adaptive.adaptation();
        return changed.adaptation().most() == own.most()
                        && (adaptive != null || changed.adaptation().halvings() == 0)
                ? changed
                : changed.adaptation(own);
    }

    @Override
    public boolean replace(ExperimentSettings before, ExperimentSettings after) {
        return SETTINGS.compareAndSet(this, before, after);
    }

    @Override
    public Tally tally() {
        return tally;
    }

    Hooks hooks() {
        return runtime.hooks();
    }

    /** Lowers the share of sampled calls; null if the share is constant. */
    @Nullable
    AdaptiveSampling adaptive() {
        return adaptive;
    }

    /** Whether the primary of a skipped call is timed, to compare its latency with that in sampled calls. */
    private boolean isControl(long random) {
        try {
            return adaptive != null && adaptive.isControl(settings, random);
        } catch (Throwable exhausted) { // out of memory or stack
            return false;
        }
    }

    /** The same for a described call; one that offers no candidate is no call of the experiment. */
    private boolean isControl(DescribedCall<T> call) {
        return adaptive != null && !call.offers().isEmpty() && isControl(call.random());
    }

    private <X extends Throwable> @Nullable T runControl(Implementation<? extends T, X> primary) throws X {
        AdaptiveSampling told = requireNonNull(adaptive);
        ExperimentSettings then = settings;
        long startedAt = now();
        try {
            return primary.call();
        } finally {
            try {
                told.took(false, then, now() - startedAt);
            } catch (Throwable thrown) {
                // The library ran out of memory or stack, so this call's time is not recorded.
            }
        }
    }

    private <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runSkippedAsync(
            Implementation<S, X> primary, boolean isControl) throws X {
        if (!isControl) {
            return primary.call();
        }
        AdaptiveSampling told = requireNonNull(adaptive);
        ExperimentSettings then = settings;
        long startedAt = now();
        S future = primary.call();
        try {
            told.follow(future, then, startedAt);
        } catch (Throwable thrown) {
            // The library ran out of memory or stack, or this is a custom CompletionStage whose whenComplete throws.
        }
        return future;
    }

    /** Runs the primary of a call whose candidates were started. */
    private <X extends Throwable> @Nullable T run(
            PendingTrial<T> trial, Implementation<? extends T, X> primary, long random, long enteredAt) throws X {
        T value;
        try {
            value = primary.call();
        } catch (Throwable thrown) {
            try {
                trial.primaryThrew(thrown);
            } catch (Throwable exhausted) {
                leave(trial);
            }
            throw thrown;
        }
        try {
            trial.primaryReturned(value);
            if (isMeasured(random)) {
                tally.overhead(trial.overheadNanos(enteredAt));
            }
        } catch (Throwable exhausted) {
            leave(trial);
        }
        return value;
    }

    private <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            PendingTrial<T> trial, Implementation<S, X> primary) throws X {
        S future;
        try {
            future = primary.call();
        } catch (Throwable thrown) {
            try {
                trial.primaryThrew(thrown);
            } catch (Throwable exhausted) {
                leave(trial);
            }
            throw thrown;
        }
        try {
            return AsyncPrimary.follow(future, trial, runtime.options().snapshot != null);
        } catch (Throwable exhausted) {
            leave(trial);
            return future;
        }
    }

    @Override
    public <X extends Throwable> @Nullable T runDescribed(DescribedCall<T> call, Implementation<? extends T, X> primary)
            throws X {
        long random = NOT_MEASURED;
        long enteredAt = 0;
        PendingTrial<T> trial = null;
        try {
            random = call.random();
            enteredAt = isMeasured(random) ? now() : 0;
            trial = starter.start(settings, call, primary, false);
            if (trial == null) {
                measure(random, enteredAt);
            }
        } catch (Error exhausted) {
            // The library ran out of memory or stack.
        }
        if (trial == null) {
            return isControl(call) ? runControl(primary) : primary.call();
        }
        return run(trial, primary, random, enteredAt);
    }

    @Override
    public <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runDescribedAsync(
            DescribedCall<T> call, Implementation<S, X> primary) throws X {
        PendingTrial<T> trial = null;
        try {
            trial = starter.start(settings, call, primary, true);
        } catch (Error exhausted) {
            // The library ran out of memory or stack.
        }
        return trial == null ? runSkippedAsync(primary, isControl(call)) : runAsync(trial, primary);
    }

    @Override
    public @Nullable ObservedPrimary<T> observeDescribed(DescribedCall<T> call, @Nullable PartialAnswer parts) {
        PendingTrial<T> trial = null;
        try {
            trial = starter.start(settings, call, null, true);
            if (trial == null && !isControl(call)) {
                return null;
            }
            if (parts != null) {
                tell(parts, trial == null ? 0 : trial.runs());
            }
            return trial == null ? requireNonNull(adaptive).observe(settings) : AsyncPrimary.observe(trial, parts);
        } catch (Throwable exhausted) { // out of memory or stack, or parts failed, which is reported
            if (trial != null) {
                leave(trial);
            }
            return null;
        }
    }

    private void tell(PartialAnswer parts, int runs) {
        try {
            parts.comparedWith(runs);
        } catch (Throwable thrown) {
            hooks().failed(Hook.PARTIAL_ANSWER, thrown);
            throw thrown;
        }
    }

    /**
     * Leaves a trial to the dispatcher, because this thread is out of memory or stack. Never throws and allocates
     * nothing.
     */
    private void leave(PendingTrial<T> trial) {
        try {
            trial.leave();
        } catch (Throwable again) {
            // Nothing more can be done here. The caller must still get what the primary returned or threw.
        }
    }

    private static boolean isMeasured(long random) {
        return (random & MEASURED_MASK) == 0;
    }

    private long now() {
        return runtime.now();
    }

    private void measure(long random, long enteredAt) {
        if (isMeasured(random)) {
            tally.overhead(now() - enteredAt);
        }
    }
}
