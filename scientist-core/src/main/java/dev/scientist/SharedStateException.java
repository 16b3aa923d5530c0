package dev.scientist;

import java.io.Serial;

/** Says that what is to be compared shares something with the caller; tells the {@link Judge} by which reason. */
final class SharedStateException extends UncomparableException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Sharing sharing;

    SharedStateException(String reason, Sharing sharing) {
        super(reason, false); // the place says it all, and traces are expensive
        this.sharing = sharing;
    }

    Sharing sharing() {
        return sharing;
    }
}
