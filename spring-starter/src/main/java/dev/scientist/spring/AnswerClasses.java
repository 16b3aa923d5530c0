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

/**
 * Collects the application's classes that answers consist of, from declared types and from
 * values. Confined to one thread.
 */
final class AnswerClasses {

    private static final int DEEPEST = 16; // nesting of collections that is followed; chosen
    private static final int MOST = 100_000; // the number of values that are looked at; chosen: takes some milliseconds

    private final Set<Class<?>> all = new LinkedHashSet<>();
    private final Set<Class<?>> holdersOfKnown = new HashSet<>();
    private int seen;
    private boolean sawAll = true;

    Set<Class<?>> all() {
        return all;
    }

    /**
     * Whether the classes of all values are known. They are not if there were too many values, if they were nested
     * too deeply, or if one was in a holder such as {@code ResponseEntity} whose content nobody declared. The
     * fields of a class are not looked at.
     */
    boolean sawAll() {
        return sawAll;
    }

    /** Adds the classes that a declared type mentions. */
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

    /** Whether a type says more than {@code Object} or {@code ?}. */
    private static boolean isKnown(Type type) {
        return type instanceof ParameterizedType
                || type instanceof GenericArrayType
                || (type instanceof Class<?> known && known != Object.class)
                || (type instanceof WildcardType wildcard
                        && Arrays.stream(wildcard.getUpperBounds()).allMatch(AnswerClasses::isKnown));
    }

    /** Adds the class of a value or, if it is a collection, map, array or optional, the classes of what it holds. */
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

    /** Whether a class is generic and no declaration has said what it holds. */
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
