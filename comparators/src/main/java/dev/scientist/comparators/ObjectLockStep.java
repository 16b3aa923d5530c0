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
 * sees only equality: what is unusual, it leaves to those who read both graphs into trees.
 *
 * <p>It keeps the pairs that are still to be looked at, and so goes as deep as it must. After a while it also remembers
 * the pairs it has looked at: two graphs are equal if it meets nothing but these, which ends cycles. Confined to one
 * thread, for one comparison.
 */
final class ObjectLockStep {

    private static final int FIRST_REMEMBERED = 4_096; // pairs; chosen: most answers have fewer, and pay nothing

    private static final int MOST = 10_000_000; // pairs; chosen: where rules are too many to know their places again

    private final ObjectOptions options;
    private final Hidings hidings;
    private final Set<Pair> looked = new HashSet<>();
    private @Nullable Object[] primaries = new Object[16];
    private @Nullable Object[] candidates = new Object[16];
    private Reach[] reaches = new Reach[16];
    private int open;
    private int seen;
    private boolean isMetAgain; // under rules

    /**
     * Starts.
     *
     * @param hidings told what rules have hidden; of no use where the answer is no
     */
    ObjectLockStep(ObjectOptions options, Hidings hidings) {
        this.options = options;
        this.hidings = hidings;
    }

    /** Whether two answers are seen to be equal. */
    boolean seesNoDifference(Object primary, Object candidate, Reach root) {
        boolean isEqual = look(primary, candidate, root);
        while (isEqual && open > 0) {
            open--;
            Object left = Objects.requireNonNull(primaries[open]);
            Object right = Objects.requireNonNull(candidates[open]);
            Reach reach = reaches[open];
            boolean isSeen = isKnown(left, right, reach) || areEqualInside(left, right, reach);
            isEqual = isSeen && seen < MOST;
        }
        // What is met again in a cycle is one place in a tree, or many: only a tree can tell what to count.
        return isEqual && !(isMetAgain && hidings.isSomething());
    }

    private boolean isKnown(Object primary, Object candidate, Reach reach) {
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        if (reach.isQuiet()) {
            return seen > FIRST_REMEMBERED && !looked.add(new Pair(primary, candidate, reach));
        }
        if (!looked.add(new Pair(primary, candidate, null))) {
            isMetAgain = true;
        }
        return !looked.add(new Pair(primary, candidate, reach));
    }

    /** Whether two values are equal as far as can be seen from outside; what is inside is kept for later. */
    private boolean look(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        if (primary == candidate) {
            return true;
        }
        Treatment treatment = reach.isQuiet() ? null : reach.treatment();
        if (treatment != null && treatment.isIgnored()) {
            ignore(treatment, ObjectOptions.unwrapped(primary), ObjectOptions.unwrapped(candidate));
            return true;
        }
        Object left = options.resolved(primary);
        Object right = options.resolved(candidate);
        if (left == right) {
            return true;
        }
        if (left == null || right == null) {
            return treatment != null
                    && (isScalar(left) || isScalar(right))
                    && hidings.values(treatment, plain(left), plain(right));
        }
        Shape shape = Shape.of(left.getClass());
        Shape other = left.getClass() == right.getClass() ? shape : Shape.of(right.getClass());
        if (shape.isOfSession() || other.isOfSession()) {
            return false; // who reads it says so
        }
        return switch (options.form(left, shape)) {
            case SCALAR ->
                options.form(right, other) == Form.SCALAR
                        && (Scalars.areSame(left, right)
                                || (treatment != null && hidings.values(treatment, plain(left), plain(right))));
            case BY_EQUALS -> options.form(right, other) == Form.BY_EQUALS && left.equals(right);
            case UNREADABLE -> false;
            case LIST, ARRAY, SET, MAP, OBJECT ->
                options.form(right, other) != Form.BY_EQUALS && later(left, right, reach, treatment);
        };
    }

    private void ignore(Treatment treatment, @Nullable Object primary, @Nullable Object candidate) {
        boolean isSame =
                primary == candidate || (isScalar(primary) && isScalar(candidate) && areSame(primary, candidate));
        if (!isSame) {
            hidings.ignored(treatment);
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

    private boolean later(Object primary, Object candidate, Reach reach, @Nullable Treatment treatment) {
        if (open == reaches.length) {
            primaries = Arrays.copyOf(primaries, 2 * open);
            candidates = Arrays.copyOf(candidates, 2 * open);
            reaches = Arrays.copyOf(reaches, 2 * open);
        }
        primaries[open] = primary;
        candidates[open] = candidate;
        // Where a rule may accept the two as a whole, it counts what is inside: nothing else may.
        reaches[open++] = treatment != null && !treatment.isForScalars() ? Reach.QUIET : reach;
        return true;
    }

    private boolean areEqualInside(Object primary, Object candidate, Reach reach) {
        Shape shape = Shape.of(primary.getClass());
        Shape other = Shape.of(candidate.getClass());
        Form form = shape.form();
        if (form == Form.OBJECT && other.form() == form) {
            return shape == other
                    ? haveSameProperties(shape, primary, candidate, reach)
                    : haveSameProperties(shape, other, primary, candidate, reach);
        }
        if (form == Form.MAP && other.form() == form) {
            return haveSameEntries((Map<?, ?>) primary, (Map<?, ?>) candidate, reach);
        }
        if (form == Form.SET && other.form() == form) {
            return haveSameElements((Collection<?>) primary, (Collection<?>) candidate, reach);
        }
        if (!form.isOrdered() || !other.form().isOrdered()) {
            return false;
        }
        Collection<?> elements = elements(primary);
        Collection<?> others = elements(candidate);
        if (elements == null || others == null) {
            return Objects.deepEquals(primary, candidate); // arrays of primitives
        }
        return haveSameElements(elements, others, reach);
    }

    private boolean haveSameProperties(Shape shape, Object primary, Object candidate, Reach reach) {
        List<Property> properties = shape.properties();
        for (int i = 0; i < properties.size(); i++) { // without an iterator
            Property property = properties.get(i);
            if (!options.isIgnored(property)
                    && !look(property.of(primary), property.of(candidate), reach.child(property.name()))) {
                return false;
            }
        }
        return true;
    }

    private boolean haveSameProperties(Shape shape, Shape other, Object primary, Object candidate, Reach reach) {
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
                    || !look(property.of(primary), counterpart.of(candidate), reach.child(property.name()))) {
                return false;
            }
            left++;
        }
        return other.properties().stream()
                        .filter(property -> !options.isIgnored(property))
                        .count()
                == left;
    }

    private boolean haveSameElements(Collection<?> elements, Collection<?> others, Reach reach) {
        if (elements.size() != others.size()) {
            return false;
        }
        Iterator<?> left = elements.iterator();
        Iterator<?> right = others.iterator();
        for (int i = 0; left.hasNext() && right.hasNext(); i++) {
            if (!look(left.next(), right.next(), reach.child(i))) {
                return false;
            }
        }
        return !left.hasNext() && !right.hasNext();
    }

    private boolean haveSameEntries(Map<?, ?> map, Map<?, ?> other, Reach reach) {
        if (map.size() != other.size()) {
            return false;
        }
        return haveSameKeysInOrder(map, other)
                ? haveSameValuesInOrder(map, other, reach)
                : haveSameFields(fields(map), fields(other), reach);
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

    private boolean haveSameValuesInOrder(Map<?, ?> map, Map<?, ?> other, Reach reach) {
        Iterator<?> others = other.values().iterator();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = Objects.requireNonNull(MapKeys.name(entry.getKey()));
            if (!others.hasNext() || !look(entry.getValue(), others.next(), reach.child(name))) {
                return false;
            }
        }
        return !others.hasNext();
    }

    private boolean haveSameFields(
            @Nullable Map<String, @Nullable Object> fields,
            @Nullable Map<String, @Nullable Object> others,
            Reach reach) {
        if (fields == null || others == null || !fields.keySet().equals(others.keySet())) {
            return false;
        }
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            if (!look(field.getValue(), others.get(field.getKey()), reach.child(field.getKey()))) {
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
        private final @Nullable Reach reach; // null for wherever they are

        Pair(Object primary, Object candidate, @Nullable Reach reach) {
            this.primary = primary;
            this.candidate = candidate;
            this.reach = reach;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair that
                    && primary == that.primary
                    && candidate == that.candidate
                    && reach == that.reach;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(primary) + System.identityHashCode(candidate);
        }
    }
}
