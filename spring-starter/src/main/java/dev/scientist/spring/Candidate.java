package dev.scientist.spring;

import org.jspecify.annotations.Nullable;

/** Another way to answer the calls of an annotated method. */
@FunctionalInterface
interface Candidate {

    /**
     * Answers one call.
     *
     * @param self the bean of the primary, with its advice
     * @param arguments the candidate's own array
     */
    @Nullable
    Object call(Object self, @Nullable Object[] arguments) throws Throwable;
}
