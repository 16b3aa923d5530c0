package dev.scientist.comparators;

import dev.scientist.OverBudgetException;
import dev.scientist.Sharing;
import dev.scientist.UncomparableException;
import java.lang.reflect.Array;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object, with everything in it, into a plain tree: {@link LinkedHashMap}, {@link ArrayList}, {@link
 * Unordered}, {@link String}, {@link java.math.BigDecimal}, {@link Boolean} and null. From there on no code of the
 * application runs.
 *
 * <p>An object inside itself becomes the number of levels it is above, so two graphs of the same structure give the
 * same tree. It does not look into ignored values: it keeps only a {@link Digest} of the identity of an ignored object
 * or collection. Confined to one thread, for one answer.
 */
final class ObjectReader {

    private static final int MOST = 1_000_000; // values; chosen: some 100 MB as a tree

    /** No field has these names: the first is no identifier, and the second is a word of Java's. */
    static final String LEVELS_UP = "levels up";

    static final String CLASS = "class";

    private final ObjectOptions options;
    private final ObjectAccess access;
    private final SecretMask mask;
    private final List<Object> above = new ArrayList<>(); // one on each level of the path
    private final List<@Nullable String> path = new ArrayList<>(); // null for keys and indices: they are values
    private int seen;

    ObjectReader(ObjectOptions options, ObjectAccess access, SecretMask mask) {
        this.options = options;
        this.access = access;
        this.mask = mask;
    }

    /**
     * Reads an answer into a tree.
     *
     * @throws UncomparableException if a part of the answer cannot be read, or there is too much of it
     */
    @Nullable
    Object read(Object answer, PathState root) {
        try {
            return value(answer, root);
        } catch (UncomparableException known) {
            throw known;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError failed) {
            // The application's code failed: an iterator, equals, hashCode or toString. Its message is left out,
            // because it may hold values.
            throw new UncomparableException(access.whose() + " answer cannot be read at " + place() + ": "
                    + failed.getClass().getName() + " was thrown");
        }
    }

    private @Nullable Object value(@Nullable Object value, PathState state) {
        if (state.isIgnored()) {
            return untouched(value);
        }
        count();
        if (value != null && options.isReadAsIs(value)) {
            return Scalars.plain(value); // most values are read like this
        }
        Object resolved = access.resolved(value, this::maskIfSecret);
        if (resolved == null || resolved == NotLoaded.PLACE) {
            return resolved;
        }
        Shape shape = Shape.of(resolved.getClass());
        if (access.isLive() && shape.isOfSession()) {
            throw Sharing.SESSION.refusal(access.whose() + " answer at " + place(), resolved.getClass());
        }
        return switch (options.form(resolved, shape)) {
            case SCALAR -> Scalars.plain(resolved);
            case BY_EQUALS -> access.byEquals(resolved);
            case UNREADABLE -> access.onlyItself(resolved, unreadable(resolved));
            case LIST, ARRAY, SET, MAP, OBJECT -> container(resolved, shape, state);
        };
    }

    /** Hides a value that is compared in the place of a secret, too. */
    private void maskIfSecret(Object value) {
        if (Shape.of(value.getClass()).isSecret()) {
            mask.addValueOf(nearestName());
        }
    }

    private Object container(Object value, Shape shape, PathState state) {
        for (int level = above.size() - 1; level >= 0; level--) { // at most DEPTH, and faster than hashing identities
            if (above.get(level) == value) {
                return Map.of(LEVELS_UP, Scalars.plain(path.size() - level));
            }
        }
        if (path.size() >= Limits.DEPTH) {
            throw new OverBudgetException(access.whose() + " answer is nested deeper than " + Limits.DEPTH + " levels");
        }
        above.add(value);
        Object read = switch (shape.form()) {
            case LIST -> elements((Collection<?>) value, new ArrayList<>(), state);
            case SET -> elements((Collection<?>) value, new Unordered(((Collection<?>) value).size()), state);
            case MAP -> fields((Map<?, ?>) value, state);
            case ARRAY -> array(value, state);
            case OBJECT, SCALAR, BY_EQUALS, UNREADABLE -> properties(value, shape, state);
        };
        above.remove(above.size() - 1);
        return read;
    }

    private Object elements(Collection<?> elements, List<@Nullable Object> read, PathState state) {
        for (Object element : elements) {
            read.add(below(null, element, state.child(read.size())));
        }
        return read;
    }

    private Object array(Object array, PathState state) {
        int size = Array.getLength(array);
        List<@Nullable Object> read = new ArrayList<>(Math.min(size, MOST));
        for (int i = 0; i < size; i++) {
            read.add(below(null, Array.get(array, i), state.child(i)));
        }
        return read;
    }

    private Object fields(Map<?, ?> map, PathState state) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        int size = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = MapKeys.name(entry.getKey());
            if (name == null) {
                return entries(map, state);
            }
            read.put(name, below(null, entry.getValue(), state.child(name)));
            size++;
        }
        return read.size() == size ? read : entries(map, state); // 1 and "1" are two keys with one name
    }

    /** Reads a map with keys that have no names as objects of a key and a value, in any order. */
    private Object entries(Map<?, ?> map, PathState state) {
        Unordered read = new Unordered(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            read.add(below(
                    null, new SimpleImmutableEntry<>(entry.getKey(), entry.getValue()), state.child(read.size())));
        }
        return read;
    }

    private Object properties(Object object, Shape shape, PathState state) {
        mask.add(shape.secretNames());
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        String className = options.className(shape);
        if (className != null) {
            read.put(CLASS, className);
        }
        for (Property property : shape.properties()) {
            if (!options.isIgnored(property)) {
                PathState child = state.child(property.name());
                read.put(property.name(), below(property.name(), access.valueOf(property, object), child));
            }
        }
        return read;
    }

    private @Nullable Object below(@Nullable String name, @Nullable Object value, PathState state) {
        path.add(name);
        Object read = value(value, state);
        path.remove(path.size() - 1);
        return read;
    }

    /** Gives what is kept of an ignored value: enough to tell whether a rule has hidden something. */
    private static @Nullable Object untouched(@Nullable Object value) {
        Object inner = ObjectOptions.unwrapped(value);
        if (inner == null) {
            return null;
        }
        return Shape.of(inner.getClass()).form() == Form.SCALAR
                ? Scalars.plain(inner)
                : new Digest(System.identityHashCode(inner));
    }

    private void count() {
        if (++seen > MOST) {
            throw new OverBudgetException(access.whose() + " answer has more than " + MOST + " values");
        }
        if ((seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
    }

    private UncomparableException unreadable(Object value) {
        return new UncomparableException(access.whose() + " answer has a "
                + value.getClass().getName() + " at " + place()
                + ", which cannot be looked into and has no equals of its own; ignore the place, or say what is to be"
                + " read of the type");
    }

    private String place() {
        StringBuilder place = new StringBuilder();
        path.forEach(name -> place.append('/').append(name == null ? "*" : name));
        return place.isEmpty() ? "(whole answer)" : place.toString();
    }

    private @Nullable String nearestName() {
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i) != null) {
                return path.get(i);
            }
        }
        return null;
    }
}
