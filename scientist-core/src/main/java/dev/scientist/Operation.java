package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * An {@link Implementation} that takes its argument from the experiment, so that a candidate can be given a copy of it.
 *
 * @param <A> the type of the argument
 * @param <T> the type of the answer; {@code null} is a legal answer
 * @param <X> what the operation may throw
 * @see ExperimentOptions.Builder#argumentCopier(Class, java.util.function.UnaryOperator)
 * @since 0.1.0
 */
@FunctionalInterface
public interface Operation<A, T, X extends Throwable> {

    /**
     * Computes the answer for one argument.
     *
     * @param argument the caller's own object for the primary; for a candidate a copy, if a copier is configured
     * @return the answer, {@code null} included
     * @throws X what this operation throws
     */
    @Nullable
    T apply(A argument) throws X;
}
