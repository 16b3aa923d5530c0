package dev.scientist.comparators;

import dev.scientist.Side;
import dev.scientist.UncomparableException;
import dev.scientist.comparators.JsonTokens.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trees of {@link Map}, {@link List}, {@link String}, {@link BigDecimal}, {@link Boolean} and null, as a {@link
 * DocumentReader} makes them and reports show them. A {@link Digest} stands for an object or array that nobody reads:
 * it is of no kind of JSON, and equal to a digest of the same tokens or the same object.
 */
enum PlainTrees implements Trees {
    PLAIN;

    /** Tells people what a plain tree holds. */
    static final String CONTENTS = "Map with String keys, List, String, BigDecimal, Boolean and null";

    @Override
    public Kind kind(@Nullable Object node) {
        if (node instanceof String) {
            return Kind.TEXT;
        }
        if (node instanceof BigDecimal) {
            return Kind.NUMBER;
        }
        if (node instanceof Map) {
            return Kind.OBJECT;
        }
        if (node instanceof List) {
            return Kind.ARRAY;
        }
        if (node instanceof Boolean isTrue) {
            return isTrue ? Kind.TRUE : Kind.FALSE;
        }
        if (node == null) {
            return Kind.NULL;
        }
        if (node instanceof Digest) {
            return Kind.END;
        }
        throw new IllegalStateException("no plain tree: " + node.getClass().getName()); // see requirePlain
    }

    @Override
    public int size(@Nullable Object container) {
        return container instanceof Map<?, ?> fields
                ? fields.size()
                : elements(container).size();
    }

    @Override
    public Iterator<? extends Map.Entry<?, ?>> fields(@Nullable Object object) {
        return map(object).entrySet().iterator();
    }

    @Override
    public @Nullable Object field(@Nullable Object object, String name) {
        Object value = map(object).get(name);
        boolean isAbsent = value == null && !map(object).containsKey(name);
        return isAbsent ? Gap.ABSENT : value;
    }

    @Override
    public @Nullable Object element(@Nullable Object array, int index) {
        return elements(array).get(index);
    }

    @Override
    public boolean areSame(Kind kind, @Nullable Object node, @Nullable Object other) {
        if (node instanceof BigDecimal number && other instanceof BigDecimal otherNumber) {
            return number.compareTo(otherNumber) == 0;
        }
        return Objects.equals(node, other);
    }

    @Override
    public @Nullable Object scalar(Kind kind, @Nullable Object node) {
        return node;
    }

    @Override
    public @Nullable Object key(Kind kind, @Nullable Object node) {
        return node instanceof BigDecimal number ? Numbers.canonical(number) : node;
    }

    @Override
    public boolean areSeenEqual(@Nullable Object node, @Nullable Object other, int depth) {
        if (node instanceof BigDecimal number && other instanceof BigDecimal otherNumber) {
            return number.compareTo(otherNumber) == 0;
        }
        if (node instanceof Map<?, ?> fields && other instanceof Map<?, ?> others) {
            return depth > 0 && haveEqualFields(fields, others, depth - 1);
        }
        if (node instanceof List<?> elements && other instanceof List<?> others) {
            return depth > 0 && haveEqualElements(elements, others, depth - 1);
        }
        return Objects.equals(node, other);
    }

    private boolean haveEqualFields(Map<?, ?> fields, Map<?, ?> others, int depth) {
        if (fields.size() != others.size()) {
            return false;
        }
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            Object other = others.get(field.getKey());
            boolean isAbsent = other == null && !others.containsKey(field.getKey());
            if (isAbsent || !areSeenEqual(field.getValue(), other, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean haveEqualElements(List<?> elements, List<?> others, int depth) {
        if (elements.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!areSeenEqual(elements.get(i), others.get(i), depth)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses a tree that is not plain. It is called only after something went wrong, because a look at everything
     * takes time.
     *
     * @param side whose it is
     */
    static void requirePlain(Side side, @Nullable Object tree) {
        requirePlain(side, tree, new PointerPath());
    }

    private static void requirePlain(Side side, @Nullable Object node, PointerPath path) {
        if (path.depth() > Limits.DEPTH) {
            return; // it may contain itself
        }
        if (node instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> {
                if (!(name instanceof String key)) {
                    throw strange(side, type(name) + " for a key", path);
                }
                path.down(key);
                requirePlain(side, field, path);
                path.up();
            });
        } else if (node instanceof List<?> elements) {
            for (int i = 0; i < elements.size(); i++) {
                path.down(i);
                requirePlain(side, elements.get(i), path);
                path.up();
            }
        } else if (!(node == null || node instanceof String || node instanceof BigDecimal || node instanceof Boolean)) {
            throw strange(side, type(node), path);
        }
    }

    private static UncomparableException strange(Side side, String what, PointerPath path) {
        return new UncomparableException(
                "the " + side + "'s tree has " + what + " at \"" + path + "\"; a plain tree holds " + CONTENTS);
    }

    private static String type(@Nullable Object it) {
        return it == null ? "null" : "a " + it.getClass().getName();
    }

    /** Makes a plain copy of a tree; a plain tree is given as it is. */
    static @Nullable Object copy(Trees trees, @Nullable Object node, int depth) {
        if (trees == PLAIN) {
            return node;
        }
        if (depth > Limits.DEPTH) {
            throw new Unwritten();
        }
        Kind kind = trees.kind(node);
        if (kind == Kind.OBJECT) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            trees.fields(node)
                    .forEachRemaining(
                            field -> fields.put((String) field.getKey(), copy(trees, field.getValue(), depth + 1)));
            return fields;
        }
        if (kind == Kind.ARRAY) {
            int size = trees.size(node);
            List<@Nullable Object> elements = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                elements.add(copy(trees, trees.element(node, i), depth + 1));
            }
            return elements;
        }
        return trees.scalar(kind, node);
    }

    private static Map<?, ?> map(@Nullable Object object) {
        return (Map<?, ?>) Objects.requireNonNull(object);
    }

    private static List<?> elements(@Nullable Object array) {
        return (List<?>) Objects.requireNonNull(array);
    }
}
