package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * Holds how long the primary takes in sampled calls against how long it takes in others. {@link
 * ExperimentOptions.Sampling#ADAPTIVE} finds one by {@link java.util.ServiceLoader}, so that the engine needs no library
 * for it: {@code dev.scientist.decision} has one, which needs HdrHistogram.
 *
 * <p>Threads: any records, one at a time asks. Invariant: what was recorded is never forgotten. Consequence: a new one is
 * begun for each share.
 *
 * @since 0.1.0
 */
public interface LatencyComparison {

    /**
     * Begins a comparison with nothing recorded.
     *
     * @throws LinkageError if its library is absent
     */
    LatencyComparison begin();

    /**
     * Records a call. On the caller's thread, or on the one that completes its stage: a few tens of nanoseconds at most,
     * without allocating.
     *
     * @param isSampled whether a candidate was started in it
     * @param nanos how long the primary took, 0 or more
     */
    void record(boolean isSampled, long nanos);

    /**
     * A sentence once the primary has been shown slower in sampled calls; null until then. Off the callers' path; may be
     * asked at any time and as often as one likes.
     */
    @Nullable
    String slower();
}
