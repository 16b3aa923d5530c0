package dev.scientist;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the collection or map behind a view of {@code java.util.Collections}. Of that collection it calls nothing but
 * its {@code writeReplace}, if it has one.
 *
 * <p>The fields of a view cannot be read directly. But when a view is serialized, the stream gets the objects in its
 * fields, or their replacements, before they are written. Serialization is aborted at that point, so nothing else of
 * the collection is called.
 */
final class BehindView extends ObjectOutputStream {

    /** The name of the class that replaces each immutable collection and map of the JDK in serialization. */
    private static final String IMMUTABLE = "java.util.CollSer";

    private boolean isViewSeen;
    private @Nullable Object behind;

    private BehindView() throws IOException {
        super(OutputStream.nullOutputStream());
        enableReplaceObject(true);
    }

    /**
     * Returns the collection or map behind a view; null if it cannot be found, as with a reversed view or in a native
     * image.
     *
     * @param view a view whose class is one of the JDK
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

    /** Whether the object found replaces an immutable collection of the JDK, so that the view itself may be read. */
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
        isViewSeen = true; // the view itself, or another view that replaces it
        return written;
    }

    /** Aborts the serialization. It is no IOException, because that would be written to the stream. */
    private static final class Found extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        Found() {
            super(null, null, false, false);
        }
    }
}
