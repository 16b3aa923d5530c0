package dev.scientist.benchmarks.caller;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the rivals' thread pools. Each is of the kind that the rival makes for itself, but has daemon threads, and the
 * benchmark can see what it holds.
 */
final class Pools {

    static final String THREAD = "rival";

    private static final int MOST_THREADS = 2_000; // a bound the rival does not have, to keep the machine alive
    private static final ThreadFactory DAEMONS = body -> {
        Thread thread = new Thread(body, THREAD);
        thread.setDaemon(true);
        return thread;
    };

    private Pools() {}

    /** A pool like {@code newCachedThreadPool}, the kind that this library has for its workers too. */
    static ThreadPoolExecutor cached() {
        return new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), DAEMONS);
    }

    /** A pool like {@code newFixedThreadPool}. */
    static ThreadPoolExecutor fixed(int threads) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DAEMONS);
    }

    /** Waits until nothing is queued or running, as far as a pool can tell. */
    static void settle(ThreadPoolExecutor pool) {
        while (!pool.getQueue().isEmpty() || pool.getActiveCount() > 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }
}
