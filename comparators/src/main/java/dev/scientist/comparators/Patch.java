package dev.scientist.comparators;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts differences into the order in which they can be applied as a JSON Patch (RFC 6902), one after the other.
 *
 * <p>Paths of differences are those of the primary's document, except that a value which only the candidate has is
 * named by its last segment in the candidate's. So operations that change no array come first; then arrays, inner ones
 * before outer ones, because an operation must find the outer elements where the primary had them; and in one array
 * elements go from the back to the front, and come from the front to the back.
 */
final class Patch {

    private static final Comparator<Difference> ORDER = Comparator.comparing(
                    (Difference difference) -> phase(difference))
            .thenComparing(difference -> phase(difference) == 0 ? 0 : -depth(difference))
            .thenComparing(difference -> difference.kind() == Kind.MISSING ? 0 : 1)
            .thenComparing(difference -> difference.kind() == Kind.MISSING ? -index(difference) : index(difference));

    private Patch() {}

    /** The operations. */
    static List<Object> of(List<Difference> differences, Redactor redactor) {
        return differences.stream()
                .filter(difference -> difference.kind() != Kind.ERROR)
                .sorted(ORDER) // the sort is stable: differences that need no order keep their own
                .map(difference -> operation(difference, redactor))
                .toList();
    }

    private static Object operation(Difference difference, Redactor redactor) {
        Map<String, @Nullable Object> operation = new LinkedHashMap<>();
        operation.put("op", name(difference.kind()));
        operation.put("path", difference.path());
        if (difference.kind() != Kind.MISSING) {
            operation.put("value", redactor.redact(difference.path(), difference.candidate()));
        }
        return operation;
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case MISSING -> "remove";
            case UNEXPECTED -> "add";
            case CHANGED, TYPE_CHANGED, REORDERED -> "replace";
            case ERROR -> throw new IllegalArgumentException("no operation for " + kind);
        };
    }

    /**
     * Gives 1 for a value that may come into or go out of an array. A key that is a number looks the same, and does no
     * harm.
     */
    private static int phase(Difference difference) {
        boolean isStructural = difference.kind() == Kind.MISSING || difference.kind() == Kind.UNEXPECTED;
        return isStructural && index(difference) >= 0 ? 1 : 0;
    }

    private static int depth(Difference difference) {
        return (int)
                difference.path().chars().filter(character -> character == '/').count();
    }

    private static int index(Difference difference) {
        String last = difference.path().substring(difference.path().lastIndexOf('/') + 1);
        return last.matches("0|[1-9]\\d{0,8}") ? Integer.parseInt(last) : -1;
    }
}
