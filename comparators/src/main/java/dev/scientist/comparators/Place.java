package dev.scientist.comparators;

import dev.scientist.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place where two documents are not the same.
 *
 * @param pointer where, as a JSON Pointer
 * @param kind what kind of disagreement it is, if it is one
 * @param primary the primary's value; null where it is null or absent
 * @param candidate the candidate's value; null where it is null or absent
 */
record Place(
        String pointer,
        Difference.Kind kind,
        @Nullable Object primary,
        @Nullable Object candidate) {

    /** A place where both sides have a value. */
    static Place of(String pointer, @Nullable Object primary, @Nullable Object candidate) {
        boolean isSameType = Objects.equals(type(primary), type(candidate));
        return new Place(
                pointer, isSameType ? Difference.Kind.CHANGED : Difference.Kind.TYPE_CHANGED, primary, candidate);
    }

    static Place missing(String pointer, @Nullable Object primary) {
        return new Place(pointer, Difference.Kind.MISSING, primary, null);
    }

    static Place unexpected(String pointer, @Nullable Object candidate) {
        return new Place(pointer, Difference.Kind.UNEXPECTED, null, candidate);
    }

    static Place reordered(String pointer, List<?> primary, List<?> candidate) {
        return new Place(pointer, Difference.Kind.REORDERED, primary, candidate);
    }

    Difference toDifference() {
        return Difference.of(pointer, kind, shown(primary), shown(candidate));
    }

    /** The JSON type. */
    private static @Nullable Class<?> type(@Nullable Object value) {
        if (value instanceof Map) {
            return Map.class;
        }
        return value instanceof List ? List.class : value == null ? null : value.getClass();
    }

    /** Whether the order matters is not the reader's concern. */
    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof UnorderedArray elements ? new ArrayList<>(elements) : value;
    }
}
