package dev.scientist.benchmarks.caller;

import com.github.rawls238.scientist4j.Experiment;
import dev.scientist.Implementation;
import io.dropwizard.metrics5.MetricRegistry;
import io.github.rabobank.shadow_tool.ShadowFlow;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The contenders that are not ours: the direct call, one bare {@code execute}, shadow-tool and Scientist4J. */
final class Rivals {

    private Rivals() {}

    /** Calls the primary directly. */
    static final class DirectCall implements Contender {

        private final Implementation<Answer, RuntimeException> primary;

        DirectCall(Sides sides) {
            this.primary = sides.primary();
        }

        @Override
        public @Nullable Answer call() {
            return primary.call();
        }
    }

    /** A contender with a pool of its own. */
    private abstract static class Pooled implements Contender {

        final ThreadPoolExecutor pool;

        Pooled(ThreadPoolExecutor pool) {
            this.pool = pool;
        }

        @Override
        public void settle() {
            Pools.settle(pool);
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }

    /**
     * Does the least that starts a candidate at once: one {@code execute} on a pool, then the primary. It compares and
     * counts nothing.
     */
    static final class BareExecuteCall extends Pooled {

        private final Implementation<Answer, RuntimeException> primary;
        private final Runnable candidate;

        @SuppressWarnings("UnusedVariable") // written so that the candidate's answer is used
        private volatile @Nullable Answer seen;

        BareExecuteCall(Sides sides) {
            super(Pools.cached());
            this.primary = sides.primary();
            this.candidate = () -> seen = sides.candidateAnswer();
        }

        @Override
        public @Nullable Answer call() {
            pool.execute(candidate);
            return primary.call();
        }
    }

    /**
     * Runs a flow of rabobank's shadow-tool, which starts the candidate after the primary, on a cached pool. Its logger
     * is off, which is its best case.
     */
    static final class ShadowToolCall extends Pooled {

        private final ShadowFlow<Answer> flow;
        private final Supplier<Answer> primary;
        private final Supplier<Answer> candidate;

        /** Shadows every call. */
        ShadowToolCall(Sides sides) {
            super(Pools.cached());
            this.flow = new ShadowFlow.ShadowFlowBuilder<Answer>(100)
                    .withExecutor(pool)
                    .build();
            this.primary = sides::primaryAnswer;
            this.candidate = sides::candidateAnswer;
        }

        @Override
        public Answer call() {
            return flow.compare(primary, candidate);
        }

        int threads() {
            return pool.getPoolSize();
        }
    }

    /**
     * Runs an experiment of Scientist4J 0.6, in one of its modes, on a pool like the one it makes for itself: two
     * threads and a queue without bound.
     */
    static final class Scientist4jCall extends Pooled {

        /** The modes of Scientist4J. */
        enum Mode {
            /** Both sides run on the caller's thread. */
            SYNC,
            /** Both sides run on the pool, and the caller waits for the primary. */
            ASYNC,
            /** The primary runs on the caller's thread. */
            CANDIDATE_ONLY
        }

        private final Experiment<Answer> experiment;
        private final Supplier<Answer> primary;
        private final Supplier<Answer> candidate;

        Scientist4jCall(Mode mode, Sides sides) {
            super(Pools.fixed(2));
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

        int queued() {
            return pool.getQueue().size();
        }

        /** Scientist4J chooses this mode by overriding a method. */
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
}
