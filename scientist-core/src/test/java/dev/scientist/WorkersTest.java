package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final List<ExecutorService> made = new ArrayList<>();

    @AfterEach
    void shutDown() {
        made.forEach(ExecutorService::shutdownNow);
    }

    private ExecutorService workers(boolean isFresh, WorkQueue queue) {
        ExecutorService workers = Workers.create(false, isFresh, 64, queue);
        made.add(workers);
        return workers;
    }

    @Test
    void aFreshThreadIsForOneWork() {
        WorkQueue queue = new WorkQueue();
        ExecutorService workers = workers(true, queue);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        queue.add(() -> threads.add(Thread.currentThread()));

        for (int i = 1; i <= 20; i++) {
            workers.execute(() -> threads.add(Thread.currentThread()));
            int expected = i;
            eventually("it has run", () -> threads.size() == expected);
        }
        eventually("each thread ends", () -> threads.stream().noneMatch(Thread::isAlive));

        assertThat(queue.isEmpty()).isFalse();
    }

    @Test
    void aPooledThreadTakesFurtherWork() {
        WorkQueue queue = new WorkQueue();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger runs = new AtomicInteger();
        Runnable work = () -> {
            threads.add(Thread.currentThread());
            runs.incrementAndGet();
        };

        for (int i = 0; i < 20; i++) {
            queue.add(work);
        }
        workers(false, queue).execute(work);
        eventually("all have run", () -> runs.get() == 21);

        assertThat(threads).hasSize(1);
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // what a candidate may do
    void whatAWorkLeavesOnItsThreadIsPutBack() {
        WorkQueue queue = new WorkQueue();
        List<ThreadState> states = new ArrayList<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Runnable messy = () -> {
            states.add(ThreadState.of(Thread.currentThread()));
            Thread.currentThread().setName("renamed");
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            Thread.currentThread().setContextClassLoader(null);
            Thread.currentThread().interrupt();
        };
        queue.add(() -> {
            states.add(ThreadState.of(Thread.currentThread()));
            interrupted.set(Thread.currentThread().isInterrupted());
        });

        workers(false, queue).execute(messy);
        eventually("both have run", () -> interrupted.get() != null);

        assertThat(states).hasSize(2);
        assertThat(states.get(1)).isEqualTo(states.get(0));
        assertThat(states.get(0).loader()).isNotNull();
        assertThat(interrupted).hasValue(false);
    }
}
