package dev.scientist.comparators;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through two object graphs side by side and sees whether they are equal under the rules. It copies nothing, and
 * sees only equality: it leaves unusual objects to the {@link ObjectReader}, which reads both graphs into trees.
 *
 * <p>It keeps a stack of the pairs that are still to be looked at, so it does not recurse. After a while it also
 * remembers the pairs it has looked at: two graphs are equal if it meets nothing but these, which ends cycles. Confined
 * to one thread, for one comparison.
 */
final class ObjectLockStep {

    private static final int FIRST_REMEMBERED = 4_096; // pairs; chosen: most answers have fewer, and pay nothing

    private static final int MOST = 10_000_000; // pairs; chosen: where rules are too many to know their places again

    private final ObjectOptions options;
    private final HiddenCounts hidden;
    private final Set<Pair> looked = new HashSet<>();
    private @Nullable Object[] primaries = new Object[16];
    private @Nullable Object[] candidates = new Object[16];
    private PathState[] states = new PathState[16];
    private int open;
    private int seen;
    private boolean isMetAgain; // whether a pair was met again under rules

    /**
     * Starts.
     *
     * @param hidden told what rules have hidden; worthless if the result is false
     */
    ObjectLockStep(ObjectOptions options, HiddenCounts hidden) {
        this.options = options;
        this.hidden = hidden;
    }

    /** Whether two answers are seen to be equal. */
    boolean seesNoDifference(Object primary, Object candidate, PathState root) {
        boolean isEqual = look(primary, candidate, root);
        while (isEqual && open > 0) {
            open--;
            Object left = Objects.requireNonNull(primaries[open]);
            Object right = Objects.requireNonNull(candidates[open]);
            PathState state = states[open];
            boolean isSeen = isKnown(left, right, state) || areEqualInside(left, right, state);
            isEqual = isSeen && seen < MOST;
        }
        // A pair that is met again in a cycle is one place in a tree, or many: only a tree can tell what to count.
        return isEqual && !(isMetAgain && hidden.isSomething());
    }

    private boolean isKnown(Object primary, Object candidate, PathState state) {
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        if (state.hasNoRules()) {
            return seen > FIRST_REMEMBERED && !looked.add(new Pair(primary, candidate, state));
        }
        if (!looked.add(new Pair(primary, candidate, null))) {
            isMetAgain = true;
        }
        return !looked.add(new Pair(primary, candidate, state));
    }

    /** Whether two values are equal as far as can be seen from outside; their contents are kept for later. */
    private boolean look(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        if (primary == candidate) {
            return true;
        }
        PlaceRules rules = state.hasNoRules() ? null : state.rules();
        if (rules != null && rules.isPlaceIgnored()) {
            ignore(rules, ObjectOptions.unwrapped(primary), ObjectOptions.unwrapped(candidate));
            return true;
        }
        Object left = options.resolved(primary);
        Object right = options.resolved(candidate);
        if (left == right) {
            return true;
        }
        if (left == null || right == null) {
            return rules != null
                    && (isScalar(left) || isScalar(right))
                    && hidden.values(rules, plain(left), plain(right));
        }
        Shape shape = Shape.of(left.getClass());
        Shape other = left.getClass() == right.getClass() ? shape : Shape.of(right.getClass());
        if (shape.isOfSession() || other.isOfSession()) {
            return false; // the reader says so
        }
        return switch (options.form(left, shape)) {
            case SCALAR ->
                options.form(right, other) == Form.SCALAR
                        && (Scalars.areSame(left, right)
                                || (rules != null && hidden.values(rules, plain(left), plain(right))));
            case BY_EQUALS -> options.form(right, other) == Form.BY_EQUALS && left.equals(right);
            case UNREADABLE -> false;
            case LIST, ARRAY, SET, MAP, OBJECT ->
                options.form(right, other) != Form.BY_EQUALS && later(left, right, state, rules);
        };
    }

    private void ignore(PlaceRules rules, @Nullable Object primary, @Nullable Object candidate) {
        boolean isSame =
                primary == candidate || (isScalar(primary) && isScalar(candidate) && areSame(primary, candidate));
        if (!isSame) {
            hidden.ignored(rules);
        }
    }

    private static boolean areSame(@Nullable Object primary, @Nullable Object candidate) {
        return primary != null && candidate != null && Scalars.areSame(primary, candidate);
    }

    private static boolean isScalar(@Nullable Object value) {
        return value != null && Shape.of(value.getClass()).form() == Form.SCALAR;
    }

    private static @Nullable Object plain(@Nullable Object scalar) {
        return scalar == null ? null : Scalars.plain(scalar);
    }

    private boolean later(Object primary, Object candidate, PathState state, @Nullable PlaceRules rules) {
        if (open == states.length) {
            primaries = Arrays.copyOf(primaries, 2 * open);
            candidates = Arrays.copyOf(candidates, 2 * open);
            states = Arrays.copyOf(states, 2 * open);
        }
        primaries[open] = primary;
        candidates[open] = candidate;
        // If a rule may accept the two as a whole, it counts the differences inside, and no other rule may.
        states[open++] = rules != null && !rules.isForScalars() ? PathState.NO_RULES : state;
        return true;
    }

    private boolean areEqualInside(Object primary, Object candidate, PathState state) {
        Shape shape = Shape.of(primary.getClass());
        Shape other = Shape.of(candidate.getClass());
        Form form = shape.form();
        if (form == Form.OBJECT && other.form() == form) {
            return shape == other
                    ? haveSameProperties(shape, primary, candidate, state)
                    : haveSameProperties(shape, other, primary, candidate, state);
        }
        if (form == Form.MAP && other.form() == form) {
            return haveSameEntries((Map<?, ?>) primary, (Map<?, ?>) candidate, state);
        }
        if (form == Form.SET && other.form() == form) {
            return haveSameElements((Collection<?>) primary, (Collection<?>) candidate, state);
        }
        if (!form.isOrdered() || !other.form().isOrdered()) {
            return false;
        }
        Collection<?> elements = elements(primary);
        Collection<?> others = elements(candidate);
        if (elements == null || others == null) {
            return Objects.deepEquals(primary, candidate); // these are arrays of primitives
        }
        return haveSameElements(elements, others, state);
    }

    private boolean haveSameProperties(Shape shape, Object primary, Object candidate, PathState state) {
        List<Property> properties = shape.properties();
        for (int i = 0; i < properties.size(); i++) { // an index needs no iterator
            Property property = properties.get(i);
            if (!options.isIgnored(property)
                    && !look(property.of(primary), property.of(candidate), state.child(property.name()))) {
                return false;
            }
        }
        return true;
    }

    private boolean haveSameProperties(Shape shape, Shape other, Object primary, Object candidate, PathState state) {
        if (!Objects.equals(options.className(shape), options.className(other))) {
            return false;
        }
        int left = 0;
        for (Property property : shape.properties()) {
            if (options.isIgnored(property)) {
                continue;
            }
            Property counterpart = other.property(property.name());
            if (counterpart == null
                    || options.isIgnored(counterpart)
                    || !look(property.of(primary), counterpart.of(candidate), state.child(property.name()))) {
                return false;
            }
            left++;
        }
        return other.properties().stream()
                        .filter(property -> !options.isIgnored(property))
                        .count()
                == left;
    }

    private boolean haveSameElements(Collection<?> elements, Collection<?> others, PathState state) {
        if (elements.size() != others.size()) {
            return false;
        }
        Iterator<?> left = elements.iterator();
        Iterator<?> right = others.iterator();
        for (int i = 0; left.hasNext() && right.hasNext(); i++) {
            if (!look(left.next(), right.next(), state.child(i))) {
                return false;
            }
        }
        return !left.hasNext() && !right.hasNext();
    }

    private boolean haveSameEntries(Map<?, ?> map, Map<?, ?> other, PathState state) {
        if (map.size() != other.size()) {
            return false;
        }
        return haveSameKeysInOrder(map, other)
                ? haveSameValuesInOrder(map, other, state)
                : haveSameFields(fields(map), fields(other), state);
    }

    private static boolean haveSameKeysInOrder(Map<?, ?> map, Map<?, ?> other) {
        Iterator<?> others = other.keySet().iterator();
        for (Object key : map.keySet()) {
            Object counterpart = others.hasNext() ? others.next() : null;
            String name = counterpart != null && key != null && key.getClass() == counterpart.getClass()
                    ? MapKeys.name(key)
                    : null;
            if (name == null || !name.equals(MapKeys.name(counterpart))) {
                return false;
            }
        }
        return !others.hasNext();
    }

    private boolean haveSameValuesInOrder(Map<?, ?> map, Map<?, ?> other, PathState state) {
        Iterator<?> others = other.values().iterator();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = Objects.requireNonNull(MapKeys.name(entry.getKey()));
            if (!others.hasNext() || !look(entry.getValue(), others.next(), state.child(name))) {
                return false;
            }
        }
        return !others.hasNext();
    }

    private boolean haveSameFields(
            @Nullable Map<String, @Nullable Object> fields,
            @Nullable Map<String, @Nullable Object> others,
            PathState state) {
        if (fields == null || others == null || !fields.keySet().equals(others.keySet())) {
            return false;
        }
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            if (!look(field.getValue(), others.get(field.getKey()), state.child(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** The values of a map by the names of its keys; null if these are no names, or not unique. */
    private static @Nullable Map<String, @Nullable Object> fields(Map<?, ?> map) {
        Map<String, @Nullable Object> fields = new HashMap<>(2 * map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = MapKeys.name(entry.getKey());
            if (name == null || fields.containsKey(name)) {
                return null;
            }
            fields.put(name, entry.getValue());
        }
        return fields;
    }

    private static @Nullable Collection<?> elements(Object ordered) {
        if (ordered instanceof Object[] array) {
            return Arrays.asList(array);
        }
        return ordered instanceof Collection<?> collection ? collection : null;
    }

    /** Two objects at places under the same rules; they are the same pair by identity. */
    private static final class Pair {
        private final Object primary;
        private final Object candidate;
        private final @Nullable PathState state; // null if their place does not matter

        Pair(Object primary, Object candidate, @Nullable PathState state) {
            this.primary = primary;
            this.candidate = candidate;
            this.state = state;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair that
                    && primary == that.primary
                    && candidate == that.candidate
                    && state == that.state;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(primary) + System.identityHashCode(candidate);
        }
    }
}
