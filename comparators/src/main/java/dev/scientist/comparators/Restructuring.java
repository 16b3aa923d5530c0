package dev.scientist.comparators;

import org.jspecify.annotations.Nullable;

/** Gives the document of one side another structure before the two are compared. Stateless: any thread may ask. */
interface Restructuring {

    /**
     * Gives the document as it is to be compared.
     *
     * @param document a plain tree; never changed
     * @return the same instance if there is nothing to do
     */
    @Nullable
    Object restructured(@Nullable Object document);
}
