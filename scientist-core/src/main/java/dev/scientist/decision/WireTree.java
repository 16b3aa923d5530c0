package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map in a stored tree while it is being read. Every key must be there, because a count that was left out is not 0.
 * No key may be left over, because what is not understood may be what forbids an advance: a writer that adds a key
 * raises the version, and by that older readers refuse the tree.
 *
 * <p>Whatever a tree holds, the only exception is an {@link IllegalArgumentException} that names the place.
 */
final class WireTree {

    private static final String REMEDY = "; read the tree as toWire() made it";

    private final String place;
    private final SortedMap<String, @Nullable Object> unread = new TreeMap<>();

    private WireTree(String place, Map<?, ?> tree) {
        this.place = place;
        tree.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new Misplaced(place, "must have keys of text but has " + WireValues.shown(key), REMEDY);
            }
            unread.put(name, value);
        });
    }

    /**
     * Reads a whole tree.
     *
     * @param name how messages call the tree
     * @param newest the highest version that can be read
     */
    static <T> T read(String name, int newest, Map<?, ?> tree, Function<WireTree, T> reader) {
        requireNonNull(tree, "tree");
        try {
            WireTree root = new WireTree(name, tree);
            long version = root.whole(Wire.VERSION);
            if (version > newest) {
                throw new IllegalArgumentException("version " + version
                        + " was written by a newer Scientist; this one reads up to " + newest
                        + "; update this one, or read the " + name + " with the newer one");
            }
            if (version < 1) {
                throw new Misplaced(name + "." + Wire.VERSION, "must be 1 or more but was " + version, REMEDY);
            }
            return root.made(reader);
        } catch (IllegalArgumentException wrong) {
            throw wrong;
        } catch (RuntimeException thrown) { // by a map or list that no JSON library makes
            String what = "could not be read: a map or list of it threw "
                    + thrown.getClass().getName();
            throw new IllegalArgumentException(name + " " + what + REMEDY, thrown);
        }
    }

    /** Applies a reader to this map. The reader must ask for every key. */
    private <T> T made(Function<WireTree, T> reader) {
        T made;
        try {
            made = reader.apply(this);
        } catch (Misplaced wrong) {
            throw wrong;
        } catch (IllegalArgumentException wrong) { // the parts do not fit together
            throw new Misplaced(
                    place, "is not possible: " + WireValues.line(String.valueOf(wrong.getMessage())), REMEDY);
        }
        if (!unread.isEmpty()) {
            String key = WireValues.shown(unread.firstKey());
            throw new Misplaced(place, "has the key " + key + ", which its version does not have", REMEDY);
        }
        return made;
    }

    String text(String key) {
        return text(at(key), take(key));
    }

    private static String text(String place, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw unlike(place, "a text", value);
    }

    List<String> texts(String key) {
        return list(key, WireTree::text);
    }

    /** A whole number, of any type that holds it exactly. */
    long whole(String key) {
        Object value = take(key);
        if (WireValues.isInexact(value)) {
            throw new Misplaced(
                    at(key),
                    "must be exact but was " + WireValues.shown(value) + ", which may have lost digits",
                    "; let the JSON library read whole numbers as long or BigInteger");
        }
        Long whole = WireValues.whole(value);
        if (whole == null) {
            throw unlike(at(key), "a whole number of at most 64 bits", value);
        }
        return whole;
    }

    long count(String key) {
        long count = whole(key);
        if (count < 0) {
            throw new Misplaced(at(key), "must be 0 or more but was " + count, REMEDY);
        }
        return count;
    }

    /** Yes or no, written as 1 or 0. */
    boolean flag(String key) {
        long flag = whole(key);
        if (flag != 0 && flag != 1) {
            throw new Misplaced(at(key), "must be 0 or 1 but was " + flag, REMEDY);
        }
        return flag == 1;
    }

    double number(String key) {
        return number(at(key), take(key));
    }

    private static double number(String place, @Nullable Object value) {
        Double number = WireValues.number(value);
        if (number == null) {
            throw unlike(place, "a number", value);
        }
        return number;
    }

    List<Double> numbers(String key) {
        return list(key, WireTree::number);
    }

    Instant instant(String key) {
        String text = text(key);
        try {
            return Instant.parse(text);
        } catch (DateTimeException unread) {
            throw unlike(at(key), "an instant such as 2026-11-20T10:00:00Z", text);
        }
    }

    Duration duration(String key) {
        String text = text(key);
        try {
            return Duration.parse(text);
        } catch (DateTimeException unread) {
            throw unlike(at(key), "a duration such as PT15M", text);
        }
    }

    /** The constant that {@link Wire#name} wrote. */
    <E extends Enum<E>> E constant(String key, Class<E> type) {
        String text = text(key);
        for (E constant : type.getEnumConstants()) {
            if (Wire.name(constant).equals(text)) {
                return constant;
            }
        }
        List<String> names = Stream.of(type.getEnumConstants()).map(Wire::name).toList();
        throw unlike(at(key), "one of " + String.join(", ", names), text);
    }

    /** Reads the value of a key that may be left out; null if it is. */
    <T> @Nullable T ifThere(String key, BiFunction<WireTree, String, T> reader) {
        return unread.containsKey(key) ? reader.apply(this, key) : null;
    }

    /** Applies a reader to a map in this one. */
    <T> T part(String key, Function<WireTree, T> reader) {
        return part(at(key), take(key), reader);
    }

    /** Applies a reader to the maps in a list. Some of them may be equal. */
    <T> List<T> parts(String key, Function<WireTree, T> reader) {
        return list(key, (at, value) -> part(at, value, reader));
    }

    private static <T> T part(String place, @Nullable Object value, Function<WireTree, T> reader) {
        if (value instanceof Map<?, ?> map) {
            return new WireTree(place, map).made(reader);
        }
        throw unlike(place, "a map", value);
    }

    /**
     * Applies a reader to the maps in a list.
     *
     * @param identity what no two of them share; otherwise the same would be counted twice
     */
    <T> List<T> parts(String key, Function<WireTree, T> reader, Function<T, ?> identity) {
        Set<Object> known = new HashSet<>();
        return list(key, (at, value) -> {
            T part = part(at, value, reader);
            if (!known.add(identity.apply(part))) {
                throw new Misplaced(at, "is there twice: " + WireValues.shown(identity.apply(part)), REMEDY);
            }
            return part;
        });
    }

    private <T> List<T> list(String key, Element<T> reader) {
        Object value = take(key);
        if (!(value instanceof List<?> list)) {
            throw unlike(at(key), "a list", value);
        }
        List<T> read = new ArrayList<>();
        for (Object element : list) {
            read.add(reader.read(at(key) + "[" + read.size() + "]", element));
        }
        return read;
    }

    private @Nullable Object take(String key) {
        if (!unread.containsKey(key)) {
            throw new Misplaced(at(key), "is missing, and what was left out is not 0", REMEDY);
        }
        return unread.remove(key);
    }

    private String at(String key) {
        return place + "." + key;
    }

    private static Misplaced unlike(String place, String expected, @Nullable Object value) {
        return new Misplaced(place, "must be " + expected + " but was " + WireValues.shown(value), REMEDY);
    }

    /** Reads an element of a list. */
    private interface Element<T> {
        T read(String place, @Nullable Object value);
    }

    /** Says what is wrong, and where. */
    private static final class Misplaced extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        Misplaced(String place, String what, String remedy) {
            super(place + " " + what + remedy);
        }
    }
}
