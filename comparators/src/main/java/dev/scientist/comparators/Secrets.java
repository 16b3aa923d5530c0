package dev.scientist.comparators;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the names and types that are annotated as {@link Secret}. */
final class Secrets {

    private Secrets() {}

    /** Whether every value of the type of this value is secret. */
    static boolean isSecret(@Nullable Object value) {
        return value != null && isSecret(value.getClass());
    }

    /** Whether every value of a type, and so of its subtypes, is secret. */
    static boolean isSecret(Class<?> type) {
        return type.isAnnotationPresent(Secret.class)
                || (type.getSuperclass() != null && isSecret(type.getSuperclass()))
                || Arrays.stream(type.getInterfaces()).anyMatch(Secrets::isSecret);
    }

    static boolean isSecret(RecordComponent component) {
        return component.isAnnotationPresent(Secret.class)
                || component.getAccessor().isAnnotationPresent(Secret.class);
    }

    /** The names of everything secret in a type and in the types of its fields, normalised. */
    static Set<String> namesIn(Class<?> type) {
        Set<String> names = new HashSet<>();
        Set<Class<?>> seen = new HashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>();
        open.add(type);
        while (!open.isEmpty()) {
            Class<?> next = open.remove();
            if (next.isPrimitive() || next.getName().startsWith("java.") || !seen.add(next)) {
                continue;
            }
            if (next.getSuperclass() != null) {
                open.add(next.getSuperclass());
            }
            if (next.isSealed()) {
                open.addAll(Set.of(next.getPermittedSubclasses()));
            }
            for (Field field : next.getDeclaredFields()) {
                note(field, field.getName(), names);
                Set<Class<?>> types = new HashSet<>();
                addTypes(field.getGenericType(), types);
                if (types.stream().anyMatch(Secrets::isSecret)) { // or a list of them, whose elements have no name
                    names.add(normalised(field.getName()));
                }
                open.addAll(types);
            }
            for (Method method : next.getDeclaredMethods()) {
                note(method, method.getName().replaceFirst("^(get|is)(?=\\p{Lu})", ""), names);
            }
        }
        return names;
    }

    /** Takes out of a name what naming conventions change. */
    static String normalised(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static void note(AccessibleObject member, String name, Set<String> names) {
        if (member.isAnnotationPresent(Secret.class)) {
            names.add(normalised(name));
        }
    }

    private static void addTypes(Type type, Set<Class<?>> found) {
        if (type instanceof Class<?> plain) {
            Class<?> element = plain;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            found.add(element);
        } else if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                addTypes(argument, found);
            }
            addTypes(generic.getRawType(), found);
        } else if (type instanceof GenericArrayType array) {
            addTypes(array.getGenericComponentType(), found);
        } else if (type instanceof WildcardType wildcard) {
            for (Type bound : wildcard.getUpperBounds()) {
                addTypes(bound, found);
            }
        }
    }
}
