package dev.scientist.comparators;

import java.io.Serial;

/**
 * Says why a rule has failed. The message completes a sentence that begins with the rule; it is logged, and holds no
 * value. It may happen often, so it has no stack trace.
 */
final class RuleFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    RuleFailure(String message) {
        super(message, null, false, false);
    }
}
