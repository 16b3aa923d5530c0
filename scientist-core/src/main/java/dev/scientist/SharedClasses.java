package dev.scientist;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what objects of a class share, from the classes that its fields, components and type arguments declare.
 *
 * <p>Threads: any. Invariant: what is kept with a class is text alone. Consequence: it keeps neither the loader of another
 * class nor that of this library alive; and a class that is known is looked up without allocating.
 */
final class SharedClasses {

    /** Classes; chosen: large models have some thousands. What reaches more of them counts as sharing a session. */
    private static final int MOST = 10_000;

    /** How far from a class a lock or a position may be: a field of it. Farther, it is seldom reached by comparing. */
    private static final int NEAR = 1;

    private static final char SEPARATOR = ' ';

    // Empty for nothing, or the name of what is shared and, after a separator, of the class that brings it.
    private static final ClassValue<String> FINDINGS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return new SharedClasses().find(type);
        }
    };

    private record Reached(Class<?> type, int distance) {}

    private final Deque<Reached> open = new ArrayDeque<>();
    private final Set<Class<?>> reached = new HashSet<>();
    private String near = "";

    private SharedClasses() {}

    /** What objects of a class share. */
    static Sharing of(Class<?> type) {
        return sharing(FINDINGS.get(type));
    }

    /**
     * Whether objects of a class share anything. Allocates nothing once the class is known.
     *
     * @param isLockToo whether a lock is of interest
     */
    static boolean isShared(Class<?> type, boolean isLockToo) {
        String finding = FINDINGS.get(type);
        return !finding.isEmpty() && (isLockToo || !finding.startsWith(Sharing.LOCK.name()));
    }

    /** The name of the class that brings what objects of a class share; empty if they share nothing. */
    static String cause(Class<?> type) {
        String finding = FINDINGS.get(type);
        return finding.substring(finding.indexOf(SEPARATOR) + 1);
    }

    /** What objects of a declared type share. */
    static Sharing ofDeclared(Type type) {
        SharedClasses search = new SharedClasses();
        search.add(type, 0);
        return sharing(search.search(type.getTypeName()));
    }

    private static Sharing sharing(String finding) {
        return finding.isEmpty() ? Sharing.NOTHING : Sharing.valueOf(finding.substring(0, finding.indexOf(SEPARATOR)));
    }

    private String find(Class<?> type) {
        add(type, 0);
        return search(ClassNames.shown(type));
    }

    /**
     * Goes from class to class, the nearest first.
     *
     * @param root the name for a finding that no single class brings
     */
    private String search(String root) {
        while (!open.isEmpty()) {
            Reached next = open.remove();
            Sharing own = SharedNames.sharingOf(next.type);
            if (own == Sharing.SESSION) {
                return own.name() + SEPARATOR + ClassNames.shown(next.type);
            }
            if (own != Sharing.NOTHING && near.isEmpty() && next.distance <= NEAR) {
                near = own.name() + SEPARATOR + ClassNames.shown(next.type);
            }
            addParts(next.type, next.distance + 1);
            if (reached.size() > MOST) {
                return Sharing.SESSION.name() + SEPARATOR + root;
            }
        }
        return near;
    }

    private void addParts(Class<?> type, int distance) {
        if (SharedNames.isOfJdk(type)) {
            return; // what it holds is told by type arguments and by values
        }
        try {
            addArguments(type.getGenericSuperclass(), distance);
            for (Type above : type.getGenericInterfaces()) {
                if (above instanceof ParameterizedType holder && isHolder(holder.getRawType())) {
                    addArguments(holder, distance);
                }
            }
            Class<?>[] permitted = type.getPermittedSubclasses();
            if (permitted != null) {
                for (Class<?> alternative : permitted) {
                    add(alternative, distance - 1); // one of them is what this class stands for
                }
            }
        } catch (RuntimeException | LinkageError unknown) {
            // It names a class that is not there.
        }
        for (Class<?> c = type; c != null && !SharedNames.isOfJdk(c); c = c.getSuperclass()) {
            addFields(c, distance);
        }
    }

    private void addFields(Class<?> type, int distance) {
        if (type.isEnum()) {
            return; // constants belong to nobody
        }
        try {
            for (Field field : type.getDeclaredFields()) {
                if (isPart(field)) {
                    add(genericType(field), distance);
                }
            }
        } catch (LinkageError | SecurityException unknown) {
            // A field is of a class that is not there: nobody has put anything into it.
        }
    }

    /** Whether a field is a part of an object; neither static, nor what an inner class has captured. */
    static boolean isPart(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
    }

    private static Type genericType(Field field) {
        try {
            return field.getGenericType();
        } catch (RuntimeException | LinkageError unknown) {
            return field.getType(); // an argument of its type is not there
        }
    }

    private void add(@Nullable Type type, int distance) {
        if (type instanceof Class<?> known) {
            Class<?> component = known;
            while (component.isArray()) {
                component = component.getComponentType();
            }
            if (!component.isPrimitive() && reached.add(component)) {
                open.add(new Reached(component, distance));
            }
        } else if (type instanceof ParameterizedType parameterized) {
            add(parameterized.getRawType(), distance);
            addArguments(parameterized, distance);
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType(), distance);
        } else if (type instanceof WildcardType wildcard) {
            addAll(wildcard.getUpperBounds(), distance);
        } else if (type instanceof TypeVariable<?> variable) {
            boundsOf(variable, distance);
        }
    }

    private void boundsOf(TypeVariable<?> variable, int distance) {
        for (Type bound : variable.getBounds()) {
            // The bound of T extends Comparable<T> would come back to it.
            add(bound instanceof ParameterizedType parameterized ? parameterized.getRawType() : bound, distance);
        }
    }

    private void addArguments(@Nullable Type type, int distance) {
        if (type instanceof ParameterizedType parameterized && !isOnlyAbout(parameterized.getRawType())) {
            addAll(parameterized.getActualTypeArguments(), distance);
        }
    }

    private void addAll(Type[] types, int distance) {
        for (Type type : types) {
            add(type, distance);
        }
    }

    /** Whether what implements a type holds what the arguments of the type say. */
    private static boolean isHolder(Type raw) {
        return raw instanceof Class<?> type
                && (Iterable.class.isAssignableFrom(type)
                        || Map.class.isAssignableFrom(type)
                        || Supplier.class.isAssignableFrom(type));
    }

    /** Whether a type with arguments holds no objects of them. */
    private static boolean isOnlyAbout(Type raw) {
        return raw == Class.class
                || raw == Comparable.class
                || raw == Comparator.class
                || (raw instanceof Class<?> type
                        && type.getPackageName().equals("java.util.function")
                        && !Supplier.class.isAssignableFrom(type));
    }
}
