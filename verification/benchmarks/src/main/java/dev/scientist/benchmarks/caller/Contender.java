package dev.scientist.benchmarks.caller;

import org.jspecify.annotations.Nullable;

/**
 * One way to run a primary, with or without a candidate beside it. Each has its own class, and the two sides ready, so
 * that a call creates none.
 */
public interface Contender extends AutoCloseable {

    /** One call; what the primary answers. */
    @Nullable
    Answer call() throws Exception;

    /** Makes its surroundings ready for some calls, which {@link #settle} ends. */
    default void prepare() {}

    /** Begins to count which share of the calls is sampled: warming up is faster than candidates can be handed out. */
    default void mark() {}

    /** Waits until what earlier calls started has ended, so that it does not disturb the next contender. */
    default void settle() {}

    /** Ends what it started. */
    @Override
    default void close() {}
}
