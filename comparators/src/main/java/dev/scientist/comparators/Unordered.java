package dev.scientist.comparators;

import java.io.Serial;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A list in a plain tree whose order means nothing: the elements of a set. Confined to one thread. */
final class Unordered extends ArrayList<@Nullable Object> {

    @Serial
    private static final long serialVersionUID = 1L;

    Unordered(int capacity) {
        super(capacity);
    }
}
