package dev.scientist.comparators;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Jackson: writes values as JSON with a mapper, and reads JSON as tokens.
 *
 * <p>Threads: any. Invariant: mapper and factory are fixed once made. Consequence: one instance serves all comparisons.
 */
interface JsonLibrary {

    /** Gives the name of this library. */
    String name();

    /** Whether the value is a tree of this library. */
    boolean isTree(Object value);

    /** A way to look at this library's trees. */
    Trees trees();

    /** Writes a value as JSON, the way the mapper would send it. */
    byte[] write(Object value) throws IOException;

    /** A writer of the loaded parts of values, with a copy of the mapper. */
    SnapshotWriter snapshots();

    JsonTokens read(String json) throws IOException;

    JsonTokens read(byte[] json) throws IOException;

    /**
     * Names the reader's limit that a document exceeds, without any of the input; null if reading failed for another
     * reason.
     */
    @Nullable
    String limit(Exception failure);

    /** Tells why or where reading failed, without any of the input. */
    String reason(Exception failure);

    /**
     * The libraries of the class path, Jackson 3 first: the first one reads text and writes objects, with all modules
     * that can be found; another one writes its own trees.
     *
     * @throws IllegalStateException if there is none
     */
    static List<JsonLibrary> present() {
        if (Present.JACKSON_3) {
            return Present.JACKSON_2 ? List.of(Jackson3.standard(), Jackson2.forTrees()) : List.of(Jackson3.standard());
        }
        if (Present.JACKSON_2) {
            return List.of(Jackson2.standard());
        }
        throw new IllegalStateException("JsonComparator needs Jackson on the class path but found neither Jackson 3"
                + " (tools.jackson.core:jackson-databind) nor Jackson 2 (com.fasterxml.jackson.core:jackson-databind)");
    }

    /**
     * The libraries of the class path, the one of an application's mapper first.
     *
     * @throws IllegalArgumentException if the object is no mapper of a library that is present, or does not write JSON
     */
    static List<JsonLibrary> of(Object mapper) {
        if (Present.JACKSON_3 && Jackson3.isMapper(mapper)) {
            return Present.JACKSON_2 ? List.of(Jackson3.of(mapper), Jackson2.forTrees()) : List.of(Jackson3.of(mapper));
        }
        if (Present.JACKSON_2 && Jackson2.isMapper(mapper)) {
            return Present.JACKSON_3 ? List.of(Jackson2.of(mapper), Jackson3.forTrees()) : List.of(Jackson2.of(mapper));
        }
        throw new IllegalArgumentException("mapper must be an ObjectMapper of Jackson 2 or Jackson 3 but was a "
                + mapper.getClass().getName());
    }

    /** Checks the format of a mapper. */
    static void requireJson(Object mapper, String format) {
        if (!format.equals("JSON")) {
            throw new IllegalArgumentException(
                    "mapper must write JSON but was a " + mapper.getClass().getName() + ", which writes " + format);
        }
    }

    /**
     * Tells which libraries are on the class path, found once. No class of a Jackson is loaded before it is known to be
     * there.
     */
    final class Present {

        static final boolean JACKSON_2 = isPresent("com.fasterxml.jackson.databind.ObjectMapper");
        static final boolean JACKSON_3 = isPresent("tools.jackson.databind.ObjectMapper");

        private Present() {}

        private static boolean isPresent(String type) {
            try {
                Class.forName(type, false, Present.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | LinkageError absent) {
                return false;
            }
        }
    }
}
