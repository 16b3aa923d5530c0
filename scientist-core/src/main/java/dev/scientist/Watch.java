package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches a piece of work on a worker thread that must end by a deadline, and interrupts it when it is late.
 *
 * <p>Threads: the worker calls {@link #leaveThread()}, another worker {@link #run()}, at any time. Invariant: the
 * thread is interrupted only between the start of the work and the return of {@code leaveThread}. Consequence: an
 * interrupt meant for one candidate never hits the next work on the same thread.
 */
final class Watch implements Dispatcher.Work {

    /** The owner of the work, which is told when the work is late or cancelled. */
    interface Late {

        /**
         * Called when the work is late, on the dispatcher or the closing thread. It must not block or run user code. It
         * is called once, and again only if it failed for lack of memory.
         *
         * @param isCancelled true if the scientist is being closed, false if the deadline has passed
         */
        void late(boolean isCancelled);
    }

    private static final VarHandle TAKEN = Fields.handle(MethodHandles.lookup(), "taken", boolean.class);
    private static final int RUNNING = 0;
    private static final int LEFT = 1;
    private static final int INTERRUPTING = 2;
    private static final int INTERRUPTED = 3;

    private final long deadline;
    private final Late late;
    private final Thread thread = Thread.currentThread();
    private final AtomicInteger state;

    @SuppressWarnings("UnusedVariable") // accessed through TAKEN
    private volatile boolean taken;

    private Watch(long deadline, Late late, int state) {
        this.deadline = deadline;
        this.late = late;
        this.state = new AtomicInteger(state);
    }

    /** Watches work on the current thread. */
    static Watch ofThread(long deadline, Late late) {
        return new Watch(deadline, late, RUNNING);
    }

    /** Watches something that has no thread, or whose thread must not be interrupted. */
    static Watch ofNoThread(long deadline, Late late) {
        return new Watch(deadline, late, LEFT);
    }

    boolean isLate(long now) {
        return now - deadline >= 0;
    }

    /** Returns true to the one caller that may tell the owner, or prevent that it is told. */
    boolean take() {
        return TAKEN.compareAndSet(this, false, true);
    }

    /** Undoes {@link #take()}, because the owner could not be told. */
    void putBack() {
        taken = false;
    }

    /** Tells the owner. */
    void expire(boolean isCancelled) {
        late.late(isCancelled);
    }

    /** Whether there is still a thread to interrupt. */
    boolean isOnThread() {
        return state.get() == RUNNING;
    }

    /**
     * Interrupts the work if it is still on its thread. This runs on a worker, because an interrupt may close a
     * channel, which may block.
     */
    @Override
    public void run() {
        if (state.compareAndSet(RUNNING, INTERRUPTING)) { // loses to leaveThread()
            try {
                thread.interrupt();
            } finally {
                state.set(INTERRUPTED);
            }
        }
    }

    /** Called on close when no worker thread is free. */
    @Override
    public void discard() {
        run();
    }

    /**
     * Called when the work has left its thread, because it has ended or goes on asynchronously. Leaves no interrupt
     * behind.
     */
    void leaveThread() {
        if (!state.compareAndSet(RUNNING, LEFT)) {
            while (state.get() == INTERRUPTING) {
                Thread.onSpinWait(); // lost to run(), which has only one statement left
            }
        }
        Thread.interrupted(); // an interrupt set by the work or by run() must not reach the next work
    }
}
