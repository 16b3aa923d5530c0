package dev.scientist.reactor;

import dev.scientist.ObservedPrimary;

/**
 * The answer of a {@code Mono}: its element, or null if it is empty.
 *
 * @param primary told once; what comes after that has no effect there
 */
record SingleAnswer<T>(ObservedPrimary<T> primary) implements Answer<T> {

    @Override
    public void next(T element) {
        primary.returned(element); // before the element flows on, so that a snapshot sees it unchanged
    }

    @Override
    public void end() {
        primary.returned(null); // without effect if there was an element
    }

    @Override
    public void fail(Throwable error) {
        primary.threw(error);
    }

    @Override
    public void leave() {
        primary.cancelled();
    }
}
