package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * An element of a {@link WorkQueue}, which can be added once in its life. It is a base class, so that the caller needs
 * no additional object to hand work over.
 */
abstract class Link {

    @Nullable
    Link linked; // used only by the queue
}
