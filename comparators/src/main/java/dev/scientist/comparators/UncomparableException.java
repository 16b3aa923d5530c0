package dev.scientist.comparators;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Says that two answers cannot be compared, and why. The message names the side and the limit or rule, never a value:
 * nothing of the documents may reach a log.
 */
final class UncomparableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UncomparableException(String message) {
        this(message, null);
    }

    UncomparableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Ends a comparison that is over its time: the engine interrupts it. The interrupt flag stays as it is. */
    static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new UncomparableException("the comparison was interrupted");
        }
    }
}
