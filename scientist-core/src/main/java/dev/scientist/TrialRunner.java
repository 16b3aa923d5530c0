package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Verdict.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a call on the caller's thread: gate, start the candidate ({@link TrialStarter}), run the primary here,
 * snapshot, back to the caller. What happens aside from it stands in {@link PendingTrial}.
 *
 * <p>Threads: any caller. Invariant: the primary is called exactly once, outside every {@code try} that contains
 * something else. Consequence: what it returns or throws leaves {@code run} unchanged, whatever else fails.
 */
final class TrialRunner<T> implements Experiment<T>, DescribedCall.Runner<T> {

    private static final VarHandle SETTINGS =
            Fields.handle(MethodHandles.lookup(), "settings", ExperimentSettings.class);

    // One call in 64 measures what the library adds to it: two more clock readings.
    private static final long MEASURED_MASK = 63;

    private final Setup<T> setup;
    private final TrialStarter<T> starter;
    private final Tally tally;
    private volatile ExperimentSettings settings;
    private volatile boolean isRemoved;

    TrialRunner(String name, ExperimentOptions<T> options, Engine engine) {
        Permits permits = new Permits();
        this.tally = new Tally(
                options.candidates,
                options.ignoreRules.stream().map(IgnoreRule::name).toList(),
                permits);
        Hooks hooks = new Hooks(name, tally);
        this.setup = new Setup<>(
                name, options, engine, permits, tally, hooks, new Judge<>(options, engine.instants(), hooks));
        this.starter = new TrialStarter<>(setup);
        this.settings = options.settings;
    }

    @Override
    public <X extends Throwable> @Nullable T run(
            Implementation<? extends T, X> primary, Implementation<? extends T, ?> candidate) throws X {
        Checks.side(primary, "primary", this);
        Checks.side(candidate, "candidate", this);
        long random = ThreadLocalRandom.current().nextLong();
        long enteredAt = isMeasured(random) ? now() : 0;
        PendingTrial<T> trial = starter.start(settings, random, primary, candidate, false);
        if (trial == null) {
            measure(random, enteredAt);
            return primary.call();
        }
        return run(trial, primary, random, enteredAt);
    }

    @Override
    public <A extends @Nullable Object, X extends Throwable> @Nullable T run(
            A argument, Operation<? super A, ? extends T, X> primary, Operation<? super A, ? extends T, ?> candidate)
            throws X {
        Checks.side(primary, "primary", this);
        Checks.side(candidate, "candidate", this);
        long random = ThreadLocalRandom.current().nextLong();
        long enteredAt = isMeasured(random) ? now() : 0;
        PendingTrial<T> trial = starter.startWithCopy(settings, random, argument, primary, candidate);
        if (trial == null) {
            measure(random, enteredAt);
            return primary.apply(argument);
        }
        return run(trial, () -> primary.apply(argument), random, enteredAt);
    }

    @Override
    public <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            Implementation<S, X> primary, Implementation<? extends CompletionStage<? extends T>, ?> candidate)
            throws X {
        Checks.side(primary, "primary", this);
        Checks.side(candidate, "candidate", this);
        long random = ThreadLocalRandom.current().nextLong();
        PendingTrial<T> trial = starter.start(settings, random, primary, candidate, true);
        return trial == null ? primary.call() : runAsync(trial, primary);
    }

    @Override
    public Call<T> call() {
        return new DescribedCall<>(this, this, ThreadLocalRandom.current().nextLong());
    }

    @Override
    public @Nullable Call<T> callUnlessSkipped() {
        long random = ThreadLocalRandom.current().nextLong();
        long enteredAt = isMeasured(random) ? now() : 0;
        if (starter.skipsEarly(settings, random)) {
            measure(random, enteredAt);
            return null;
        }
        return new DescribedCall<>(this, this, random); // the same bits give the same answer when the call runs
    }

    @Override
    public String name() {
        return setup.name();
    }

    @Override
    public List<String> candidates() {
        return setup.options().candidates;
    }

    @Override
    public ExperimentOptions<T> options() {
        return setup.options();
    }

    @Override
    public double replicateRate() {
        return setup.options().replicateRate;
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
            ExperimentSettings after = requireNonNull(change.apply(before), "changed settings");
            if (isRemoved) {
                after = after.enabled(false);
            }
            if (SETTINGS.compareAndSet(this, before, after)) { // loses to another thread's change, and looks again
                if (isRemoved && after.isEnabled()) {
                    continue; // loses to stop(), which came in between
                }
                return after;
            }
        }
    }

    /** Starts no candidate from the next call on. It costs a call nothing, because it is what the settings say anyway. */
    void stop() {
        isRemoved = true;
        change(now -> now);
    }

    @Override
    public Tally tally() {
        return tally;
    }

    Hooks hooks() {
        return setup.hooks();
    }

    /** Runs the primary with a trial under way. */
    private <X extends Throwable> @Nullable T run(
            PendingTrial<T> trial, Implementation<? extends T, X> primary, long random, long enteredAt) throws X {
        T value;
        try {
            value = primary.call();
        } catch (Throwable thrown) {
            try {
                tellThrew(trial, thrown);
            } catch (Throwable again) {
                // Giving up failed as well: the caller hears of what the primary threw, and of nothing else.
            }
            throw thrown;
        }
        try {
            tellReturned(trial, value);
            if (isMeasured(random)) {
                tally.overhead(trial.overheadNanos(enteredAt));
            }
        } catch (Throwable again) {
            // Giving up failed as well, and any call from here may: the caller gets what the primary returned.
        }
        return value;
    }

    private <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            PendingTrial<T> trial, Implementation<S, X> primary) throws X {
        S stage;
        try {
            stage = primary.call();
        } catch (Throwable thrown) {
            try {
                tellThrew(trial, thrown);
            } catch (Throwable again) {
                // As above.
            }
            throw thrown;
        }
        try {
            return PrimaryStage.follow(stage, trial, setup.options().snapshot != null);
        } catch (Throwable again) { // giving up failed as well
            return stage;
        }
    }

    @Override
    public <X extends Throwable> @Nullable T runDescribed(DescribedCall<T> call, Implementation<? extends T, X> primary)
            throws X {
        long random = call.random();
        long enteredAt = isMeasured(random) ? now() : 0;
        PendingTrial<T> trial = starter.start(settings, call, primary, false);
        if (trial == null) {
            measure(random, enteredAt);
            return primary.call();
        }
        return run(trial, primary, random, enteredAt);
    }

    @Override
    public <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runDescribedAsync(
            DescribedCall<T> call, Implementation<S, X> primary) throws X {
        PendingTrial<T> trial = starter.start(settings, call, primary, true);
        return trial == null ? primary.call() : runAsync(trial, primary);
    }

    // What follows is the engine's own, and contains even what should not happen, such as memory or stack running out
    // here.

    private void tellReturned(PendingTrial<T> trial, @Nullable T value) {
        try {
            trial.primaryReturned(value);
        } catch (Throwable thrown) {
            trial.abandon(Reason.CANCELLED);
        }
    }

    private void tellThrew(PendingTrial<T> trial, Throwable error) {
        try {
            trial.primaryThrew(error);
        } catch (Throwable thrown) {
            trial.abandon(Reason.CANCELLED);
        }
    }

    private static boolean isMeasured(long random) {
        return (random & MEASURED_MASK) == 0;
    }

    private long now() {
        return setup.engine().ticker().getAsLong();
    }

    private void measure(long random, long enteredAt) {
        if (isMeasured(random)) {
            tally.overhead(now() - enteredAt);
        }
    }
}
