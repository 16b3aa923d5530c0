package dev.scientist.benchmarks.caller;

import dev.scientist.Implementation;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The least that starts a candidate at once: one {@code execute} on a pool, then the primary. Nothing is compared or
 * counted.
 */
final class BareExecuteCall implements Contender {

    private final ThreadPoolExecutor pool = Pools.cached();
    private final Implementation<Answer, RuntimeException> primary;
    private final Runnable candidate;

    @SuppressWarnings("UnusedVariable") // written so that the candidate's answer is used
    private volatile @Nullable Answer seen;

    BareExecuteCall(Sides sides) {
        this.primary = sides.primary();
        this.candidate = () -> seen = sides.candidateAnswer();
    }

    @Override
    public @Nullable Answer call() {
        pool.execute(candidate);
        return primary.call();
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
