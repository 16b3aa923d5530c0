package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * Remembers on a worker that the virtual machine is in trouble, until everything is counted and the error can be
 * rethrown there.
 *
 * <p>Confined to one thread. On any other thread than a worker nothing is remembered: the caller must never see it. A
 * {@link StackOverflowError} is over once the stack is unwound, and is not remembered either.
 */
final class Fatal {

    private static final ThreadLocal<@Nullable Fatal> EXPECTED = new ThreadLocal<>();

    private @Nullable VirtualMachineError error;

    private Fatal() {}

    /** Declares the current thread a worker. */
    static Fatal expectedHere() {
        Fatal fatal = EXPECTED.get();
        if (fatal == null) {
            fatal = new Fatal();
            EXPECTED.set(fatal);
        }
        return fatal;
    }

    static void note(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            Fatal fatal = EXPECTED.get();
            if (fatal != null) {
                fatal.error = error;
            }
        }
    }

    void rethrow() {
        VirtualMachineError noted = error;
        if (noted != null) {
            error = null;
            throw noted;
        }
    }
}
