package dev.scientist.comparators;

import dev.scientist.ResultComparator;
import dev.scientist.Sharing;
import dev.scientist.UncomparableException;
import java.lang.annotation.Annotation;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options by which objects are compared, beside the rules.
 *
 * <p>Threads: any. Invariant: immutable; each step gives others. Consequence: one instance serves all comparisons.
 *
 * @param isSameTypes whether objects must be of the same class
 * @param byEquals types whose values are compared as a whole
 * @param readings what gives the value that is compared in the place of the values of some types; of two types that
 *     fit a value and of which none extends the other, the first one holds
 * @param ignored annotations of the properties that are left out
 */
record ObjectOptions(
        boolean isSameTypes,
        Set<Class<?>> byEquals,
        Map<Class<?>, Reading<?>> readings,
        Set<Class<? extends Annotation>> ignored) {

    static final ObjectOptions NONE = new ObjectOptions(false, Set.of(), Map.of(), Set.of());

    private static final String SAME_TYPES = " requiring same types";

    private static final int MOST_WRAPPINGS = 100; // chosen: whoever wraps a value so often wraps it in itself

    ObjectOptions sameTypes() {
        return new ObjectOptions(true, byEquals, readings, ignored);
    }

    ObjectOptions byEquals(Set<Class<?>> types) {
        Set<Class<?>> all = new HashSet<>(byEquals);
        all.addAll(types);
        return new ObjectOptions(isSameTypes, Set.copyOf(all), readings, ignored);
    }

    <T> ObjectOptions reading(Class<T> type, Function<? super T, ? extends @Nullable Object> as) {
        Map<Class<?>, Reading<?>> all = new LinkedHashMap<>(readings); // a copy without order would differ by start
        all.put(type, new Reading<>(type, as));
        return new ObjectOptions(isSameTypes, byEquals, Collections.unmodifiableMap(all), ignored);
    }

    ObjectOptions ignoring(Class<? extends Annotation> annotation) {
        Set<Class<? extends Annotation>> all = new HashSet<>(ignored);
        all.add(annotation);
        return new ObjectOptions(isSameTypes, byEquals, readings, Set.copyOf(all));
    }

    /**
     * Whether a value is read as it is, without a look at its class: the class is final and the JDK's, and no step of
     * these options was taken.
     */
    boolean isReadAsIs(Object value) {
        return readings.isEmpty()
                && byEquals.isEmpty()
                && (value instanceof String
                        || value instanceof Integer
                        || value instanceof Long
                        || value instanceof Double
                        || value instanceof Boolean);
    }

    /**
     * Gives what is compared in the place of a value: the value that it wraps, or the one that the application reads of
     * it.
     */
    @Nullable
    Object resolved(@Nullable Object value) {
        return resolved(value, step -> {});
    }

    /**
     * Gives what is compared in the place of a value.
     *
     * @param steps told of the value, and of each value between it and the compared one
     */
    @Nullable
    Object resolved(@Nullable Object value, Consumer<Object> steps) {
        Object current = value;
        Function<Object, @Nullable Object> last = null;
        for (int i = 0; i < MOST_WRAPPINGS; i++) {
            if (current != null) {
                steps.accept(current);
            }
            Function<Object, @Nullable Object> reading =
                    readings.isEmpty() || current == null ? null : reading(current.getClass());
            Object next = reading == null || reading == last ? unwrapped(current) : read(reading, current);
            if (next == current) {
                return current;
            }
            last = reading;
            current = next;
        }
        throw new UncomparableException("a value of the answers wraps itself");
    }

    /** Lets the application read something of a value, unless it would do so through the caller's session. */
    private static @Nullable Object read(Function<Object, @Nullable Object> reading, @Nullable Object value) {
        Object known = Objects.requireNonNull(value);
        if (Shape.of(known.getClass()).isOfSession()) {
            throw Sharing.SESSION.refusal("an answer", known.getClass());
        }
        return reading.apply(known);
    }

    /** Whether the application's own code decides how a value is compared. */
    boolean isApplicationsOwn(Object value) {
        return (!byEquals.isEmpty() && byEquals.stream().anyMatch(type -> type.isInstance(value)))
                || (!readings.isEmpty() && reading(value.getClass()) != null);
    }

    /** The value that an Optional or a reference holds; any other value itself. */
    static @Nullable Object unwrapped(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? optional.get() : null;
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        return value instanceof AtomicReference<?> reference ? reference.get() : value;
    }

    Form form(Object value, Shape shape) {
        return !byEquals.isEmpty() && byEquals.stream().anyMatch(type -> type.isInstance(value))
                ? Form.BY_EQUALS
                : shape.form();
    }

    /** The name of a class that must be the same for two objects; null if none must. */
    @Nullable
    String className(Shape shape) {
        return isSameTypes ? shape.className() : shape.alternative();
    }

    boolean isIgnored(Property property) {
        return !ignored.isEmpty() && !Collections.disjoint(property.annotations(), ignored);
    }

    /** The steps that were taken, in alphabetical order of types. */
    @Override
    public String toString() {
        return (isSameTypes ? SAME_TYPES : "")
                + text(" by equals of ", byEquals, Class::getSimpleName)
                + text(" reading ", readings.keySet(), Class::getSimpleName)
                + text(" ignoring annotated ", ignored, Class::getSimpleName);
    }

    /** Describes the steps with the full names of types. */
    String description() {
        return (isSameTypes ? SAME_TYPES : "")
                + text(" by equals of ", byEquals, Class::getName)
                + (readings.isEmpty() ? "" : " reading ")
                + readings.values().stream().map(Reading::description).collect(Collectors.joining(", "))
                + text(" ignoring annotated ", ignored, Class::getName);
    }

    private static String text(String step, Set<? extends Class<?>> types, Function<Class<?>, String> name) {
        return types.isEmpty() ? "" : step + types.stream().map(name).sorted().collect(Collectors.joining(", "));
    }

    /** A function by which the application reads values of a type. Immutable. */
    record Reading<T>(Class<T> type, Function<? super T, ? extends @Nullable Object> as)
            implements Function<Object, @Nullable Object> {

        @Override
        public @Nullable Object apply(Object value) {
            return as.apply(type.cast(value));
        }

        String description() {
            return type.getName() + " by " + ResultComparator.nameOf(as);
        }
    }

    /** The function by which the application reads values of the nearest type. */
    private @Nullable Function<Object, @Nullable Object> reading(Class<?> type) {
        Function<Object, @Nullable Object> exact = readings.get(type);
        if (exact != null) {
            return exact;
        }
        Class<?> nearest = null;
        for (Class<?> known : readings.keySet()) {
            if (known.isAssignableFrom(type) && (nearest == null || nearest.isAssignableFrom(known))) {
                nearest = known;
            }
        }
        return nearest == null ? null : readings.get(nearest);
    }
}
