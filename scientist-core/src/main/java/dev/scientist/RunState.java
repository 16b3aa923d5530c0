package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far one candidate run has come: what has come to pass, each thing once.
 *
 * <p>Threads: everybody who has to do with the run. Invariant: what has come to pass stays so. Consequence: of those who wait
 * for several things to come to pass, the one that brings the last of them knows that it is the last.
 *
 * <p>A base class, not a field: the caller pays for each object.
 */
class Progress extends Settlement<Object> {

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
}
