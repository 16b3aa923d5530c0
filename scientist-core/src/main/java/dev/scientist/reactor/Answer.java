package dev.scientist.reactor;

/**
 * Collects a primary's elements into the answer that is compared, and reports it to the experiment. It is used by one
 * subscription, whose signals come one at a time; {@link #leave()} may be called on any thread.
 *
 * @param <E> the type of the elements
 */
interface Answer<E> {

    /** Called before an element is passed to the subscriber. */
    void next(E element);

    /** Called when there are no more elements. */
    void end();

    /** Called when the primary has failed. */
    void fail(Throwable error);

    /** Called when the subscriber has cancelled. */
    void leave();
}
