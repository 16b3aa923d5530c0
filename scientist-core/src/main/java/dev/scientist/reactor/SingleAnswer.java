package dev.scientist.reactor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The answer of a {@code Mono}: its element, or null if it is empty. */
final class SingleAnswer<T> implements Answer<T, T> {

    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    @Override
    public CompletableFuture<T> outcome() {
        return outcome;
    }

    @Override
    public void next(T element) {
        outcome.complete(element); // before the element flows on, so that a snapshot sees it unchanged
    }

    @Override
    public void end() {
        outcome.complete(null); // without effect if there was an element
    }

    @Override
    public void fail(Throwable error) {
        outcome.completeExceptionally(new CompletionException(error)); // which the experiment takes off again, once
    }

    @Override
    public void leave() {
        outcome.cancel(false);
    }
}
