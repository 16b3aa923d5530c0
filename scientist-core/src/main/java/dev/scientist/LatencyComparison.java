package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * Compares the latency of the primary in sampled calls with that in other calls.
 * {@link ExperimentOptions.Sampling#ADAPTIVE} finds an implementation with {@link java.util.ServiceLoader}, so that the
 * engine does not depend on a library. There is one in {@code dev.scientist.decision}, which needs HdrHistogram.
 *
 * <p>Threads: any thread records, one at a time asks. Invariant: recorded latencies are never forgotten. Consequence: a
 * new comparison is begun for each share.
 *
 * @since 0.1.0
 */
public interface LatencyComparison {

    /**
     * Begins a new comparison with nothing recorded.
     *
     * @throws LinkageError if its library is absent
     */
    LatencyComparison begin();

    /**
     * Records a call. It is called on the caller's thread, or on the thread that completes the primary's future, so it
     * must take a few tens of nanoseconds at most and allocate nothing.
     *
     * @param isSampled whether a candidate was started in the call
     * @param nanos how long the primary took, 0 or more
     */
    void record(boolean isSampled, long nanos);

    /**
     * Returns a sentence that says so once the primary has been shown to be slower in sampled calls; null until then.
     * It is not called on callers' threads, and may be called at any time and any number of times.
     */
    @Nullable
    String slower();
}
