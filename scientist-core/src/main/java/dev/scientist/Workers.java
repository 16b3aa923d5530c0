package dev.scientist;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Creates the threads on which candidates, comparisons and publishers run. */
final class Workers {

    static final String PREFIX = "scientist-worker-";
    private static final int IDLE_SECONDS = 10;

    // One thread group for all workers. In a caller's group, an interrupt of that group would hit candidates of other
    // callers.
    private static final @Nullable ThreadGroup GROUP = Thread.currentThread().getThreadGroup();

    private Workers() {}

    /**
     * Creates a pool of daemon threads without a queue: if no thread is free, work is refused. The limit follows from
     * the permits. A permit can occupy two threads (a late candidate that does not end, and its judgement), so there
     * are twice as many threads as permits, and some more for publishers.
     *
     * @param isVirtual whether the threads are virtual; then each does one piece of work
     * @param isFresh whether each thread does one piece of work, instead of taking further work when it is done
     * @param queue the queue from which workers take further work
     */
    static ExecutorService create(boolean isVirtual, boolean isFresh, int maxConcurrent, WorkQueue queue) {
        // The loader of the thread that creates the scientist, not of a caller that happens to need a new worker.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        int limit = 2 * maxConcurrent + 64;
        ThreadFactory threads = isVirtual ? virtual(loader) : platform(loader);
        return isVirtual || isFresh
                ? new Pool(limit, 0, new NoFurtherWork(), threads)
                : new Pool(limit, IDLE_SECONDS, new FurtherWork(queue), threads);
    }

    static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /**
     * Creates a daemon thread that inherits no thread locals, because the creating thread may be a caller's, with a
     * user's context.
     */
    static Thread daemon(Runnable body, String name, @Nullable ClassLoader loader) {
        return new Worker(body, name, loader);
    }

    /** Creates a stand-in for the thread of a pool that only passes work on. */
    static Thread neverStarted(Runnable ignored) {
        return new NeverStarted();
    }

    private static final class NeverStarted extends Thread {
        private NeverStarted() {
            super(null, null, "scientist-front", 0, false);
        }

        @Override
        public void start() {
            // There is nothing to run.
        }
    }

    /** A thread that remembers the state with which it was created. */
    static final class Worker extends Thread {
        private final ThreadState atFirst;

        @SuppressWarnings("ThreadPriorityCheck") // the normal priority, not that of the creating thread
        private Worker(Runnable body, String name, @Nullable ClassLoader loader) {
            super(GROUP, body, name, 0, false);
            setDaemon(true);
            setPriority(NORM_PRIORITY);
            setContextClassLoader(loader);
            setUncaughtExceptionHandler(Workers::ignored);
            this.atFirst = ThreadState.of(this);
        }

        ThreadState atFirst() {
            return atFirst;
        }
    }

    /**
     * Runs each piece of work at the bottom of its thread's stack, never inside another one. It extends the JDK's pool,
     * because tracing agents use that class to carry the context of the thread that hands work over.
     */
    private static final class Pool extends ThreadPoolExecutor {

        Pool(int limit, int idleSeconds, BlockingQueue<Runnable> handOver, ThreadFactory threads) {
            super(0, limit, idleSeconds, TimeUnit.SECONDS, handOver, threads);
        }

        @Override
        protected void afterExecute(Runnable work, @Nullable Throwable thrown) {
            if (Thread.currentThread() instanceof Worker worker) {
                worker.atFirst().restore(); // undoes changes by hooks; a closed pool needs no interrupt here
            }
        }
    }

    /** The queue of a pool whose workers take further work themselves. Only work that is left needs another wake-up. */
    private static final class FurtherWork extends SynchronousQueue<Runnable> {
        private static final long serialVersionUID = 1;

        private final transient WorkQueue queue;

        FurtherWork(WorkQueue queue) {
            this.queue = queue;
        }

        @Override
        public boolean offer(Runnable work) {
            return queue.give(work);
        }

        @Override
        public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
            return queue.poll(timeout, unit);
        }
    }

    /** The queue of a pool whose threads do one piece of work each. */
    private static final class NoFurtherWork extends SynchronousQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable work) {
            return false;
        }
    }

    /**
     * Ignores uncaught exceptions. The library's own work contains its failures, and those of others, such as an agent,
     * must not reach the application's handler.
     */
    private static void ignored(Thread thread, Throwable error) {}

    private static ThreadFactory platform(@Nullable ClassLoader loader) {
        AtomicInteger number = new AtomicInteger();
        return body -> daemon(body, PREFIX + number.incrementAndGet(), loader);
    }

    // This uses reflection because the baseline is Java 17; a multi-release jar would depend on the JDK that builds it.
    private static ThreadFactory virtual(@Nullable ClassLoader loader) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle start = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle name =
                    lookup.findVirtual(ofVirtual, "name", MethodType.methodType(ofVirtual, String.class, long.class));
            MethodHandle inherit = lookup.findVirtual(
                    ofVirtual, "inheritInheritableThreadLocals", MethodType.methodType(ofVirtual, boolean.class));
            MethodHandle factory = lookup.findVirtual(ofVirtual, "factory", MethodType.methodType(ThreadFactory.class));
            ThreadFactory threads =
                    (ThreadFactory) factory.invoke(inherit.invoke(name.invoke(start.invoke(), PREFIX, 1L), false));
            return body -> {
                Thread thread = threads.newThread(body);
                thread.setContextClassLoader(loader);
                thread.setUncaughtExceptionHandler(Workers::ignored);
                return thread;
            };
        } catch (Throwable missing) {
            throw new IllegalStateException(
                    "virtual threads are not to be had on Java "
                            + Runtime.version().feature(),
                    missing);
        }
    }
}
