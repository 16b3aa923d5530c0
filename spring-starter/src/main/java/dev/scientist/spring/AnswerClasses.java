package dev.scientist.spring;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application's classes that answers are of: those that are declared, and those of the values. Confined to one thread. */
final class AnswerClasses {

    private static final int DEEPEST = 16; // of lists in lists; chosen
    private static final int MOST = 100_000; // values whose classes are looked at; chosen: some milliseconds

    private final Set<Class<?>> all = new LinkedHashSet<>();
    private final Set<Class<?>> holdersOfKnown = new HashSet<>();
    private int seen;
    private boolean sawAll = true;

    Set<Class<?>> all() {
        return all;
    }

    /**
     * Whether no value held one whose class is not known: too many of them, or one in a holder such as {@code ResponseEntity} of
     * which nobody declared what it holds. What fields of a class hold is not asked.
     */
    boolean sawAll() {
        return sawAll;
    }

    /** What a type says. */
    void add(Type type) {
        if (type instanceof Class<?> known) {
            addClass(known);
        } else if (type instanceof ParameterizedType parameterized) {
            add(parameterized.getRawType());
            Arrays.stream(parameterized.getActualTypeArguments()).forEach(this::add);
            if (Arrays.stream(parameterized.getActualTypeArguments()).allMatch(AnswerClasses::isKnown)) {
                holdersOfKnown.add((Class<?>) parameterized.getRawType());
            }
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::add);
        }
    }

    /** Whether a type says more than that it is something. */
    private static boolean isKnown(Type type) {
        return type instanceof ParameterizedType
                || type instanceof GenericArrayType
                || (type instanceof Class<?> known && known != Object.class)
                || (type instanceof WildcardType wildcard
                        && Arrays.stream(wildcard.getUpperBounds()).allMatch(AnswerClasses::isKnown));
    }

    /** What a value is, and what is in it, if it is a collection, map, array or optional. */
    void addValue(@Nullable Object value) {
        addValue(value, 0);
    }

    private void addValue(@Nullable Object value, int depth) {
        if (value == null) {
            return;
        }
        seen++;
        if (depth > DEEPEST || seen > MOST) {
            sawAll = false;
        } else if (value instanceof Map<?, ?> map) {
            addAll(map.keySet(), depth);
            addAll(map.values(), depth);
        } else if (value instanceof Collection<?> collection) {
            addAll(collection, depth);
        } else if (value instanceof Object[] array) {
            addAll(Arrays.asList(array), depth);
        } else if (value instanceof Optional<?> content) {
            addAll(content.map(List::of).orElse(List.of()), depth);
        } else {
            addClass(value.getClass());
            sawAll &= !isHolder(value.getClass());
        }
    }

    /** Whether values of a class hold what only a declaration tells, which is not there. */
    private boolean isHolder(Class<?> type) {
        return type.getTypeParameters().length > 0
                && holdersOfKnown.stream().noneMatch(known -> known.isAssignableFrom(type));
    }

    private void addAll(Collection<?> elements, int depth) {
        for (Object element : elements) {
            if (seen > MOST) {
                break;
            }
            addValue(element, depth + 1);
        }
    }

    private void addClass(Class<?> type) {
        Class<?> component = type;
        while (component.isArray()) {
            component = component.getComponentType();
        }
        if (!component.isPrimitive() && !component.getName().startsWith("java.")) {
            all.add(component);
        }
    }
}
