package dev.scientist.spring;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs the calls of one annotated method. */
@FunctionalInterface
interface Plan {

    /** The plan of methods that are not a primary. */
    Plan PRIMARY_ONLY = MethodInvocation::proceed;

    /**
     * Runs one call on the caller's thread.
     *
     * @return what the primary returned
     * @throws Throwable the very object that the primary threw
     */
    @Nullable
    Object run(MethodInvocation call) throws Throwable;
}
