package dev.scientist;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes the threads on which candidates, comparisons and publishers run. */
final class Workers {

    private static final String PREFIX = "scientist-worker-";
    private static final int IDLE_SECONDS = 10;

    // One for all: in the group of a caller, an interrupt of that group would hit other callers' candidates.
    private static final @Nullable ThreadGroup GROUP = Thread.currentThread().getThreadGroup();

    private Workers() {}

    /**
     * Daemon threads without a queue: what finds no thread is refused. Limits come from permits; a permit can keep
     * two threads busy (a late candidate that does not end, and its judgement), so there are twice as many, and
     * some for publishers.
     */
    static ExecutorService create(boolean virtual, int maxConcurrent) {
        // Of whoever creates the scientist, not of the caller who happens to need one more thread.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return virtual ? virtual(loader) : platform(2 * maxConcurrent + 64, loader);
    }

    static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /** A thread that inherits no thread locals: the one that makes it may be a caller, with a user's context around it. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // the usual one, not that of the caller who happens to need one more thread
    static Thread daemon(Runnable body, String name, @Nullable ClassLoader loader) {
        Thread thread = new Thread(GROUP, body, name, 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(loader);
        return thread;
    }

    private static ExecutorService platform(int limit, @Nullable ClassLoader loader) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                limit,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                body -> daemon(body, PREFIX + number.incrementAndGet(), loader));
    }

    // By reflection because the baseline is Java 17; a multi-release jar would differ with the JDK that builds it.
    private static ExecutorService virtual(@Nullable ClassLoader loader) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle start = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle name =
                    lookup.findVirtual(ofVirtual, "name", MethodType.methodType(ofVirtual, String.class, long.class));
            MethodHandle inherit = lookup.findVirtual(
                    ofVirtual, "inheritInheritableThreadLocals", MethodType.methodType(ofVirtual, boolean.class));
            MethodHandle factory = lookup.findVirtual(ofVirtual, "factory", MethodType.methodType(ThreadFactory.class));
            MethodHandle pool = lookup.findStatic(
                    Executors.class,
                    "newThreadPerTaskExecutor",
                    MethodType.methodType(ExecutorService.class, ThreadFactory.class));
            ThreadFactory threads =
                    (ThreadFactory) factory.invoke(inherit.invoke(name.invoke(start.invoke(), PREFIX, 1L), false));
            ThreadFactory threadsWithLoader = body -> {
                Thread thread = threads.newThread(body);
                thread.setContextClassLoader(loader);
                return thread;
            };
            return (ExecutorService) pool.invoke(threadsWithLoader);
        } catch (Throwable missing) {
            throw new IllegalStateException(
                    "virtual threads are not to be had on Java "
                            + Runtime.version().feature(),
                    missing);
        }
    }
}
