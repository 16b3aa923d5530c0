package dev.scientist.comparators;

import dev.scientist.Difference.Kind;
import java.io.Serial;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.javacrumbs.jsonunit.core.Configuration;
import net.javacrumbs.jsonunit.core.internal.Diff;
import net.javacrumbs.jsonunit.core.internal.JsonUtils;
import net.javacrumbs.jsonunit.core.internal.Node;
import net.javacrumbs.jsonunit.core.listener.Difference;
import org.jspecify.annotations.Nullable;

/**
 * Asks json-unit which of the places where two documents are not the same are differences under its configuration.
 *
 * <p>json-unit was made for tests: its expected document is a template, written by the person who reads the report.
 * Here both documents come from production, so it is given one flat document for each side, with one numbered field for
 * each place:
 *
 * <ul>
 *   <li>Every text carries a mark in front. No placeholder starts with it, so a text is never read as one.
 *   <li>A field's name is the number of its place. Keys of the documents, which may contain dots and brackets, never
 *       meet json-unit's path syntax, and the depth of the documents never meets its recursion.
 *   <li>Of an object or array only the type is shown. Nothing larger than one value is formatted for a message.
 *   <li>The last field always differs, and there the listener ends the run, before json-unit writes its messages, which
 *       contain values, to the log.
 * </ul>
 *
 * <p>Threads: any. Invariant: the configuration is fixed. Consequence: one instance serves all comparisons.
 */
final class PlaceJudge {

    private static final String MARK = "'";
    private static final String END = "end"; // json-unit takes common fields in ascending order: digits come first

    private final Configuration configuration;

    PlaceJudge(@Nullable BigDecimal tolerance) {
        this.configuration =
                Configuration.empty().withNumberComparator(Numbers.BY_VALUE).withTolerance(tolerance);
    }

    /** Those of the places that are differences, in the order given. */
    List<Place> differing(List<Place> places) {
        Map<String, @Nullable Object> expected = new HashMap<>(Map.of(END, true));
        Map<String, @Nullable Object> actual = new HashMap<>(Map.of(END, false));
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (place.kind() != Kind.UNEXPECTED) {
                expected.put(Integer.toString(i), sealed(place.primary()));
            }
            if (place.kind() != Kind.MISSING) {
                actual.put(Integer.toString(i), sealed(place.candidate()));
            }
        }
        BitSet differing = compare(expected, actual);
        return IntStream.range(0, places.size())
                .filter(i -> differing.get(i) || places.get(i).kind() == Kind.REORDERED)
                .mapToObj(places::get)
                .toList();
    }

    private BitSet compare(Map<String, @Nullable Object> expected, Map<String, @Nullable Object> actual) {
        BitSet differing = new BitSet();
        Configuration listening = configuration.withDifferenceListener((difference, context) -> {
            String field = field(difference);
            if (field.equals(END)) {
                throw new EndReached();
            }
            differing.set(Integer.parseInt(field));
        });
        try {
            Diff.create(node(expected), node(actual), "candidate", "", listening)
                    .similar();
        } catch (EndReached end) {
            return differing;
        }
        throw new IllegalStateException("json-unit did not come to the end");
    }

    private static String field(Difference difference) {
        return Objects.requireNonNull(
                difference.getType() == Difference.Type.MISSING
                        ? difference.getExpectedPath()
                        : difference.getActualPath());
    }

    private static Node node(Map<String, @Nullable Object> document) {
        return JsonUtils.wrapDeserializedObject(document);
    }

    private static @Nullable Object sealed(@Nullable Object value) {
        if (value instanceof String text) {
            return MARK + text;
        }
        if (value instanceof Map) {
            return Map.of();
        }
        return value instanceof List ? List.of() : value;
    }

    /** Ends a run of json-unit; made often, so it has no stack trace. */
    private static final class EndReached extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        EndReached() {
            super(null, null, false, false);
        }
    }
}
