package dev.scientist.benchmarks.caller;

import dev.scientist.benchmarks.harness.Latencies;
import dev.scientist.benchmarks.harness.Latencies.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Threads that call one contender back to back until they are stopped. */
final class Callers {

    static final String THREAD = "caller";

    private static final int MOST_TIMED = 200_000; // for each thread; it makes further calls without timing them

    private final Contender contender;
    private final Answer expected;
    private final List<FutureTask<Long>> calls = new ArrayList<>();
    private final List<Latencies> latencies = new ArrayList<>();
    private volatile boolean stopped;

    private Callers(Contender contender, Answer expected, int count) {
        this.contender = contender;
        this.expected = expected;
        for (int i = 0; i < count; i++) {
            Latencies own = new Latencies(MOST_TIMED);
            latencies.add(own);
            FutureTask<Long> task = new FutureTask<>(() -> call(own));
            calls.add(task);
            Thread thread = new Thread(task, THREAD);
            thread.setDaemon(true);
            thread.start();
        }
    }

    static Callers start(Contender contender, Answer expected, int count) {
        return new Callers(contender, expected, count);
    }

    /** Lets each thread finish its call; returns the number of calls that all made together. */
    long stop() throws InterruptedException, ExecutionException {
        stopped = true;
        long sum = 0;
        for (FutureTask<Long> made : calls) {
            sum += made.get();
        }
        return sum;
    }

    /** The time that the calls took; call it after {@link #stop}. */
    Timing timing() {
        Latencies all = new Latencies(MOST_TIMED * latencies.size());
        latencies.forEach(all::addAll);
        return all.timing();
    }

    private long call(Latencies own) throws Exception {
        long made = 0;
        while (!stopped) {
            long start = System.nanoTime();
            Answer answer = contender.call();
            own.add(System.nanoTime() - start);
            made++;
            Stopwatch.check(answer, expected);
        }
        return made;
    }
}
