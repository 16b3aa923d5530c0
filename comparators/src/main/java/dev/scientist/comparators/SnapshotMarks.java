package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The texts that stand in a JSON document for places that are not loaded, and for an entity inside itself. They begin
 * with a random number, which no answer contains by accident. Confined to one thread, for one document.
 */
final class SnapshotMarks {

    private static final String NONCE = UUID.randomUUID().toString(); // documents do not leave the process
    private static final String NOT_LOADED = NONCE + " not loaded";
    private static final String LEVELS_UP = NONCE + " levels up ";

    private @Nullable IdentityHashMap<Object, Integer> above; // made for the first entity: most answers have none
    private int notLoaded;
    private int cycles;

    /** Gives the mark for one more place that is not loaded. */
    String notLoaded() {
        notLoaded++;
        return NOT_LOADED;
    }

    /**
     * Notes that an entity is being written. Returns the mark to write in its place if it is already being written, or
     * else null.
     */
    @Nullable
    String enter(Object entity, int depth) {
        if (above == null) {
            above = new IdentityHashMap<>();
        }
        Integer level = above.putIfAbsent(entity, depth);
        if (level == null) {
            return null;
        }
        cycles++;
        return LEVELS_UP + (depth - level);
    }

    void leave(Object entity) {
        if (above != null) {
            above.remove(entity);
        }
    }

    /** The number of places that are not loaded. */
    int places() {
        return notLoaded;
    }

    /** The number of marks. */
    int marks() {
        return notLoaded + cycles;
    }

    /**
     * Gives a plain tree in which the marks are replaced by {@link NotLoaded}, or by what an {@link ObjectReader} makes
     * of a cycle.
     */
    static @Nullable Object withoutMarks(@Nullable Object node) {
        if (node instanceof String text && text.startsWith(NONCE)) {
            return text.equals(NOT_LOADED)
                    ? NotLoaded.PLACE
                    : Map.of(ObjectReader.LEVELS_UP, new BigDecimal(text.substring(LEVELS_UP.length())));
        }
        if (node instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> read = new LinkedHashMap<>();
            fields.forEach((name, value) -> read.put((String) name, withoutMarks(value)));
            return read;
        }
        if (node instanceof List<?> elements) {
            List<@Nullable Object> read = new ArrayList<>(elements.size());
            elements.forEach(element -> read.add(withoutMarks(element)));
            return read;
        }
        return node;
    }
}
