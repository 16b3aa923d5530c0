package dev.scientist.reactor;

/**
 * Gathers a primary's elements into the answer that is compared, and tells the experiment. Used by one subscription, whose
 * signals come one at a time; {@link #leave()} from any thread.
 *
 * @param <E> the type of the elements
 */
interface Answer<E> {

    /** An element is about to flow on. */
    void next(E element);

    /** There are no more elements. */
    void end();

    /** The primary has failed; nothing comes any more. */
    void fail(Throwable error);

    /** The subscriber takes no more. */
    void leave();
}
