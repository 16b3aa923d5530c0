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

/** Makes the threads on which candidates, comparisons and publishers run. */
final class Workers {

    static final String PREFIX = "scientist-worker-";
    private static final int IDLE_SECONDS = 10;

    // One for all: in the group of a caller, an interrupt of that group would hit other callers' candidates.
    private static final @Nullable ThreadGroup GROUP = Thread.currentThread().getThreadGroup();

    private Workers() {}

    /**
     * Daemon threads without a queue: what finds no thread is refused. Limits come from permits; a permit can keep
     * two threads busy (a late candidate that does not end, and its judgement), so there are twice as many, and
     * some for publishers.
     *
     * @param isVirtual whether the threads are virtual, and then each is for one work
     * @param isFresh whether each thread is for one work, instead of taking further work itself when it is done
     * @param queue where a worker finds that further work
     */
    static ExecutorService create(boolean isVirtual, boolean isFresh, int maxConcurrent, WorkQueue queue) {
        // Of whoever creates the scientist, not of the caller who happens to need one more thread.
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

    /** A thread that inherits no thread locals: the one that makes it may be a caller, with a user's context around it. */
    static Thread daemon(Runnable body, String name, @Nullable ClassLoader loader) {
        return new Worker(body, name, loader);
    }

    /** What a pool takes for its thread where all it has to do is to pass work on. */
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

    /** Remembers how it was made. */
    static final class Worker extends Thread {
        private final ThreadState atFirst;

        @SuppressWarnings(
                "ThreadPriorityCheck") // the usual one, not that of the caller who happens to need one more thread
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
     * Runs works one after the other, each at the top of its thread and none inside another. The JDK's own class, because that
     * is the one through which tracing agents carry the context of whoever hands work over.
     */
    private static final class Pool extends ThreadPoolExecutor {

        Pool(int limit, int idleSeconds, BlockingQueue<Runnable> handOver, ThreadFactory threads) {
            super(0, limit, idleSeconds, TimeUnit.SECONDS, handOver, threads);
        }

        @Override
        protected void afterExecute(Runnable work, @Nullable Throwable thrown) {
            if (Thread.currentThread() instanceof Worker worker) {
                worker.atFirst()
                        .restore(); // what hooks left; a pool that is shut down does not need its interrupt here
            }
        }
    }

    /** A worker that is awake takes further work itself; only what is left needs another wake-up. */
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

    /** No thread gets a second work. */
    private static final class NoFurtherWork extends SynchronousQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable work) {
            return false;
        }
    }

    /** What is ours contains all it meets. Others' trouble, such as an agent's, is no matter of the application's handler. */
    private static void ignored(Thread thread, Throwable error) {}

    private static ThreadFactory platform(@Nullable ClassLoader loader) {
        AtomicInteger number = new AtomicInteger();
        return body -> daemon(body, PREFIX + number.incrementAndGet(), loader);
    }

    // By reflection because the baseline is Java 17; a multi-release jar would differ with the JDK that builds it.
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
