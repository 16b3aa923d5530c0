package dev.scientist.comparators;

import java.io.Serial;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** An array of a document whose order does not matter. */
final class UnorderedArray extends ArrayList<@Nullable Object> {

    @Serial
    private static final long serialVersionUID = 1L;
}
