package dev.scientist.spring;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application's classes that answers are of: those that are declared, and those of the values. Confined to one thread. */
final class AnswerClasses {

    private static final int DEEPEST = 4; // of lists in lists; chosen
    private static final int MOST = 100; // elements of one list whose classes are looked at; chosen

    private final Set<Class<?>> all = new LinkedHashSet<>();

    Set<Class<?>> all() {
        return all;
    }

    /** What a type says. */
    void add(Type type) {
        if (type instanceof Class<?> known) {
            addClass(known);
        } else if (type instanceof ParameterizedType parameterized) {
            add(parameterized.getRawType());
            Arrays.stream(parameterized.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::add);
        }
    }

    /** What a value is, and what is in it, if it is a collection, map, array or optional. */
    void addValue(@Nullable Object value) {
        addValue(value, 0);
    }

    private void addValue(@Nullable Object value, int depth) {
        if (value == null || depth > DEEPEST) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            addAll(map.values(), depth);
        } else if (value instanceof Collection<?> collection) {
            addAll(collection, depth);
        } else if (value instanceof Object[] array) {
            addAll(Arrays.asList(array), depth);
        } else if (value instanceof Optional<?> content) {
            addAll(content.map(List::of).orElse(List.of()), depth);
        } else {
            addClass(value.getClass());
        }
    }

    private void addAll(Collection<?> elements, int depth) {
        elements.stream().limit(MOST).forEach(element -> addValue(element, depth + 1));
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
