package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a call on the caller's thread: gate, start the candidate, run the primary here, snapshot, back to the
 * caller. What happens aside from it stands in {@link PendingTrial}.
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
    private final Gate gate;
    private final Tally tally;
    private volatile ExperimentSettings settings;

    TrialRunner(String name, ExperimentOptions<T> options, Engine engine) {
        Permits permits = new Permits();
        this.tally = new Tally(
                options.candidates,
                options.ignoreRules.stream().map(IgnoreRule::name).toList(),
                permits);
        Hooks hooks = new Hooks(name, tally);
        this.setup = new Setup<>(
                name, options, engine, permits, tally, hooks, new Judge<>(options, engine.instants(), hooks));
        this.gate = new Gate(name, options, engine, hooks);
        this.settings = options.settings;
    }

    @Override
    public <X extends Throwable> @Nullable T run(
            Implementation<? extends T, X> primary, Implementation<? extends T, ?> candidate) throws X {
        Checks.side(primary, "primary", this);
        Checks.side(candidate, "candidate", this);
        long random = ThreadLocalRandom.current().nextLong();
        long enteredAt = isMeasured(random) ? now() : 0;
        ExperimentSettings admitted = admit(random);
        PendingTrial<T> trial =
                admitted == null ? null : start(admitted, candidate, isReplicated() ? primary : null, false);
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
        ExperimentSettings admitted = admit(random);
        PendingTrial<T> trial = admitted == null ? null : startWithCopy(admitted, argument, primary, candidate);
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
        ExperimentSettings admitted = admit(ThreadLocalRandom.current().nextLong());
        PendingTrial<T> trial =
                admitted == null ? null : start(admitted, candidate, isReplicated() ? primary : null, true);
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
        Reason refusal = gate.earlyRefusal(settings, random);
        if (refusal == Reason.NONE) {
            return new DescribedCall<>(this, this, random); // the same bits give the same answer when the call runs
        }
        tally.skipped(refusal);
        measure(random, enteredAt);
        return null;
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
    public ExperimentSettings settings() {
        return settings;
    }

    @Override
    public ExperimentSettings change(UnaryOperator<ExperimentSettings> change) {
        requireNonNull(change, "change");
        while (true) {
            ExperimentSettings before = settings;
            ExperimentSettings after = requireNonNull(change.apply(before), "changed settings");
            if (SETTINGS.compareAndSet(this, before, after)) { // loses to another thread's change, and looks again
                return after;
            }
        }
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
            tellThrew(trial, thrown);
            throw thrown;
        }
        tellReturned(trial, value);
        if (isMeasured(random)) {
            tally.overhead(trial.overheadNanos(enteredAt));
        }
        return value;
    }

    private <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            PendingTrial<T> trial, Implementation<S, X> primary) throws X {
        S stage;
        try {
            stage = primary.call();
        } catch (Throwable thrown) {
            tellThrew(trial, thrown);
            throw thrown;
        }
        return PrimaryStage.follow(stage, trial, setup.options().snapshot != null);
    }

    @Override
    public <X extends Throwable> @Nullable T runDescribed(DescribedCall<T> call, Implementation<? extends T, X> primary)
            throws X {
        long random = call.random();
        long enteredAt = isMeasured(random) ? now() : 0;
        PendingTrial<T> trial = start(call, random, primary, false);
        if (trial == null) {
            measure(random, enteredAt);
            return primary.call();
        }
        return run(trial, primary, random, enteredAt);
    }

    @Override
    public <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runDescribedAsync(
            DescribedCall<T> call, Implementation<S, X> primary) throws X {
        PendingTrial<T> trial = start(call, call.random(), primary, true);
        return trial == null ? primary.call() : runAsync(trial, primary);
    }

    /** Asks the gate and takes a permit for the only candidate; null if the call was skipped, which is then counted. */
    private @Nullable ExperimentSettings admit(long random) {
        if (candidates().size() != 1) {
            throw new IllegalStateException("experiment \"" + name() + "\" has the candidates " + candidates()
                    + "; offer each by name: call().candidate(name, ...).run(primary)");
        }
        ExperimentSettings now = settings;
        Reason refusal = gate.refusal(now, random, Gate.Details.NONE);
        if (refusal == Reason.NONE && !setup.tryAcquire(now.maxConcurrent())) {
            refusal = Reason.SATURATED;
        }
        if (refusal != Reason.NONE) {
            tally.skipped(refusal);
            return null;
        }
        return now;
    }

    /** Whether a sampled call runs the primary a second time, where there is a permit for it. */
    private boolean isReplicated() {
        double rate = setup.options().replicateRate;
        return rate > 0 && ThreadLocalRandom.current().nextDouble() < rate;
    }

    /**
     * Starts the only candidate, which has its permit; null if its surroundings could not be prepared.
     *
     * @param again the primary, if it is to run once more
     */
    private @Nullable PendingTrial<T> start(
            ExperimentSettings admitted,
            Implementation<?, ?> candidate,
            @Nullable Implementation<?, ?> again,
            boolean isAsync) {
        PendingTrial<T> trial;
        CandidateRun<T> replicate = null;
        CandidateRun<T> run;
        try {
            trial = new PendingTrial<>(setup, admitted, Map.of(), capture());
            replicate = again == null ? null : replicate(admitted, trial, again, isAsync);
            run = new CandidateRun<>(setup, trial, 0, candidate, isAsync, null, replicate);
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.CONTEXT, thrown);
            withdraw(replicate);
            setup.release();
            setup.tally().skipped(Reason.UNSAFE);
            return null;
        }
        return isStarted(trial, run) ? trial : null;
    }

    /** The primary once more, with a permit; null if there is none. */
    private @Nullable CandidateRun<T> replicate(
            ExperimentSettings now, PendingTrial<T> trial, Implementation<?, ?> again, boolean isAsync) {
        CandidateRun<T> replicate =
                new CandidateRun<>(setup, trial, CandidateRun.REPLICATE, again, isAsync, null, null);
        return setup.tryAcquire(now.maxConcurrent()) ? replicate : null;
    }

    private void withdraw(@Nullable CandidateRun<T> replicate) {
        if (replicate != null) {
            setup.release();
        }
    }

    private <A extends @Nullable Object> @Nullable PendingTrial<T> startWithCopy(
            ExperimentSettings admitted,
            A argument,
            Operation<? super A, ? extends T, ?> primary,
            Operation<? super A, ? extends T, ?> candidate) {
        Implementation<T, ?> offered;
        Implementation<T, ?> again;
        try {
            A copy = setup.options().argumentCopiers.copy(argument);
            offered = () -> candidate.apply(copy);
            again = isReplicated() ? withCopy(argument, primary) : null;
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.ARGUMENT_COPIER, thrown);
            setup.release();
            setup.tally().skipped(Reason.UNSAFE);
            return null;
        }
        return start(admitted, offered, again, false);
    }

    private <A extends @Nullable Object> Implementation<T, ?> withCopy(
            A argument, Operation<? super A, ? extends T, ?> primary) {
        A copy = setup.options().argumentCopiers.copy(argument);
        return () -> primary.apply(copy);
    }

    /**
     * Starts the candidates a call offers, as far as there are permits; null if none was started. Each is counted or
     * started.
     */
    private @Nullable PendingTrial<T> start(
            DescribedCall<T> call, long random, Implementation<?, ?> primary, boolean isAsync) {
        if (call.offers().isEmpty()) {
            return null; // no candidate, no experiment
        }
        ExperimentSettings now = settings;
        Reason refusal = gate.refusal(now, random, call);
        if (refusal != Reason.NONE) {
            tally.skipped(refusal);
            return null;
        }
        List<Integer> accepted = accept(call, now.maxConcurrent());
        PendingTrial<T> trial = accepted.isEmpty() ? null : open(now, call, accepted);
        if (trial == null) {
            return null;
        }
        CandidateRun<T> replicate = isReplicated() ? replicate(now, trial, primary, isAsync) : null;
        return isStarted(trial, chain(trial, call, accepted, replicate)) ? trial : null;
    }

    /** Takes a permit for each candidate that is offered; where there is none the candidate is counted as skipped. */
    private List<Integer> accept(DescribedCall<T> call, int limit) {
        List<Integer> accepted = new ArrayList<>(call.offers().size());
        for (int index = 0; index < candidates().size(); index++) {
            if (call.offer(candidates().get(index)) == null) {
                tally.add(index, Ruling.skipped(Reason.DISABLED));
            } else if (!setup.tryAcquire(limit)) {
                tally.add(index, Ruling.skipped(Reason.SATURATED));
            } else {
                accepted.add(index);
            }
        }
        return accepted;
    }

    /** A trial for candidates that have their permits; null if it cannot be described or its context not be captured. */
    private @Nullable PendingTrial<T> open(ExperimentSettings now, DescribedCall<T> call, List<Integer> accepted) {
        Map<String, Object> attributes = gate.attributes(call);
        if (attributes == null) {
            accepted.forEach(index -> withdraw(index, Reason.NOT_SAMPLED));
            return null;
        }
        try {
            return new PendingTrial<>(setup, now, attributes, capture());
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.CONTEXT, thrown);
            accepted.forEach(index -> withdraw(index, Reason.UNSAFE));
            return null;
        }
    }

    /** The candidates whose argument could be copied, in order; a chain grows at its front, so the last one first. */
    private @Nullable CandidateRun<T> chain(
            PendingTrial<T> trial, DescribedCall<T> call, List<Integer> accepted, @Nullable CandidateRun<T> replicate) {
        CandidateRun<T> runs = replicate;
        boolean isAnyStarted = false;
        for (int i = accepted.size() - 1; i >= 0; i--) {
            int index = accepted.get(i);
            try {
                DescribedCall.Offer<T> offer =
                        requireNonNull(call.offer(candidates().get(index)));
                Implementation<?, ?> candidate = offer.side().prepare(setup.options().argumentCopiers);
                runs = new CandidateRun<>(setup, trial, index, candidate, offer.isAsync(), offer.translation(), runs);
                isAnyStarted = true;
            } catch (Throwable thrown) {
                setup.hooks().failed(Hook.ARGUMENT_COPIER, thrown);
                withdraw(index, Reason.UNSAFE);
            }
        }
        if (!isAnyStarted) {
            withdraw(replicate); // nothing to hold its noise against
            return null;
        }
        return runs;
    }

    /** Gives the permit of a candidate back that is not started after all. */
    private void withdraw(int index, Reason reason) {
        setup.release();
        tally.add(index, Ruling.skipped(reason));
    }

    // What follows is the engine's own, and contains even what should not happen, such as memory or stack running out
    // here.

    private boolean isStarted(PendingTrial<T> trial, @Nullable CandidateRun<T> runs) {
        if (runs == null) {
            return false;
        }
        try {
            trial.start(runs);
            return true;
        } catch (Throwable thrown) {
            trial.abandonStart();
            return false;
        }
    }

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

    private ContextCarrier.@Nullable Snapshot capture() {
        return setup.isSameThread() ? null : setup.engine().contextCarriers().capture();
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
