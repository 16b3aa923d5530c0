package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * The state of a thread that can be restored after user code: name, priority, context class loader, and a clear
 * interrupt flag.
 */
record ThreadState(String name, int priority, @Nullable ClassLoader loader) {

    /** Returns the state of the current thread; for a worker, the state with which it was created. */
    static ThreadState ofCurrent() {
        Thread thread = Thread.currentThread();
        return thread instanceof Workers.Worker worker ? worker.atFirst() : of(thread);
    }

    static ThreadState of(Thread thread) {
        return new ThreadState(thread.getName(), thread.getPriority(), thread.getContextClassLoader());
    }

    /**
     * Runs code that may change the state of the current thread, and then restores the state, interrupt flag included.
     * The code starts with a clear interrupt flag.
     */
    static void keep(Runnable body) {
        ThreadState before = ofCurrent();
        boolean interrupted = Thread.interrupted(); // last, because only the block below restores it
        try {
            body.run();
        } finally {
            before.restore();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Restores this state on the current thread, and clears its interrupt flag. */
    @SuppressWarnings("ThreadPriorityCheck") // it restores the earlier priority
    void restore() {
        Thread.interrupted();
        Thread thread = Thread.currentThread();
        if (!thread.getName().equals(name)) {
            thread.setName(name);
        }
        if (thread.getPriority() != priority) {
            thread.setPriority(priority);
        }
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
    }
}
