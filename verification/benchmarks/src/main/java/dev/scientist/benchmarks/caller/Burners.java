package dev.scientist.benchmarks.caller;

import java.util.ArrayList;
import java.util.List;

/** Keeps cores busy until closed, one thread each. */
final class Burners implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private Burners(int count) {
        Work work = Work.lasting(10_000);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> burn(work), "burner");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    static Burners onAllCoresButOne() {
        return new Burners(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }

    int count() {
        return threads.size();
    }

    private void burn(Work work) {
        while (!stopped) {
            work.answer();
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
