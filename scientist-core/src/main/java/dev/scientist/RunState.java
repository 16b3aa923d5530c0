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
 * The state of one run: what has come to pass, each thing once, and what follows from that. It tells the guards how the run
 * settled and that it ended, has its answer released, and returns its permit.
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
 * <p>Threads: everybody who has to do with the run. Invariant: what has come to pass stays so. Consequence: of those who wait
 * for several things to come to pass, the one that brings the last of them knows that it is the last; so guards hear first how
 * the run settled and then that it ended, and the permit returns once.
 *
 * <p>A base class, not a field: the caller pays for each object.
 */
abstract class RunState<T> extends Settlement<Object> implements Shadow.Run {

    static final int TAKEN = 1; // run by a worker, or discarded
    static final int CALLED = 1 << 1; // the candidate's own code
    static final int GIVEN_UP = 1 << 2; // and will not be called if it was not yet
    static final int SETTLEMENT_TOLD = 1 << 3; // the guards have heard how it settled
    static final int ENDED = 1 << 4; // the candidate has ended
    static final int END_TOLD = 1 << 5; // the guards have heard that it ended
    static final int JUDGED = 1 << 6; // or it will not be
    static final int WRITE_REFUSED = 1 << 7; // it tried to, as a guard has told
    static final int POOL_REFUSED = 1 << 8; // there was no place for it in a pool
    static final int KEPT = 1 << 9; // its answer is in the trial
    static final int PUBLISHED = 1 << 10; // or it will not be
    static final int RELEASED = 1 << 11; // its answer, or there is none
    static final int FAILED = 1 << 12; // the library's own work on it, since the memory or the stack ran out
    static final int UNTOLD = 1 << 13; // nobody could be told how it settled, for the same reason
    static final int ADMITTED = 1 << 14; // by all guards, which are to be told
    static final int TELLING = 1 << 15; // somebody tells the guards how it settled, or has

    /** Then an answer that is in the trial is of no more use there. */
    static final int BEFORE_RELEASE = KEPT | JUDGED | PUBLISHED;

    /** Then the permit returns. */
    static final int BEFORE_PERMIT = END_TOLD | JUDGED | RELEASED;

    private static final VarHandle PASSED = Fields.handle(MethodHandles.lookup(), "passed", int.class);

    @SuppressWarnings("UnusedVariable") // through PASSED
    private volatile int passed;

    final Setup<T> setup;
    private final Role role;

    RunState(Setup<T> setup, Role role) {
        this.setup = setup;
        this.role = role;
    }

    /** What it is a run of. */
    final Role role() {
        return role;
    }

    /** What the caller's log lines carry. */
    abstract Map<String, String> mdc();

    /** What has come to pass. */
    int passed() {
        return passed;
    }

    /** Records that something has come to pass, and tells what had before. */
    int pass(int what) {
        return (int) PASSED.getAndBitwiseOr(this, what);
    }

    /** Records one of two things; true for whoever comes last, once. */
    boolean isLastOf(int what, int other) {
        return isCompleted(what | other, pass(what), what);
    }

    /** Whether the last of several things has come to pass by this. */
    static boolean isCompleted(int all, int before, int what) {
        return (before & all) != all && ((before | what) & all) == all;
    }

    // ---- guards ----

    /** Whether guards are asked before it runs, and told how it went. */
    final boolean isGuarded() {
        return role.mayBeGuarded() && !setup.options().guards.isEmpty();
    }

    /** Asks the guards; NONE if they admit it, or if there are none. */
    final Reason acquire() {
        if (!isGuarded()) {
            return Reason.NONE;
        }
        Reason refusal = Admission.acquire(setup);
        if (refusal == Reason.NONE) {
            pass(ADMITTED);
        }
        return refusal;
    }

    /** Tells the guards how it settled, or that nobody wants to know. Safe to call more than once. */
    final void tellSettled(Outcome<Object> outcome) {
        if ((passed() & ADMITTED) == 0) {
            settlementIsTold();
            return;
        }
        // What a guard of effects or of a pool has refused says nothing about the candidate's health.
        Outcome<?> told = refusal() == Reason.NONE ? outcome : new Outcome.Cancelled<>(outcome.elapsed());
        Consumer<CandidateGuard> telling = guard -> guard.settled(told);
        if ((pass(TELLING) & TELLING) == 0) { // loses to who has begun to, if this is left to others too
            try {
                Admission.tell(setup, telling);
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

    /** The candidate has ended. Safe to call more than once: so may a stage of somebody's own making complete. */
    final void end() {
        if (isLastOf(ENDED, SETTLEMENT_TOLD)) {
            tellEnded();
        }
    }

    private void tellEnded() {
        try {
            if ((passed() & ADMITTED) != 0) {
                Admission.tellEnded(setup);
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
        AdaptiveSampling adaptive = setup.adaptive();
        return adaptive == null ? null : adaptive::callerWaited;
    }

    /** What it was refused while it ran, or NONE. A write that was refused says more than a pool that was full. */
    final Reason refusal() {
        int seen = passed();
        if ((seen & WRITE_REFUSED) != 0) {
            return Reason.EFFECT_REFUSED;
        }
        return (seen & POOL_REFUSED) != 0 ? Reason.POOL : Reason.NONE;
    }

    // ---- answer and permit ----

    /** Its trial has been judged, or will not be. {@code onWorker} tells whether the calling thread may release. */
    final void judged(boolean onWorker) {
        passAndFollow(JUDGED, onWorker);
    }

    /** Its trial has been published, or will not be. {@code onWorker} tells whether the calling thread may release. */
    final void published(boolean onWorker) {
        passAndFollow(PUBLISHED, onWorker);
    }

    /** There is nothing to release any more. */
    final void released() {
        passAndFollow(RELEASED, false);
    }

    /** Records that something has come to pass, and does what was waiting for it last. */
    final void passAndFollow(int what, boolean onWorker) {
        int before = pass(what);
        if (isCompleted(BEFORE_RELEASE, before, what)) {
            Object answer = requireNonNull(outcome()).valueOrNull();
            try {
                Release.release(setup, requireNonNull(answer), this, onWorker);
            } catch (Throwable exhausted) {
                released();
                setup.hooks().failed(Hook.RELEASE, exhausted);
            }
        }
        if (isCompleted(BEFORE_PERMIT, before, what)) {
            setup.release();
        }
    }
}
