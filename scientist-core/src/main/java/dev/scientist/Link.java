package dev.scientist;

import org.jspecify.annotations.Nullable;

/** What stands in a {@link WorkQueue}, once in its life. A base class, so that handing work over costs the caller no object. */
abstract class Link {

    @Nullable
    Link linked; // the queue's own
}
