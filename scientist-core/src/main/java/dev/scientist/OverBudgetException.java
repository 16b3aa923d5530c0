package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/**
 * Thrown by a {@link ResultComparator} that gives up because two answers exceed one of its limits. The call is then
 * {@link Verdict#UNCOMPARED} with the reason {@link Verdict.Reason#OVER_BUDGET} instead of
 * {@link Verdict.Reason#COMPARATOR_FAILED}, because nothing is broken: the answers are too large.
 *
 * <p>The message is written to the log, once for each limit, so it must name a limit and never a value.
 *
 * @since 0.1.0
 */
public class OverBudgetException extends UncomparableException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception for one limit.
     *
     * @param limit the limit, in words and with its number; one of the few limits of the comparator, and no part of an
     *     answer
     */
    public OverBudgetException(String limit) {
        super(requireNonNull(limit, "limit"), false); // the limit says enough, and stack traces are expensive
    }
}
