package dev.scientist;

import static dev.scientist.ReadableOutcome.withoutValue;

import dev.scientist.Outcome.Kind;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Determines the result of each run as the trial shows it, whether the run was judged or given up before.
 *
 * @param runtime the experiment's options and services
 */
record CandidateVerdicts<T>(ExperimentRuntime<T> runtime) {

    /**
     * Judges one run; null if it was skipped.
     *
     * @param snapshotFailed whether no snapshot shows the primary's answer as the caller got it
     */
    Trial.@Nullable Candidate<T> of(ReadableOutcome<T> primary, boolean snapshotFailed, CandidateRun<T> run) {
        Outcome<Object> raw = run.outcome();
        if (raw == null || run.skipped() != Reason.NONE) {
            return null;
        }
        Ruling unseen = runtime.judge().unseen(primary.outcome(), raw, run.refusal());
        if (unseen != null) {
            return candidate(run, withoutValue(raw), unseen);
        }
        ReadableOutcome<Object> answered = runtime.judge().readable("candidate", raw);
        if (primary.isWithheld() || answered.isWithheld()) {
            return candidate(run, withoutValue(raw), runtime.judge().judgeWithheld(primary, answered));
        }
        Outcome<T> candidate = runtime.judge().translate(raw, run.translation());
        if (candidate == null) {
            return candidate(run, withoutValue(raw), Ruling.uncompared(Reason.TRANSLATION_FAILED));
        }
        // The verdict on a candidate that threw does not depend on the primary's value.
        Ruling ruling = snapshotFailed && candidate.kind() == Kind.RETURNED
                ? Ruling.uncompared(Reason.SNAPSHOT_FAILED)
                : run.ofAll(runtime.judge().judge(primary.outcome(), candidate));
        return ruling.reason() == Reason.SESSION
                ? candidate(run, withoutValue(raw), ruling)
                : candidate(
                        run, runtime.judge().clean(candidate), runtime.judge().clean(ruling));
    }

    /**
     * Returns the result of a run whose trial is given up; null if the run was skipped, or is skipped from now on.
     *
     * @param reason why the trial is given up
     */
    Trial.@Nullable Candidate<T> unjudged(CandidateRun<T> run, Reason reason) {
        Reason ofUnstarted = runtime.engine().isShutDown() ? Reason.SHUTDOWN : Reason.ABANDONED;
        Outcome<Object> raw = run.outcome();
        if (run.skipped() != Reason.NONE || (raw == null && run.forestall(ofUnstarted))) {
            return null;
        }
        if (raw == null) {
            return candidate(run, new Outcome.Cancelled<>(Duration.ZERO), Ruling.uncompared(reason));
        }
        Reason refusal = run.refusal();
        Ruling ruling = raw.kind() == Kind.TIMED_OUT && refusal == Reason.NONE
                ? Ruling.TIMED_OUT
                : Ruling.uncompared(refusal == Reason.NONE ? reason : refusal);
        return candidate(run, withoutValue(raw), ruling);
    }

    /** Returns what a trial shows of a second run of the primary that did not take place; null if none was planned. */
    static <T> Trial.@Nullable Candidate<T> ofSkippedReplicate(@Nullable CandidateRun<T> run, Reason notCreated) {
        Reason reason = run == null ? notCreated : run.skipped();
        return reason == Reason.NONE
                ? null
                : new Trial.Candidate<>(
                        Role.REPLICATE.name(), new Outcome.Cancelled<>(Duration.ZERO), Ruling.skipped(reason));
    }

    private Trial.Candidate<T> candidate(CandidateRun<T> run, Outcome<T> outcome, Ruling ruling) {
        return new Trial.Candidate<>(run.role().name(), outcome, ruling);
    }
}
