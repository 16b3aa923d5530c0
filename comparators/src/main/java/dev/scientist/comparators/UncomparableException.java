package dev.scientist.comparators;

import dev.scientist.OverBudgetException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Says that two answers cannot be compared, and why. The message names the side and the limit or rule, never a value:
 * nothing of the documents may reach a log.
 */
final class UncomparableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isOverBudget;

    UncomparableException(String message) {
        this(message, null);
    }

    UncomparableException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private UncomparableException(String message, @Nullable Throwable cause, boolean isOverBudget) {
        super(message, cause);
        this.isOverBudget = isOverBudget;
    }

    /** Ends a comparison that has gone over a limit, which the message names. */
    static UncomparableException overBudget(String message) {
        return new UncomparableException(message, null, true);
    }

    /** What the engine is told: that the answers are beyond a limit, or that this is a failure. */
    RuntimeException toEngine() {
        return isOverBudget ? new OverBudgetException(String.valueOf(getMessage())) : this;
    }

    /** Ends a comparison that is over its time: the engine interrupts it. The interrupt flag stays as it is. */
    static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new UncomparableException("the comparison was interrupted");
        }
    }
}
