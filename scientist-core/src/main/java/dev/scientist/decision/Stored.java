package dev.scientist.decision;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that is stored, and that may get further parts in later versions. Two are equal if they are of the same class
 * and their trees are equal, so a part that is stored always counts.
 *
 * <p>Subclasses are final and immutable.
 */
abstract class Stored {

    /** The parts as maps, lists, text and numbers, in a fixed order. */
    abstract Map<String, Object> tree();

    @Override
    public final boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof Stored stored
                && stored.getClass() == getClass()
                && stored.tree().equals(tree());
    }

    @Override
    public final int hashCode() {
        return tree().hashCode();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + tree();
    }
}
