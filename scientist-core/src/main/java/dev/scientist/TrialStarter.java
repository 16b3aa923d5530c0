package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Does the first steps of a call: asks the gate, takes permits, and starts the candidates.
 *
 * <p>Threads: any caller. Invariant: each candidate is either started and has a permit, or is counted as skipped and
 * has none. Failures are reported and never thrown, except when the experiment is used wrongly. Consequence: the caller
 * goes on to its primary, whatever happens to the candidates.
 */
final class TrialStarter<T> {

    private static final int NOT_ADMITTED = -1;

    private final ExperimentRuntime<T> runtime;
    private final List<String> candidates;
    private final Gate gate;

    TrialStarter(ExperimentRuntime<T> runtime) {
        this.runtime = runtime;
        this.candidates = runtime.options().candidates;
        this.gate = new Gate(runtime);
    }

    /** Decides whether a call is skipped before anything is known about it; if so, counts it as skipped. */
    boolean skipsEarly(ExperimentSettings now, long random) {
        Reason refusal = gate.earlyRefusal(now, random);
        if (refusal == Reason.NONE) {
            return false;
        }
        runtime.tally().skipped(refusal);
        return true;
    }

    /**
     * Starts the only candidate; null if the call is skipped.
     *
     * @param random the bits that decide whether it is sampled
     * @throws IllegalStateException if the experiment has several candidates
     */
    @Nullable
    PendingTrial<T> start(
            ExperimentSettings now,
            long random,
            Implementation<?, ?> primary,
            Implementation<?, ?> candidate,
            boolean isAsync) {
        int epoch = admitted(now, random);
        if (epoch == NOT_ADMITTED) {
            return null;
        }
        try {
            return startOnly(now, candidate, isReplicated() ? runtime -> primary : null, isAsync, epoch);
        } catch (Throwable exhausted) {
            return withdrawn(epoch, Reason.UNSAFE);
        }
    }

    /** Starts the only candidate with a copy of the argument; null if the call is skipped. */
    <A extends @Nullable Object> @Nullable PendingTrial<T> startWithCopy(
            ExperimentSettings now,
            long random,
            A argument,
            Operation<? super A, ? extends T, ?> primary,
            Operation<? super A, ? extends T, ?> candidate) {
        int epoch = admitted(now, random);
        if (epoch == NOT_ADMITTED) {
            return null;
        }
        try {
            Implementation<?, ?> copied = prepare(PreparedSide.withCopy(argument, candidate), epoch);
            return copied == null
                    ? withdrawn(epoch, Reason.UNSAFE)
                    : startOnly(
                            now,
                            copied,
                            isReplicated() ? PreparedSide.withCopy(argument, primary) : null,
                            false,
                            epoch);
        } catch (Throwable thrown) {
            withdrawn(epoch, Reason.UNSAFE);
            runtime.hooks().failed(Hook.ARGUMENT_COPIER, thrown);
            return null;
        }
    }

    /**
     * Starts those of the offered candidates for which there is a permit; null if none was started.
     *
     * @param primary the primary; null if other code runs it
     */
    @Nullable
    PendingTrial<T> start(
            ExperimentSettings now, DescribedCall<T> call, @Nullable Implementation<?, ?> primary, boolean isAsync) {
        if (call.offers().isEmpty()) {
            return null; // a call without candidates is not counted
        }
        Reason refusal;
        try {
            refusal = gate.refusal(now, call.random(), call);
        } catch (Throwable exhausted) {
            refusal = Reason.UNSAFE;
        }
        if (refusal != Reason.NONE) {
            runtime.tally().skipped(refusal);
            return null;
        }
        int epoch = runtime.engine().reconciliation().epoch();
        List<Integer> claimed = new ArrayList<>(candidates.size());
        CandidateRun<T> replicate = null;
        PendingTrial<T> trial;
        CandidateRun<T> runs;
        try {
            accept(call, now.maxConcurrent(), epoch, claimed);
            trial = claimed.isEmpty() ? null : open(now, call, claimed, epoch);
            if (trial == null) {
                return null;
            }
            PreparedSide again = isReplicated() ? call.replicate(primary) : null;
            replicate = again == null ? null : replicate(now, trial, again, isAsync, call.hasOwnedFutures(), epoch);
            runs = chain(trial, call, claimed, replicate, epoch);
        } catch (Throwable exhausted) {
            withdrawAll(claimed, epoch, Reason.UNSAFE);
            withdraw(replicate, epoch);
            return null;
        }
        if (claimed.isEmpty()) {
            withdraw(replicate, epoch); // without a candidate the second run of the primary is useless
            return null;
        }
        return isStarted(trial, runs, epoch) ? trial : null;
    }

    /**
     * Prepares an implementation to be called on another thread; null if it must not get its argument. The argument is
     * copied by user code, which may take any time and may throw.
     */
    private @Nullable Implementation<?, ?> prepare(PreparedSide prepared, int epoch) {
        Permits permits = runtime.permits();
        permits.goElsewhere(epoch);
        try {
            return prepared.prepare(runtime);
        } finally {
            permits.comeBack(epoch);
        }
    }

    /** Creates a trial with the caller's captured context. The context is captured by user code too. */
    private PendingTrial<T> trial(ExperimentSettings now, Map<String, Object> attributes, int epoch) {
        Permits permits = runtime.permits();
        permits.goElsewhere(epoch);
        try {
            return new PendingTrial<>(
                    runtime, now, attributes, runtime.engine().contextCarriers().capture(), Mdc.capture());
        } finally {
            permits.comeBack(epoch);
        }
    }

    /**
     * Asks the gate and takes a permit for the only candidate.
     *
     * @return the epoch in which the permit was claimed, or {@link #NOT_ADMITTED} if the call was skipped and counted
     */
    private int admitted(ExperimentSettings now, long random) {
        if (candidates.size() != 1) {
            throw new IllegalStateException("experiment \"" + runtime.name() + "\" has the candidates "
                    + candidates
                    + "; offer each by name: call().candidate(name, ...).run(primary)");
        }
        if (skipsEarly(now, random)) { // first of all, because most calls end here
            return NOT_ADMITTED;
        }
        int epoch = runtime.engine().reconciliation().epoch();
        Reason refusal;
        try {
            refusal = gate.lateRefusal(now, Gate.Details.NONE);
            if (refusal == Reason.NONE && !hasPermit(now.maxConcurrent(), epoch)) {
                refusal = Reason.SATURATED;
            }
        } catch (Throwable exhausted) { // out of memory or stack; failures of hooks are contained
            refusal = Reason.UNSAFE;
        }
        if (refusal != Reason.NONE) {
            runtime.tally().skipped(refusal);
            return NOT_ADMITTED;
        }
        return epoch;
    }

    /** Takes a permit; false if none is free, which is reported to adaptive sampling. */
    private boolean hasPermit(int limit, int epoch) {
        AdaptiveSampling adaptive = runtime.adaptive();
        boolean isTaken = runtime.tryClaim(limit, epoch);
        if (!isTaken && adaptive != null) {
            adaptive.noPermit();
        }
        return isTaken;
    }

    /** Chooses at random whether a sampled call is to run the primary a second time. */
    private boolean isReplicated() {
        double rate = runtime.options().replicateRate;
        return rate > 0 && ThreadLocalRandom.current().nextDouble() < rate;
    }

    /**
     * Starts the only candidate, for which a permit was taken; null if its context could not be captured.
     *
     * @param again the primary, if it is to run a second time
     */
    private @Nullable PendingTrial<T> startOnly(
            ExperimentSettings now,
            Implementation<?, ?> candidate,
            @Nullable PreparedSide again,
            boolean isAsync,
            int epoch) {
        PendingTrial<T> trial;
        CandidateRun<T> replicate = null;
        CandidateRun<T> run;
        try {
            trial = trial(now, Map.of(), epoch);
            replicate = again == null ? null : replicate(now, trial, again, isAsync, false, epoch);
            boolean isOwned = runtime.options().ownedFutures;
            run = new CandidateRun<>(
                    runtime, trial, runtime.options().roles.get(0), candidate, isAsync, isOwned, null, replicate);
        } catch (Throwable thrown) {
            withdraw(replicate, epoch);
            withdrawn(epoch, Reason.UNSAFE);
            runtime.hooks().failed(Hook.CONTEXT, thrown);
            return null;
        }
        return isStarted(trial, run, epoch) ? trial : null;
    }

    /** Creates the second run of the primary; null if no permit is free, or if its argument could not be copied. */
    private @Nullable CandidateRun<T> replicate(
            ExperimentSettings now,
            PendingTrial<T> trial,
            PreparedSide again,
            boolean isAsync,
            boolean isOwned,
            int epoch) {
        if (!hasPermit(now.maxConcurrent(), epoch)) {
            trial.skipReplicate(Reason.SATURATED);
            return null;
        }
        Throwable failure = null;
        try {
            Implementation<?, ?> primary = prepare(again, epoch);
            if (primary != null) {
                return new CandidateRun<>(runtime, trial, Role.REPLICATE, primary, isAsync, isOwned, null, null);
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
        runtime.withdraw(epoch);
        trial.skipReplicate(Reason.UNSAFE);
        if (failure != null) {
            runtime.hooks().failed(Hook.ARGUMENT_COPIER, failure);
        }
        return null;
    }

    private void withdraw(@Nullable CandidateRun<T> replicate, int epoch) {
        if (replicate != null) {
            runtime.withdraw(epoch);
        }
    }

    /** Gives back the permit of the only candidate, which is not started after all. Returns null and never throws. */
    private @Nullable PendingTrial<T> withdrawn(int epoch, Reason reason) {
        runtime.withdraw(epoch);
        try {
            runtime.tally().skipped(reason);
        } catch (Throwable exhausted) {
            // The call is not counted. Rethrowing would make the catching code give the permit back a second time.
        }
        return null;
    }

    /**
     * Takes a permit for each offered candidate. A candidate that gets none, or is not offered, is counted as skipped.
     *
     * @param claimed receives the indices of the candidates that have a permit; its capacity is sufficient
     */
    private void accept(DescribedCall<T> call, int limit, int epoch, List<Integer> claimed) {
        for (int index = 0; index < candidates.size(); index++) {
            if (call.offer(candidates.get(index)) == null) {
                runtime.tally().add(index, Ruling.skipped(Reason.DISABLED));
            } else if (!hasPermit(limit, epoch)) {
                runtime.tally().add(index, Ruling.skipped(Reason.SATURATED));
            } else {
                claimed.add(index);
            }
        }
    }

    /**
     * Creates a trial for candidates that have permits; null if its attributes or its context could not be obtained.
     */
    private @Nullable PendingTrial<T> open(
            ExperimentSettings now, DescribedCall<T> call, List<Integer> claimed, int epoch) {
        Map<String, Object> attributes = attributes(call, epoch);
        if (attributes == null) {
            withdrawAll(claimed, epoch, Reason.NOT_SAMPLED);
            return null;
        }
        try {
            return trial(now, attributes, epoch);
        } catch (Throwable thrown) {
            withdrawAll(claimed, epoch, Reason.UNSAFE);
            runtime.hooks().failed(Hook.CONTEXT, thrown);
            return null;
        }
    }

    /** Returns the attributes of a call, which user code may supply; null if that failed, which is reported. */
    private @Nullable Map<String, Object> attributes(DescribedCall<T> call, int epoch) {
        Permits permits = runtime.permits();
        permits.goElsewhere(epoch);
        try {
            return gate.attributes(call);
        } finally {
            permits.comeBack(epoch);
        }
    }

    /**
     * Links the candidates whose argument could be copied, in order. The chain grows at its front, so this starts with
     * the last candidate.
     *
     * @param claimed the candidates that have permits; those whose permit is given back are removed
     */
    private @Nullable CandidateRun<T> chain(
            PendingTrial<T> trial,
            DescribedCall<T> call,
            List<Integer> claimed,
            @Nullable CandidateRun<T> replicate,
            int epoch) {
        CandidateRun<T> runs = replicate;
        boolean isOwned = runtime.options().ownedFutures || call.hasOwnedFutures();
        for (int i = claimed.size() - 1; i >= 0; i--) {
            int index = claimed.get(i);
            Throwable failure = null;
            try {
                DescribedCall.Offer<T> offer = requireNonNull(call.offer(candidates.get(index)));
                Implementation<?, ?> candidate = prepare(offer.prepared(), epoch);
                if (candidate != null) {
                    runs = new CandidateRun<>(
                            runtime,
                            trial,
                            runtime.options().roles.get(index),
                            candidate,
                            offer.isAsync(),
                            isOwned,
                            offer.translation(),
                            runs);
                    continue;
                }
            } catch (Throwable thrown) {
                failure = thrown;
            }
            claimed.remove(i);
            withdraw(index, epoch, Reason.UNSAFE);
            if (failure != null) {
                runtime.hooks().failed(Hook.ARGUMENT_COPIER, failure);
            }
        }
        return runs;
    }

    /** Gives back the permits of candidates that are not started after all. Never throws. */
    private void withdrawAll(List<Integer> claimed, int epoch, Reason reason) {
        for (int i = claimed.size() - 1; i >= 0; i--) {
            withdraw(claimed.get(i), epoch, reason);
        }
        claimed.clear();
    }

    /** Gives back the permit of a candidate that is not started after all. Never throws. */
    private void withdraw(int index, int epoch, Reason reason) {
        runtime.withdraw(epoch);
        try {
            runtime.tally().add(index, Ruling.skipped(reason));
        } catch (Throwable exhausted) {
            // The call is not counted.
        }
    }

    /**
     * Starts a chain of candidates; false if that fails. Then its permits are given back by the dispatcher or here.
     * Never throws.
     */
    private boolean isStarted(PendingTrial<T> trial, @Nullable CandidateRun<T> runs, int epoch) {
        try {
            AdaptiveSampling adaptive = runtime.adaptive();
            if (adaptive != null) {
                adaptive.started();
            }
            trial.start(requireNonNull(runs), epoch);
            return true;
        } catch (Throwable exhausted) {
            if (!trial.leave()) {
                withdrawChain(runs, epoch);
            }
            return false;
        }
    }

    private void withdrawChain(@Nullable CandidateRun<T> runs, int epoch) {
        for (CandidateRun<T> run = runs; run != null; run = run.next()) {
            if (!run.role().isCandidate()) {
                runtime.withdraw(epoch);
            } else {
                withdraw(run.role().index(), epoch, Reason.UNSAFE);
            }
        }
    }
}
