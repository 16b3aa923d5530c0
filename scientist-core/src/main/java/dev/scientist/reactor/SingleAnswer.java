package dev.scientist.reactor;

import dev.scientist.ObservedPrimary;

/**
 * The answer of a {@code Mono}: its element, or null if it is empty.
 *
 * @param primary receives the outcome; only the first report has an effect
 */
record SingleAnswer<T>(ObservedPrimary<T> primary) implements Answer<T> {

    @Override
    public void next(T element) {
        primary.returned(element); // before the subscriber gets the element, so that a snapshot sees it unchanged
    }

    @Override
    public void end() {
        primary.returned(null); // no effect if there was an element
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
