package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link ResultComparator} that cannot compare two answers; it says why. The call is then
 * {@link Verdict#UNCOMPARED} with the reason {@link Verdict.Reason#COMPARATOR_FAILED}, as with any other exception.
 *
 * <p>For other exceptions the log shows only the class, because a message may quote a value. The message of this
 * exception is logged, so it may name a side, a place, a type or a rule, but never a value. For its causes the log
 * shows only the classes.
 *
 * @since 0.1.0
 */
public class UncomparableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception for a comparison that is not possible.
     *
     * @param reason why the answers cannot be compared, in words, and what to do about it; no part of an answer
     */
    public UncomparableException(String reason) {
        this(reason, null);
    }

    /**
     * Creates the exception for a comparison that is not possible.
     *
     * @param reason why the answers cannot be compared, in words, and what to do about it; no part of an answer
     * @param cause the cause. Its message is never logged, so it may quote anything
     */
    public UncomparableException(String reason, @Nullable Throwable cause) {
        super(requireNonNull(reason, "reason"), cause);
    }

    /** Creates the exception, with or without a stack trace. */
    UncomparableException(String reason, boolean hasTrace) {
        super(requireNonNull(reason, "reason"), null, false, hasTrace);
    }
}
