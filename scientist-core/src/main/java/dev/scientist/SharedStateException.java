package dev.scientist;

import java.io.Serial;

/** Thrown if an object to be compared shares something with the caller. It tells the {@link Judge} what is shared. */
final class SharedStateException extends UncomparableException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Sharing sharing;

    SharedStateException(String reason, Sharing sharing) {
        super(reason, false); // the place says enough, and stack traces are expensive
        this.sharing = sharing;
    }

    Sharing sharing() {
        return sharing;
    }
}
