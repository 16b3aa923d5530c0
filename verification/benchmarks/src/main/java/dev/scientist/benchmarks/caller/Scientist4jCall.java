package dev.scientist.benchmarks.caller;

import com.github.rawls238.scientist4j.Experiment;
import io.dropwizard.metrics5.MetricRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * An experiment of Scientist4J 0.6, in one of its modes, on the pool it makes for itself: two threads and a queue
 * without bound.
 */
final class Scientist4jCall implements Contender {

    /** Which of its modes. */
    enum Mode {
        /** Both sides on the caller's thread. */
        SYNC,
        /** Both sides on the pool, and the caller waits for the primary. */
        ASYNC,
        /** The primary on the caller's thread. */
        CANDIDATE_ONLY
    }

    private final ThreadPoolExecutor pool = Pools.fixed(2);
    private final Experiment<Answer> experiment;
    private final Supplier<Answer> primary;
    private final Supplier<Answer> candidate;

    Scientist4jCall(Mode mode, Sides sides) {
        this.experiment = switch (mode) {
            case SYNC -> new Experiment<>("sync", Map.of(), false, new MetricRegistry(), Objects::equals, pool);
            case ASYNC -> new AsyncExperiment(pool);
            case CANDIDATE_ONLY -> new CandidateOnlyExperiment<>(pool);
        };
        this.primary = sides::primaryAnswer;
        this.candidate = sides::candidateAnswer;
    }

    @Override
    public Answer call() throws Exception {
        return experiment.run(primary, candidate);
    }

    ThreadPoolExecutor pool() {
        return pool;
    }

    @Override
    public void settle() {
        Pools.settle(pool);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** The mode is chosen by overriding a method. */
    private static final class AsyncExperiment extends Experiment<Answer> {
        AsyncExperiment(ThreadPoolExecutor pool) {
            super("async", Map.of(), false, new MetricRegistry(), Objects::equals, pool);
        }

        @Override
        protected boolean isAsync() {
            return true;
        }
    }
}
