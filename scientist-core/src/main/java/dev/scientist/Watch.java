package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches a piece of work on a worker thread that must end by a deadline: interrupts it when it is late.
 *
 * <p>Threads: the worker calls {@link #leaveThread()}, another worker {@link #run()},
 * at any time. Invariant: the thread is interrupted only between the start of the work and the return of {@code
 * leaveThread}. Consequence: an interrupt meant for one candidate never hits the next work on the same thread.
 */
final class Watch implements Dispatcher.Work {

    /** What is told when the work is late or cancelled. */
    interface Late {

        /**
         * The work is late. On the dispatcher or the closing thread; must not block or run anybody else's code. Called once,
         * but where memory runs out meanwhile once more.
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

    /** Watches something that has no thread to interrupt, or none that may be. */
    static Watch ofNoThread(long deadline, Late late) {
        return new Watch(deadline, late, LEFT);
    }

    boolean isLate(long now) {
        return now - deadline >= 0;
    }

    /** True for the one that may tell the owner, or keep it from being told. */
    boolean take() {
        return TAKEN.compareAndSet(this, false, true);
    }

    /** The owner could not be told. */
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

    /** Interrupts the work if it is still on its thread. On a worker: closing an interrupted channel may block. */
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

    /** Closing, and no worker was to be had. */
    @Override
    public void discard() {
        run();
    }

    /** The work has left its thread, by ending or by going on asynchronously; leaves no interrupt behind. */
    void leaveThread() {
        if (!state.compareAndSet(RUNNING, LEFT)) {
            while (state.get() == INTERRUPTING) {
                Thread.onSpinWait(); // lost to run(), which is one statement away from being done
            }
        }
        Thread.interrupted(); // what the work or run() left set must not reach the next work on this thread
    }
}
