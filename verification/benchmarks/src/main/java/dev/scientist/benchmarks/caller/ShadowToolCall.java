package dev.scientist.benchmarks.caller;

import io.github.rabobank.shadow_tool.ShadowFlow;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * A flow of rabobank's shadow-tool: the candidate starts after the primary, on a cached pool. Its logger is off, which
 * is its best case.
 */
final class ShadowToolCall implements Contender {

    private final ThreadPoolExecutor pool = Pools.cached();
    private final ShadowFlow<Answer> flow;
    private final Supplier<Answer> primary;
    private final Supplier<Answer> candidate;

    /** A flow that shadows so many calls in a hundred. */
    ShadowToolCall(int percentage, Sides sides) {
        this.flow = new ShadowFlow.ShadowFlowBuilder<Answer>(percentage)
                .withExecutor(pool)
                .build();
        this.primary = sides::primaryAnswer;
        this.candidate = sides::candidateAnswer;
    }

    @Override
    public Answer call() {
        return flow.compare(primary, candidate);
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
}
