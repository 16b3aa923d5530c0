package dev.scientist;

import static dev.scientist.ReadableOutcome.withoutValue;

import dev.scientist.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges one trial: first the candidates, and then the primary's second run, which has its own time limit so that it
 * does not use up theirs. A judgement that takes too long is given up, and what it still finds is ignored; the permits
 * stay taken until it ends.
 *
 * <p>Threads: a worker runs it, the dispatcher finds it late. Invariant: {@code found} goes from null to the judged
 * candidates. Consequence: a thread that gives the judgement up sees the verdicts found so far.
 */
final class Judging<T> implements Runnable, Watch.Late {

    private final ExperimentRuntime<T> runtime;
    private final PendingTrial<T> trial;
    private volatile @Nullable Judged<T> found;

    Judging(ExperimentRuntime<T> runtime, PendingTrial<T> trial) {
        this.runtime = runtime;
        this.trial = trial;
    }

    @Override
    public void run() {
        Watch watch = null;
        if (trial.isConcluded()) {
            return; // the trial was given up, so its answers may have been released
        }
        ThreadState before = ThreadState.ofCurrent();
        try {
            watch = watch();
            ReadableOutcome<T> primary = runtime.judge().readable("primary", trial.primary());
            List<Trial.@Nullable Candidate<T>> judged = judgeCandidates(primary);
            CandidateRun<T> run = trial.replicate();
            Trial.Candidate<T> replicate = null;
            if (run != null) {
                // A cleaner may modify its argument, so the primary's answer is cleaned only after all comparisons.
                boolean isShown = runtime.options().cleaner == null && !isShared(judged);
                Outcome<T> known = primary.outcome();
                found = new Judged<>(isShown ? known : withoutValue(known), judged);
                unwatch(watch);
                before.restore();
                watch = watch();
                replicate = trial.isConcluded() ? null : verdict(primary, run);
            }
            Outcome<T> shown = isShared(judged)
                    ? withoutValue(primary.outcome())
                    : runtime.judge().clean(primary.outcome());
            unwatch(watch); // publishers must not be interrupted, even if the judgement is late
            before.restore();
            trial.conclude(new Judged<>(shown, judged), replicate, true);
        } catch (Throwable thrown) { // out of memory or stack: failures of hooks are contained
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
        long startedAt = runtime.now();
        ThreadState before = ThreadState.ofCurrent();
        List<Trial.@Nullable Candidate<T>> judged = new ArrayList<>(1);
        // A concluded trial ignores further verdicts. The interrupt of a late judgement may have been cleared, so this
        // is checked.
        for (CandidateRun<T> run = trial.first(); run != null && !trial.isConcluded(); run = run.next()) {
            if (run.role().isCandidate()) {
                judged.add(verdict(primary, run));
                before.restore(); // thread state left by hooks must not reach the next judgement
            }
        }
        runtime.tally().comparison(runtime.now() - startedAt);
        return judged;
    }

    private Trial.@Nullable Candidate<T> verdict(ReadableOutcome<T> primary, CandidateRun<T> run) {
        return new CandidateVerdicts<>(runtime).of(primary, trial.snapshotFailed(), run);
    }

    /** Whether a comparator found an object that belongs to a session. Then neither side's answer is shown. */
    private static boolean isShared(List<? extends Trial.@Nullable Candidate<?>> judged) {
        return judged.stream().anyMatch(one -> one != null && one.reason() == Reason.SESSION);
    }

    private @Nullable Watch watch() {
        return runtime.isSameThread()
                ? null
                : runtime.dispatcher()
                        .watch(trial.settings().comparisonTimeout().toNanos(), this);
    }

    private void unwatch(@Nullable Watch watch) {
        if (watch != null) {
            watch.leaveThread();
            runtime.dispatcher().unwatch(watch);
        }
    }
}
