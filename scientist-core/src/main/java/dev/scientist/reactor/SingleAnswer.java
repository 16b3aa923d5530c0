package dev.scientist.reactor;

import java.util.concurrent.CompletableFuture;

/** The answer of a {@code Mono}: its element, or null if it is empty. */
final class SingleAnswer<T> implements Answer<T, T> {

    @Override
    public void add(T element, CompletableFuture<T> outcome) {
        outcome.complete(element); // before the element flows on, so that a snapshot sees it unchanged
    }

    @Override
    public void complete(CompletableFuture<T> outcome) {
        outcome.complete(null); // without effect if there was an element
    }
}
