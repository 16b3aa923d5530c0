package dev.scientist.reactor;

import java.util.concurrent.CompletableFuture;

/**
 * Gathers a primary's elements into the answer that is compared. Used by one subscription, whose signals come one at a time;
 * {@link #leave()} from any thread.
 *
 * @param <E> the type of the elements
 * @param <T> the type of the answer
 */
interface Answer<E, T> {

    /** What is told what the primary came to. */
    CompletableFuture<T> outcome();

    /** An element is about to flow on. */
    void next(E element);

    /** There are no more elements. */
    void end();

    /** The primary has failed; nothing comes any more. */
    void fail(Throwable error);

    /** The subscriber takes no more. */
    void leave();
}
