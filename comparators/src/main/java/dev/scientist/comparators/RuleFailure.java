package dev.scientist.comparators;

import java.io.Serial;

/**
 * Says why a rule has failed. The message goes on where "rule X " was said, is logged, and holds no value. It may happen
 * often, so it has no stack trace.
 */
final class RuleFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    RuleFailure(String message) {
        super(message, null, false, false);
    }
}
