package dev.scientist.reactor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The answer of a {@code Flux}: the list of its elements, up to a limit. */
final class ListAnswer<E> implements Answer<E, List<E>> {

    private final int limit;
    private final List<E> elements = new ArrayList<>();

    ListAnswer(int limit) {
        this.limit = limit;
    }

    @Override
    public void add(E element, CompletableFuture<List<E>> outcome) {
        if (elements.size() < limit) {
            elements.add(element);
        } else {
            outcome.cancel(false); // too long to compare; the elements flow on
        }
    }

    @Override
    public void complete(CompletableFuture<List<E>> outcome) {
        outcome.complete(elements);
    }
}
