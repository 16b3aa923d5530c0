package dev.scientist;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the collection or map behind a view of {@code java.util.Collections} without calling anything of it but a {@code
 * writeReplace} that it may have.
 *
 * <p>Nobody else may read the fields of a view, but whoever writes it as an object is handed what is in them, or its
 * replacement, before that is written. The writing ends there: nothing else of what is behind the view is asked.
 */
final class BehindView extends ObjectOutputStream {

    /** What is written of each immutable collection and map of the JDK, instead of itself. */
    private static final String IMMUTABLE = "java.util.CollSer";

    private boolean isViewSeen;
    private @Nullable Object behind;

    private BehindView() throws IOException {
        super(OutputStream.nullOutputStream());
        enableReplaceObject(true);
    }

    /**
     * What is behind a view; null if that is not to be known, as behind a reversed view and in a native image.
     *
     * @param view of a class of the JDK
     */
    static @Nullable Object of(Object view) {
        if (!(view instanceof Serializable)) {
            return null;
        }
        try (BehindView writing = new BehindView()) {
            return writing.find(view);
        } catch (IOException | RuntimeException | LinkageError unknown) {
            return null;
        }
    }

    /** Whether what was found stands for an immutable collection of the JDK, so that the view may be read itself. */
    static boolean isImmutable(Object behind) {
        return behind.getClass().getName().equals(IMMUTABLE);
    }

    private @Nullable Object find(Object view) throws IOException {
        try {
            writeObject(view);
        } catch (Found found) {
            return behind;
        }
        return null;
    }

    @Override
    protected Object replaceObject(Object written) {
        if (isViewSeen) {
            behind = written;
            throw new Found();
        }
        isViewSeen = true; // or another view of the same, that it is written as
        return written;
    }

    /** Ends the writing. Not an IOException, which would be written itself. */
    private static final class Found extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        Found() {
            super(null, null, false, false);
        }
    }
}
