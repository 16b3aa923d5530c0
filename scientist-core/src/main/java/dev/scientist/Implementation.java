package dev.scientist;

import org.jspecify.annotations.Nullable;

/**
 * One way to compute the answer of a call: the primary, or a candidate to replace it.
 *
 * <p>A primary runs on the caller's thread, and what it throws reaches the caller unchanged. A candidate runs on a
 * thread of the {@link Scientist}, may throw anything, and is interrupted when it misses its deadline.
 *
 * @param <T> the type of the answer; {@code null} is a legal answer
 * @param <X> what the implementation may throw. It is inferred, so the caller's signature declares the checked
 *     exceptions of the primary
 * @since 0.1.0
 */
@FunctionalInterface
public interface Implementation<T, X extends Throwable> {

    /**
     * Computes the answer.
     *
     * @return the answer, {@code null} included
     * @throws X what this implementation throws
     */
    @Nullable
    T call() throws X;
}
