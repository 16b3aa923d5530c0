package dev.scientist.reactor;

import java.util.concurrent.CompletableFuture;

/**
 * Gathers a primary's elements into the answer that is compared. Used by one subscription, whose signals come one
 * at a time.
 *
 * @param <E> the type of the elements
 * @param <T> the type of the answer
 */
interface Answer<E, T> {

    /** An element is about to flow on. May settle the outcome. */
    void add(E element, CompletableFuture<T> outcome);

    /** There are no more elements. */
    void complete(CompletableFuture<T> outcome);
}
