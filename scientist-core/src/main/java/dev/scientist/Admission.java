package dev.scientist;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guards of an experiment whether a candidate may run, and tells them its outcome. Contains what they throw.
 *
 * <p>Threads: any that may run user code. Invariant: a candidate is admitted by all guards or by none. Consequence: an
 * admitted candidate tells all guards how it settled and that it ended.
 */
final class Admission {

    private static final Outcome<Object> CANCELLED = new Outcome.Cancelled<>(Duration.ZERO);
    private static final Consumer<CandidateGuard> TELL_CANCELLED = Admission::tellCancelled;
    private static final Consumer<CandidateGuard> TELL_ENDED = CandidateGuard::ended;

    private Admission() {}

    /** Asks the guards until one refuses, and then tells those that agreed before; NONE if all agree. */
    static Reason acquire(ExperimentRuntime<?> runtime) {
        int agreed = 0;
        for (; agreed < runtime.options().guards.size(); agreed++) {
            Reason refusal;
            Throwable failure = null;
            try {
                refusal = asked(runtime.options().guards.get(agreed));
            } catch (Throwable thrown) {
                failure = thrown;
                refusal = Reason.UNSAFE;
            }
            if (refusal != Reason.NONE) {
                tell(runtime, agreed, TELL_CANCELLED);
                tell(runtime, agreed, TELL_ENDED);
                if (failure != null) {
                    runtime.hooks().failed(Hook.GUARD, failure);
                }
                return refusal;
            }
        }
        return Reason.NONE;
    }

    private static void tellCancelled(CandidateGuard guard) {
        guard.settled(CANCELLED);
    }

    private static Reason asked(CandidateGuard guard) {
        Shadow before = Shadow.enterHook();
        try {
            return checked(guard.acquire());
        } finally {
            Shadow.restore(before);
        }
    }

    /** Returns a guard's answer if it is valid. Counting an invalid answer would break the sum of the verdicts. */
    static Reason checked(@Nullable Reason answer) {
        if (answer == null || (answer != Reason.NONE && !answer.explains(Verdict.SKIPPED))) {
            throw new IllegalStateException("a guard must answer NONE or a reason of skipped but answered " + answer);
        }
        return answer;
    }

    /** Tells all guards. */
    static void tell(ExperimentRuntime<?> runtime, Consumer<CandidateGuard> what) {
        tell(runtime, runtime.options().guards.size(), what);
    }

    /**
     * Tells all guards that the candidate has ended. Allocates nothing, because a failure here would leak what a guard
     * holds for the candidate.
     */
    static void tellEnded(ExperimentRuntime<?> runtime) {
        tell(runtime, TELL_ENDED);
    }

    private static void tell(ExperimentRuntime<?> runtime, int count, Consumer<CandidateGuard> what) {
        for (int i = 0; i < count; i++) {
            try {
                tell(runtime.options().guards.get(i), what);
            } catch (Throwable thrown) {
                runtime.hooks().failed(Hook.GUARD, thrown);
            }
        }
    }

    private static void tell(CandidateGuard guard, Consumer<CandidateGuard> what) {
        Shadow before = null;
        boolean isMarked = false;
        try {
            before = Shadow.enterHook();
            isMarked = true;
        } catch (Throwable exhausted) {
            // The guard is told even without the mark, because it may hold something for the candidate.
        }
        try {
            what.accept(guard);
        } finally {
            if (isMarked) {
                Shadow.restore(before);
            }
        }
    }
}
