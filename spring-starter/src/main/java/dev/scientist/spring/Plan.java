package dev.scientist.spring;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** What to do with the calls of one annotated method. */
@FunctionalInterface
interface Plan {

    /** For methods that are not the primary of anything. */
    Plan PRIMARY_ONLY = MethodInvocation::proceed;

    /**
     * Runs one call on the caller's thread.
     *
     * @return what the primary returned
     * @throws Throwable what the primary threw, the very object
     */
    @Nullable
    Object run(MethodInvocation call) throws Throwable;
}
