package dev.scientist.spring;

import org.jspecify.annotations.Nullable;

/** Answers the calls of an annotated method in another way. */
@FunctionalInterface
interface Candidate {

    /**
     * Answers one call.
     *
     * @param self the bean of the primary, as its proxy where there is one
     * @param arguments the candidate's own array
     */
    @Nullable
    Object call(Object self, @Nullable Object[] arguments) throws Throwable;
}
