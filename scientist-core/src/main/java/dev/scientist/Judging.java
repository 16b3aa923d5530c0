package dev.scientist;

import static dev.scientist.ReadableOutcome.withoutValue;

import dev.scientist.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one trial: the candidates first, and then the primary's second run, in a time of its own, so that it takes
 * nothing from theirs. A judgement that takes too long is given up, and what it still finds is not heard; the permits stay
 * taken until it ends.
 *
 * <p>Threads: a worker runs it, the dispatcher finds it late. Invariant: {@code found} goes from null to what the
 * candidates came to. Consequence: whoever gives up sees the verdicts there are.
 */
final class Judging<T> implements Runnable, Watch.Late {

    private final Setup<T> setup;
    private final PendingTrial<T> trial;
    private volatile @Nullable Judged<T> found;

    Judging(Setup<T> setup, PendingTrial<T> trial) {
        this.setup = setup;
        this.trial = trial;
    }

    @Override
    public void run() {
        Watch watch = null;
        if (trial.isConcluded()) {
            return; // given up, so that what it would compare may be released
        }
        ThreadState before = ThreadState.ofCurrent();
        try {
            watch = watch();
            ReadableOutcome<T> primary = setup.judge().readable("primary", trial.primary());
            List<Trial.@Nullable Candidate<T>> judged = judgeCandidates(primary);
            CandidateRun<T> run = trial.replicate();
            Trial.Candidate<T> replicate = null;
            if (run != null) {
                // A cleaner may change what it is given, so the primary's answer is cleaned when all is compared.
                boolean isShown = setup.options().cleaner == null && !isShared(judged);
                Outcome<T> known = primary.outcome();
                found = new Judged<>(isShown ? known : withoutValue(known), judged);
                unwatch(watch);
                before.restore();
                watch = watch();
                replicate = trial.isConcluded() ? null : verdict(primary, run);
            }
            Outcome<T> shown = isShared(judged)
                    ? withoutValue(primary.outcome())
                    : setup.judge().clean(primary.outcome());
            unwatch(watch); // late or not, no interrupt is meant for publishers
            before.restore();
            trial.conclude(new Judged<>(shown, judged), replicate, true);
        } catch (Throwable thrown) { // no hook's failure, those are contained: the memory or the stack has run out
            trial.giveUp(Reason.COMPARATOR_FAILED, found);
        } finally {
            unwatch(watch);
            before.restore();
        }
    }

    @Override
    public void late(boolean isCancelled) {
        trial.giveUp(isCancelled ? Reason.CANCELLED : Reason.OVER_BUDGET, found);
    }

    private List<Trial.@Nullable Candidate<T>> judgeCandidates(ReadableOutcome<T> primary) {
        long startedAt = setup.engine().ticker().getAsLong();
        ThreadState before = ThreadState.ofCurrent();
        List<Trial.@Nullable Candidate<T>> judged = new ArrayList<>(1);
        // Once concluded, what is found is not heard, and the interrupt that said so has been cleared.
        for (CandidateRun<T> run = trial.first(); run != null && !trial.isConcluded(); run = run.next()) {
            if (run.role().isCandidate()) {
                judged.add(verdict(primary, run));
                before.restore(); // what its hooks left is not the next one's
            }
        }
        setup.tally().comparison(setup.engine().ticker().getAsLong() - startedAt);
        return judged;
    }

    private Trial.@Nullable Candidate<T> verdict(ReadableOutcome<T> primary, CandidateRun<T> run) {
        return new CandidateVerdicts<>(setup).of(primary, trial.snapshotFailed(), run);
    }

    /** Whether a comparator met what belongs to a session: neither side's answer is shown then. */
    private static boolean isShared(List<? extends Trial.@Nullable Candidate<?>> judged) {
        return judged.stream().anyMatch(one -> one != null && one.reason() == Reason.SESSION);
    }

    private @Nullable Watch watch() {
        return setup.isSameThread()
                ? null
                : setup.engine()
                        .dispatcher()
                        .watch(trial.settings().comparisonTimeout().toNanos(), this);
    }

    private void unwatch(@Nullable Watch watch) {
        if (watch != null) {
            watch.leaveThread();
            setup.engine().dispatcher().unwatch(watch);
        }
    }
}
