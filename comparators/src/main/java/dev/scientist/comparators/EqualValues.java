package dev.scientist.comparators;

import dev.scientist.Side;
import dev.scientist.UncomparableException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each value that is compared by {@code equals} a text, which exactly the equal values of both sides share. So
 * the value is compared, paired and reported like any other text. A value that cannot be compared at all is equal to
 * itself, if both sides have it. Confined to one thread, for one comparison.
 */
final class EqualValues {

    private final Map<Object, String> hashed = new HashMap<>();
    private final Map<Class<?>, List<Known>> unhashed = new HashMap<>();
    private final IdentityHashMap<Object, Unseen> unseen = new IdentityHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();

    String text(Object value) {
        if (Shape.overrides(value.getClass(), "hashCode")) {
            String known = hashed.get(value);
            if (known == null) {
                known = newText(value);
                hashed.put(value, known);
            }
            return known;
        }
        // Equal values may then have different hashes.
        List<Known> others = unhashed.computeIfAbsent(value.getClass(), unknown -> new ArrayList<>());
        for (Known other : others) {
            if (value.equals(other.value)) {
                return other.text;
            }
        }
        Limits.throwIfInterrupted();
        others.add(new Known(value, newText(value)));
        return others.get(others.size() - 1).text;
    }

    /**
     * The text of a value that can only be the same as itself.
     *
     * @param why says that it cannot be compared with any other
     */
    String textOfSame(Side side, Object value, UncomparableException why) {
        Unseen known = unseen.computeIfAbsent(
                value, unknown -> new Unseen(newText(value.getClass().getName()), why));
        known.sides.add(side);
        return known.text;
    }

    /** Refuses a value that only one side has and that cannot be compared with anything. */
    void requireSame() {
        for (Unseen value : unseen.values()) {
            if (value.sides.size() < Side.values().length) {
                throw value.why;
            }
        }
    }

    private String newText(Object value) {
        @Nullable String written = value.toString(); // the toString of an application may give null
        String text = written == null ? "null" : written;
        int number = taken.merge(text, 1, Integer::sum);
        return number == 1 ? text : newText(text, number);
    }

    private String newText(String text, int number) {
        String next = text + " (" + number + ")";
        return taken.putIfAbsent(next, 1) == null ? next : newText(next, taken.merge(next, 1, Integer::sum));
    }

    private record Known(Object value, String text) {}

    private record Unseen(String text, UncomparableException why, Set<Side> sides) {

        Unseen(String text, UncomparableException why) {
            this(text, why, EnumSet.noneOf(Side.class));
        }
    }
}
