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
 * The first steps of a call's walk: asks the gate, takes permits, and starts the candidates.
 *
 * <p>Threads: any caller. Invariant: each candidate is either started, and has its permit, or counted as skipped, and
 * has none; what fails here is reported and never thrown, except that an experiment is used wrongly. Consequence: the
 * caller goes on to its primary, whatever became of the candidates.
 */
final class TrialStarter<T> {

    private static final int NOT_ADMITTED = -1;

    private final Setup<T> setup;
    private final List<String> candidates;
    private final Gate gate;

    TrialStarter(Setup<T> setup) {
        this.setup = setup;
        this.candidates = setup.options().candidates;
        this.gate = new Gate(setup);
    }

    /** Whether a call of which nothing is known yet is skipped, which is then counted. */
    boolean skipsEarly(ExperimentSettings now, long random) {
        Reason refusal = gate.earlyRefusal(now, random);
        if (refusal == Reason.NONE) {
            return false;
        }
        setup.tally().skipped(refusal);
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
            return startOnly(now, candidate, isReplicated() ? setup -> primary : null, isAsync, epoch);
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
            Implementation<?, ?> copied = prepared(DescribedCall.Side.withCopy(argument, candidate));
            return copied == null
                    ? withdrawn(epoch, Reason.UNSAFE)
                    : startOnly(
                            now,
                            copied,
                            isReplicated() ? DescribedCall.Side.withCopy(argument, primary) : null,
                            false,
                            epoch);
        } catch (Throwable exhausted) {
            return withdrawn(epoch, Reason.UNSAFE);
        }
    }

    /** Starts the candidates that a call offers, as far as there are permits; null if none was started. */
    @Nullable
    PendingTrial<T> start(
            ExperimentSettings now, DescribedCall<T> call, Implementation<?, ?> primary, boolean isAsync) {
        if (call.offers().isEmpty()) {
            return null; // no candidate, no experiment
        }
        Reason refusal;
        try {
            refusal = gate.refusal(now, call.random(), call);
        } catch (Throwable exhausted) {
            refusal = Reason.UNSAFE;
        }
        if (refusal != Reason.NONE) {
            setup.tally().skipped(refusal);
            return null;
        }
        int epoch = setup.engine().reconciliation().epoch();
        List<Integer> accepted = accept(call, now.maxConcurrent(), epoch);
        PendingTrial<T> trial = accepted.isEmpty() ? null : open(now, call, accepted, epoch);
        if (trial == null) {
            return null;
        }
        CandidateRun<T> replicate = isReplicated()
                ? replicate(now, trial, call.replicate(primary), isAsync, call.hasOwnedFutures(), epoch)
                : null;
        return isStarted(trial, chain(trial, call, accepted, replicate, epoch), epoch) ? trial : null;
    }

    /** What runs aside, ready to be called; null, told, if it could not be made ready safely. */
    private @Nullable Implementation<?, ?> prepared(DescribedCall.Side side) {
        try {
            return side.prepare(setup);
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.ARGUMENT_COPIER, thrown);
            return null;
        }
    }

    /**
     * Asks the gate and takes a permit for the only candidate.
     *
     * @return the epoch in which the permit is claimed; {@link #NOT_ADMITTED} if the call was skipped, which is then counted
     */
    private int admitted(ExperimentSettings now, long random) {
        if (candidates.size() != 1) {
            throw new IllegalStateException("experiment \"" + setup.name() + "\" has the candidates "
                    + candidates
                    + "; offer each by name: call().candidate(name, ...).run(primary)");
        }
        if (skipsEarly(now, random)) { // before anything is looked up, because most calls end here
            return NOT_ADMITTED;
        }
        int epoch = setup.engine().reconciliation().epoch();
        Reason refusal;
        try {
            refusal = gate.lateRefusal(now, Gate.Details.NONE);
            if (refusal == Reason.NONE && !hasPermit(now.maxConcurrent(), epoch)) {
                refusal = Reason.SATURATED;
            }
        } catch (Throwable exhausted) { // the memory or the stack has run out; hooks are contained
            refusal = Reason.UNSAFE;
        }
        if (refusal != Reason.NONE) {
            setup.tally().skipped(refusal);
            return NOT_ADMITTED;
        }
        return epoch;
    }

    /** Takes a permit; false, told, if there is none. */
    private boolean hasPermit(int limit, int epoch) {
        boolean isTaken = setup.tryClaim(limit, epoch);
        AdaptiveSampling adaptive = setup.adaptive();
        if (!isTaken && adaptive != null) {
            adaptive.noPermit();
        }
        return isTaken;
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
    private @Nullable PendingTrial<T> startOnly(
            ExperimentSettings now,
            Implementation<?, ?> candidate,
            DescribedCall.@Nullable Side again,
            boolean isAsync,
            int epoch) {
        PendingTrial<T> trial;
        CandidateRun<T> replicate = null;
        CandidateRun<T> run;
        try {
            trial = new PendingTrial<>(setup, now, Map.of(), capture(), Mdc.capture());
            replicate = again == null ? null : replicate(now, trial, again, isAsync, false, epoch);
            boolean isOwned = setup.options().ownedFutures;
            run = new CandidateRun<>(setup, trial, 0, candidate, isAsync, isOwned, null, replicate);
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.CONTEXT, thrown);
            withdraw(replicate, epoch);
            return withdrawn(epoch, Reason.UNSAFE);
        }
        return isStarted(trial, run, epoch) ? trial : null;
    }

    /** The primary once more, with a permit; null if there is none, or if its argument could not be copied. */
    private @Nullable CandidateRun<T> replicate(
            ExperimentSettings now,
            PendingTrial<T> trial,
            DescribedCall.Side again,
            boolean isAsync,
            boolean isOwned,
            int epoch) {
        if (!hasPermit(now.maxConcurrent(), epoch)) {
            trial.skipReplicate(Reason.SATURATED);
            return null;
        }
        try {
            Implementation<?, ?> primary = again.prepare(setup);
            if (primary == null) {
                setup.withdraw(epoch);
                trial.skipReplicate(Reason.UNSAFE);
                return null;
            }
            return new CandidateRun<>(setup, trial, CandidateRun.REPLICATE, primary, isAsync, isOwned, null, null);
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.ARGUMENT_COPIER, thrown);
            setup.withdraw(epoch);
            trial.skipReplicate(Reason.UNSAFE);
            return null;
        }
    }

    private void withdraw(@Nullable CandidateRun<T> replicate, int epoch) {
        if (replicate != null) {
            setup.withdraw(epoch);
        }
    }

    /** Gives the permit of the only candidate back, which is not started after all; null. Allocates nothing. */
    private @Nullable PendingTrial<T> withdrawn(int epoch, Reason reason) {
        setup.withdraw(epoch);
        setup.tally().skipped(reason);
        return null;
    }

    /** Takes a permit for each candidate that is offered; where there is none the candidate is counted as skipped. */
    private List<Integer> accept(DescribedCall<T> call, int limit, int epoch) {
        List<Integer> accepted = new ArrayList<>(call.offers().size());
        for (int index = 0; index < candidates.size(); index++) {
            if (call.offer(candidates.get(index)) == null) {
                setup.tally().add(index, Ruling.skipped(Reason.DISABLED));
            } else if (!hasPermit(limit, epoch)) {
                setup.tally().add(index, Ruling.skipped(Reason.SATURATED));
            } else {
                accepted.add(index);
            }
        }
        return accepted;
    }

    /** A trial for candidates that have their permits; null if it cannot be described or its context not be captured. */
    private @Nullable PendingTrial<T> open(
            ExperimentSettings now, DescribedCall<T> call, List<Integer> accepted, int epoch) {
        Map<String, Object> attributes = gate.attributes(call);
        if (attributes == null) {
            accepted.forEach(index -> withdraw(index, epoch, Reason.NOT_SAMPLED));
            return null;
        }
        try {
            return new PendingTrial<>(setup, now, attributes, capture(), Mdc.capture());
        } catch (Throwable thrown) {
            setup.hooks().failed(Hook.CONTEXT, thrown);
            accepted.forEach(index -> withdraw(index, epoch, Reason.UNSAFE));
            return null;
        }
    }

    /** The candidates whose argument could be copied, in order; a chain grows at its front, so the last one first. */
    private @Nullable CandidateRun<T> chain(
            PendingTrial<T> trial,
            DescribedCall<T> call,
            List<Integer> accepted,
            @Nullable CandidateRun<T> replicate,
            int epoch) {
        CandidateRun<T> runs = replicate;
        boolean isOwned = setup.options().ownedFutures || call.hasOwnedFutures();
        boolean isAnyStarted = false;
        for (int i = accepted.size() - 1; i >= 0; i--) {
            int index = accepted.get(i);
            try {
                DescribedCall.Offer<T> offer = requireNonNull(call.offer(candidates.get(index)));
                Implementation<?, ?> candidate = offer.side().prepare(setup);
                if (candidate == null) {
                    withdraw(index, epoch, Reason.UNSAFE);
                    continue;
                }
                runs = new CandidateRun<>(
                        setup, trial, index, candidate, offer.isAsync(), isOwned, offer.translation(), runs);
                isAnyStarted = true;
            } catch (Throwable thrown) {
                setup.hooks().failed(Hook.ARGUMENT_COPIER, thrown);
                withdraw(index, epoch, Reason.UNSAFE);
            }
        }
        if (!isAnyStarted) {
            withdraw(replicate, epoch); // nothing to hold its noise against
            return null;
        }
        return runs;
    }

    /** Gives the permit of a candidate back that is not started after all. */
    private void withdraw(int index, int epoch, Reason reason) {
        setup.withdraw(epoch);
        setup.tally().add(index, Ruling.skipped(reason));
    }

    private boolean isStarted(PendingTrial<T> trial, @Nullable CandidateRun<T> runs, int epoch) {
        if (runs == null) {
            return false;
        }
        try {
            AdaptiveSampling adaptive = setup.adaptive();
            if (adaptive != null) {
                adaptive.started();
            }
            trial.start(runs, epoch);
            return true;
        } catch (Throwable exhausted) {
            trial.leave();
            return false;
        }
    }

    private ContextCarrier.@Nullable Snapshot capture() {
        return setup.engine().contextCarriers().capture();
    }
}
