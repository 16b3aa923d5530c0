package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run: a set of flags, each of which is set once, and the actions that follow when they are set. It
 * tells the guards how the run settled and that it ended, has its answer released, and returns its permit.
 *
 * <pre>
 *            guards admit it             it answers, throws, is late or is given up
 *   TAKEN ──── ADMITTED ──── CALLED ──────── settled ──── TELLING ──── SETTLEMENT_TOLD ──┐
 *     │                         └─────────── ENDED, which may be long after ─────────────┴── END_TOLD
 *     └── skipped: SETTLEMENT_TOLD, ENDED and RELEASED at once, and the guards hear nothing
 *
 *   its answer:  KEPT in the trial, JUDGED and PUBLISHED ──── release hook ──── RELEASED
 *                of no use to the trial, or none ─────────────────────────────── RELEASED
 *   its permit:  END_TOLD, JUDGED and RELEASED ──── returns
 * </pre>
 *
 * <p>Threads: all threads that deal with the run. Invariant: a flag that is set stays set. Consequence: if an action
 * needs several flags, exactly one thread sees that it has set the last of them. So the guards are told first how the
 * run settled and then that it ended, and the permit returns once.
 *
 * <p>This is a base class and not a field, to save the caller an object.
 */
abstract class RunState<T> extends Settlement<Object> implements Shadow.Run {

    static final int TAKEN = 1; // a worker has taken it, or it was discarded
    static final int CALLED = 1 << 1; // the candidate's own code was called
    static final int GIVEN_UP = 1 << 2; // the run was given up; a candidate not yet called will not be called
    static final int SETTLEMENT_TOLD = 1 << 3; // the guards were told how it settled
    static final int ENDED = 1 << 4; // the candidate has ended
    static final int END_TOLD = 1 << 5; // the guards were told that it ended
    static final int JUDGED = 1 << 6; // its trial was judged, or will not be
    static final int WRITE_REFUSED = 1 << 7; // a guard reported that it tried to write
    static final int POOL_REFUSED = 1 << 8; // it found no free place in a pool
    static final int KEPT = 1 << 9; // its answer is in the trial
    static final int PUBLISHED = 1 << 10; // its trial was published, or will not be
    static final int RELEASED = 1 << 11; // its answer was released, or there is none
    static final int FAILED = 1 << 12; // the library's own work on it failed for lack of memory or stack
    static final int UNTOLD = 1 << 13; // guards could not be told how it settled, for the same reason
    static final int ADMITTED = 1 << 14; // all guards admitted it and must be told
    static final int TELLING = 1 << 15; // a thread is telling the guards how it settled, or has done so

    /** When these flags are set, the trial needs the candidate's answer no longer. */
    static final int BEFORE_RELEASE = KEPT | JUDGED | PUBLISHED;

    /** When these flags are set, the permit returns. */
    static final int BEFORE_PERMIT = END_TOLD | JUDGED | RELEASED;

    private static final VarHandle PASSED = Fields.handle(MethodHandles.lookup(), "passed", int.class);

    @SuppressWarnings("UnusedVariable") // accessed through PASSED
    private volatile int passed;

    final ExperimentRuntime<T> runtime;
    private final Role role;

    RunState(ExperimentRuntime<T> runtime, Role role) {
        this.runtime = runtime;
        this.role = role;
    }

    /** Returns what this is a run of. */
    final Role role() {
        return role;
    }

    /** Returns the caller's MDC. */
    abstract Map<String, String> mdc();

    /** Returns the flags that are set. */
    int passed() {
        return passed;
    }

    /** Sets flags and returns those that were set before. */
    int pass(int what) {
        return (int) PASSED.getAndBitwiseOr(this, what);
    }

    /** Sets one of two flags; true, once, if the other one was already set. */
    boolean isLastOf(int what, int other) {
        return isCompleted(what | other, pass(what), what);
    }

    /** Whether setting {@code what} completes the flags in {@code all}. */
    static boolean isCompleted(int all, int before, int what) {
        return (before & all) != all && ((before | what) & all) == all;
    }

    // ---- guards ----

    /** Whether guards are asked before the run and told about it afterwards. */
    final boolean isGuarded() {
        return role.mayBeGuarded() && !runtime.options().guards.isEmpty();
    }

    /** Asks the guards; NONE if they admit the run, or if there are none. */
    final Reason acquire() {
        if (!isGuarded()) {
            return Reason.NONE;
        }
        Reason refusal = Admission.acquire(runtime);
        if (refusal == Reason.NONE) {
            pass(ADMITTED);
        }
        return refusal;
    }

    /** Tells the guards, if there are any to be told, how the run settled. Safe to call more than once. */
    final void tellSettled(Outcome<Object> outcome) {
        if ((passed() & ADMITTED) == 0) {
            settlementIsTold();
            return;
        }
        // A refused write or a full pool says nothing about the candidate's health.
        Outcome<?> told = refusal() == Reason.NONE ? outcome : new Outcome.Cancelled<>(outcome.elapsed());
        Consumer<CandidateGuard> telling = guard -> guard.settled(told);
        if ((pass(TELLING) & TELLING) == 0) { // loses to a thread that began to tell before
            try {
                Admission.tell(runtime, telling);
            } finally {
                settlementIsTold();
            }
        }
    }

    private void settlementIsTold() {
        if (isLastOf(SETTLEMENT_TOLD, ENDED)) {
            tellEnded();
        }
    }

    /**
     * Called when the candidate has ended. Safe to call more than once, because a custom CompletionStage may complete
     * repeatedly.
     */
    final void end() {
        if (isLastOf(ENDED, SETTLEMENT_TOLD)) {
            tellEnded();
        }
    }

    private void tellEnded() {
        try {
            if ((passed() & ADMITTED) != 0) {
                Admission.tellEnded(runtime);
            }
        } finally {
            endIsTold();
        }
    }

    final void endIsTold() {
        passAndFollow(END_TOLD, false);
    }

    // ---- what was refused while it ran ----

    @Override
    public final void refused(Reason reason) {
        pass(reason == Reason.POOL ? POOL_REFUSED : WRITE_REFUSED);
    }

    @Override
    public final @Nullable LongConsumer callersWait() {
        AdaptiveSampling adaptive = runtime.adaptive();
        return adaptive == null ? null : adaptive::callerWaited;
    }

    /** Returns what was refused to the run, or NONE. A refused write takes precedence over a full pool. */
    final Reason refusal() {
        int seen = passed();
        if ((seen & WRITE_REFUSED) != 0) {
            return Reason.EFFECT_REFUSED;
        }
        return (seen & POOL_REFUSED) != 0 ? Reason.POOL : Reason.NONE;
    }

    // ---- answer and permit ----

    /**
     * Called when the trial has been judged, or will not be. {@code onWorker} tells whether the calling thread may
     * release.
     */
    final void judged(boolean onWorker) {
        passAndFollow(JUDGED, onWorker);
    }

    /**
     * Called when the trial has been published, or will not be. {@code onWorker} tells whether the calling thread may
     * release.
     */
    final void published(boolean onWorker) {
        passAndFollow(PUBLISHED, onWorker);
    }

    /** Called when there is nothing to release any more. */
    final void released() {
        passAndFollow(RELEASED, false);
    }

    /** Sets a flag, and does what becomes due by it: has the answer released, or returns the permit. */
    final void passAndFollow(int what, boolean onWorker) {
        int before = pass(what);
        if (isCompleted(BEFORE_RELEASE, before, what)) {
            Object answer = requireNonNull(outcome()).valueOrNull();
            try {
                Release.release(runtime, requireNonNull(answer), this, onWorker);
            } catch (Throwable exhausted) {
                released();
                runtime.hooks().failed(Hook.RELEASE, exhausted);
            }
        }
        if (isCompleted(BEFORE_PERMIT, before, what)) {
            runtime.release();
        }
    }
}
