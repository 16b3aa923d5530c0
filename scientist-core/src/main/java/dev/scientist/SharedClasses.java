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
 * Finds what objects of a class share with the caller, from the types that its fields, components and type arguments
 * declare.
 *
 * <p>Threads: any. Invariant: only text is kept with a class. Consequence: it keeps neither the loader of another class
 * nor that of this library alive, and looking up a known class allocates nothing.
 */
final class SharedClasses {

    /**
     * The most classes that are searched. Chosen: large models have some thousands. A type that reaches more counts as
     * sharing a session.
     */
    private static final int MOST = 10_000;

    /**
     * The distance up to which a lock or a position counts: a direct field. A comparison seldom reaches one that is
     * farther away.
     */
    private static final int NEAR = 1;

    private static final char SEPARATOR = ' ';

    // Empty if nothing is shared; otherwise the name of the sharing, a separator, and the name of the class that causes
    // it.
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

    /** Returns what objects of a class share. */
    static Sharing of(Class<?> type) {
        return sharing(FINDINGS.get(type));
    }

    /**
     * Whether objects of a class share anything. Allocates nothing once the class is known.
     *
     * @param isLockToo whether a lock counts
     */
    static boolean isShared(Class<?> type, boolean isLockToo) {
        String finding = FINDINGS.get(type);
        return !finding.isEmpty() && (isLockToo || !finding.startsWith(Sharing.LOCK.name()));
    }

    /** Returns the name of the class that causes the sharing of a class; empty if its objects share nothing. */
    static String cause(Class<?> type) {
        String finding = FINDINGS.get(type);
        return finding.substring(finding.indexOf(SEPARATOR) + 1);
    }

    /** Returns what objects of a declared type share. */
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
     * Searches the classes breadth-first.
     *
     * @param root the name for a finding that no single class causes
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
            return; // its contents are found by type arguments and values
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
                    add(alternative, distance - 1); // an object of this class is one of these
                }
            }
        } catch (RuntimeException | LinkageError unknown) {
            // The class refers to a class that is missing.
        }
        for (Class<?> c = type; c != null && !SharedNames.isOfJdk(c); c = c.getSuperclass()) {
            addFields(c, distance);
        }
    }

    private void addFields(Class<?> type, int distance) {
        if (type.isEnum()) {
            return; // enum constants belong to no caller
        }
        try {
            for (Field field : type.getDeclaredFields()) {
                if (isPart(field)) {
                    add(genericType(field), distance);
                }
            }
        } catch (LinkageError | SecurityException unknown) {
            // The class of a field is missing, so the field cannot hold an object.
        }
    }

    /** Whether a field is a part of an object. Static fields and fields for captured variables are not. */
    static boolean isPart(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
    }

    private static Type genericType(Field field) {
        try {
            return field.getGenericType();
        } catch (RuntimeException | LinkageError unknown) {
            return field.getType(); // a type argument is missing
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
            // Only the raw type: the bound of T extends Comparable<T> would lead back to T.
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

    /** Whether an object of a type holds objects of the type's arguments. */
    private static boolean isHolder(Type raw) {
        return raw instanceof Class<?> type
                && (Iterable.class.isAssignableFrom(type)
                        || Map.class.isAssignableFrom(type)
                        || Supplier.class.isAssignableFrom(type));
    }

    /** Whether an object of a parameterized type holds no objects of the type's arguments. */
    private static boolean isOnlyAbout(Type raw) {
        return raw == Class.class
                || raw == Comparable.class
                || raw == Comparator.class
                || (raw instanceof Class<?> type
                        && type.getPackageName().equals("java.util.function")
                        && !Supplier.class.isAssignableFrom(type));
    }
}
