package dev.scientist.comparators;

import java.io.Serial;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** In a plain tree, a list whose order says nothing: what a set holds. Confined to one thread. */
final class Unordered extends ArrayList<@Nullable Object> {

    @Serial
    private static final long serialVersionUID = 1L;

    Unordered(int capacity) {
        super(capacity);
    }
}
