package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a thread and can be put back after other people's code: name, priority, context class loader, and that
 * nobody has interrupted it.
 */
record ThreadState(String name, int priority, @Nullable ClassLoader loader) {

    /** That of the current thread; of a worker that with which it was made. */
    static ThreadState ofCurrent() {
        Thread thread = Thread.currentThread();
        return thread instanceof Workers.Worker worker ? worker.atFirst() : of(thread);
    }

    static ThreadState of(Thread thread) {
        return new ThreadState(thread.getName(), thread.getPriority(), thread.getContextClassLoader());
    }

    /** Runs what may leave anything on the current thread, finds no interrupt there, and is followed by the state before it. */
    static void keep(Runnable body) {
        ThreadState before = ofCurrent();
        boolean interrupted = Thread.interrupted(); // last, because nothing gives it back before the block below
        try {
            body.run();
        } finally {
            before.restore();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Puts it back on the current thread. */
    @SuppressWarnings("ThreadPriorityCheck") // the one it had
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
