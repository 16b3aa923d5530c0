package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/**
 * Says that a comparator has given up because two answers are beyond one of its limits. Thrown by a {@link
 * ResultComparator}, it makes the call {@link Verdict#UNCOMPARED} with the reason {@link Verdict.Reason#OVER_BUDGET}
 * instead of {@link Verdict.Reason#COMPARATOR_FAILED}: nothing is broken, the answers are too large.
 *
 * <p>The message is written to the log, once for each limit, so it must name a limit and never a value.
 *
 * @since 0.1.0
 */
public class OverBudgetException extends UncomparableException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Gives up.
     *
     * @param limit which limit, in words, with its number: one of the few that the comparator has; no part of an answer
     */
    public OverBudgetException(String limit) {
        super(requireNonNull(limit, "limit"), false); // the limit says it all, and traces are expensive
    }
}
