package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Says that a comparator cannot compare two answers, and why. Thrown by a {@link ResultComparator}, it makes the call
 * {@link Verdict#UNCOMPARED} with the reason {@link Verdict.Reason#COMPARATOR_FAILED}, as any other exception does.
 *
 * <p>Of other exceptions the log shows the class alone, because a message may quote a value. The message of this one is
 * written to the log, so it must name a side, a place, a type or a rule, and never a value. Of its causes, the log shows
 * the classes.
 *
 * @since 0.1.0
 */
public class UncomparableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Ends a comparison.
     *
     * @param reason what is in the way, in words, and what to do about it; no part of an answer
     */
    public UncomparableException(String reason) {
        this(reason, null);
    }

    /**
     * Ends a comparison.
     *
     * @param reason what is in the way, in words, and what to do about it; no part of an answer
     * @param cause whose message may quote anything: it is never logged
     */
    public UncomparableException(String reason, @Nullable Throwable cause) {
        super(requireNonNull(reason, "reason"), cause);
    }

    /** Without a trace. */
    UncomparableException(String reason, boolean hasTrace) {
        super(requireNonNull(reason, "reason"), null, false, hasTrace);
    }
}
