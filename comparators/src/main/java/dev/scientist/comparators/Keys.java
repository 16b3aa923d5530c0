package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import dev.scientist.comparators.PathPattern.Wildcard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key by which the elements of an array find each other: pointers into the element. The walk asks for it; it never
 * accepts two values itself.
 *
 * @param pointers one or more, without wildcards
 */
record Keys(List<PathPattern> pointers) implements Effect {

    static Keys of(String... pointers) {
        if (pointers.length == 0) {
            throw new IllegalArgumentException("must have a JSON Pointer to a part of the key at least: \"/id\"");
        }
        List<PathPattern> parsed =
                Arrays.stream(pointers).map(PathPattern::parse).toList();
        if (parsed.stream().anyMatch(pointer -> pointer.has(Wildcard.ONE) || pointer.has(Wildcard.MANY))) {
            throw new IllegalArgumentException("must have keys without wildcards");
        }
        return new Keys(parsed);
    }

    @Override
    public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        return false;
    }

    /**
     * Gives the key of an element: one value for each pointer, to be compared by {@code equals}; numbers are equal by
     * value.
     *
     * @param state the rules of the element's place: an ignored value is no key
     * @return null if the element has no key: a part of it is missing, is null, an object or an array, or is in an
     *     array
     */
    @Nullable
    List<Object> of(Trees trees, @Nullable Object element, PathState state) {
        List<Object> key = new ArrayList<>(pointers.size());
        for (PathPattern pointer : pointers) {
            Object part = part(trees, element, state, pointer);
            if (part == null) {
                return null;
            }
            key.add(part instanceof BigDecimal number ? Numbers.canonical(number) : part);
        }
        return key;
    }

    /**
     * Gives the value that a pointer leads to; null if that is an object, an array or null, or is inside an ignored
     * object.
     */
    private static @Nullable Object part(Trees trees, @Nullable Object element, PathState place, PathPattern pointer) {
        Object part = element;
        PathState state = place;
        for (Object step : pointer.steps()) {
            if (state.isIgnored() || trees.kind(part) != Kind.OBJECT) {
                return null;
            }
            part = trees.field(part, (String) step);
            state = state.child((String) step);
            if (part == Gap.ABSENT) {
                return null;
            }
        }
        if (part instanceof Digest) {
            return null;
        }
        Kind kind = trees.kind(part);
        return kind.isContainer() ? null : trees.scalar(kind, part);
    }
}
