package dev.scientist.benchmarks.caller;

import org.jspecify.annotations.Nullable;

/**
 * One way to run a primary, with or without a candidate beside it. Each has its own class and holds the two sides, so
 * that a call creates none.
 */
public interface Contender extends AutoCloseable {

    /** Makes one call and returns the primary's answer. */
    @Nullable
    Answer call() throws Exception;

    /** Makes its surroundings ready for some calls, which {@link #settle} ends. */
    default void prepare() {}

    /** Begins to count the share of calls that is sampled; while warming up, calls come too fast to sample them all. */
    default void mark() {}

    /** Waits until all candidates have ended, so that they do not disturb the next contender. */
    default void settle() {}

    /** Ends the threads it started. */
    @Override
    default void close() {}
}
