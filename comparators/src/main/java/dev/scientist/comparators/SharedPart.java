package dev.scientist.comparators;

import dev.scientist.Sharing;
import dev.scientist.UncomparableException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Is thrown instead of opening an object inside an answer that shares its session or position with the caller. */
final class SharedPart extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MOST_CAUSES = 1_000; // chosen: mappers wrap once for each level, and answers have 250

    private final transient Class<?> type;

    SharedPart(Class<?> type) {
        super(type.getName(), null, false, false); // the message is made by whoever catches it
        this.type = type;
    }

    /**
     * Whether a mapper must not open objects of a class. A class with a lock is open: a mapper would take the lock for
     * a moment only.
     */
    static boolean isClosed(Class<?> type) {
        Sharing sharing = Sharing.of(type);
        return sharing == Sharing.SESSION || sharing == Sharing.POSITION;
    }

    /** Gives the refusal that such a failure means; null if the failure is another one. */
    static @Nullable UncomparableException in(@Nullable Throwable failure, String answer) {
        Throwable next = failure;
        for (int i = 0; next != null && i < MOST_CAUSES; i++) {
            if (next instanceof SharedPart part) {
                return Sharing.of(part.type).refusal(answer, part.type);
            }
            next = next.getCause();
        }
        return null;
    }
}
