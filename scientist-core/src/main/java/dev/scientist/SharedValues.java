package dev.scientist;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.WeakHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a value shares with the caller, by the classes of the objects that it holds. It only reads fields and
 * calls plain collections of the JDK, so it loads nothing.
 *
 * <p>A field is read if its type is open: {@code Object}, a type variable, or a collection of the JDK, which may hold a
 * collection of another library. Each instance is confined to one thread and one value.
 */
final class SharedValues {

    /** The most values that are searched. Chosen: this takes some 100 microseconds. */
    private static final int MOST = 10_000;

    /**
     * The most values that are searched on a caller's thread. Chosen: collections seldom hold values of many classes.
     */
    private static final int MOST_OF_CALLER = 16;

    private static final int DEEPEST = 8; // chosen: an answer in an Optional in a list in a response is at level 3

    private static final Object[] NOTHING_INSIDE = {};
    private static final Object[] ELEMENTS = {"elements"};
    private static final Object[] BEHIND = {"behind"};

    // The parts that are searched in the objects of a class: nothing, the elements, the collection behind a view, or
    // fields.
    // Only objects of the JDK are kept here, and the fields belong to the class itself, so that no loader is kept
    // alive.
    private static final ClassValue<Object[]> INSIDES = new ClassValue<>() {
        @Override
        protected Object[] computeValue(Class<?> type) {
            if (SharedNames.isView(type)) {
                return BEHIND;
            }
            return isPlain(type) ? ELEMENTS : openFields(type);
        }
    };

    private final boolean isLockToo;
    private int left;

    private SharedValues(boolean isLockToo, int most) {
        this.isLockToo = isLockToo;
        this.left = most;
    }

    /** Returns the class of the first value of an answer that shares anything; null if there is none. */
    static @Nullable Class<?> typeInAnswer(@Nullable Object answer) {
        return typeIn(answer, true, MOST);
    }

    /**
     * Returns the class of the first value of an argument that another thread must not read; null if there is none.
     * Allocates nothing for an argument that holds no other values. A lock does not count, because the candidate holds
     * it no longer than the primary does.
     */
    static @Nullable Class<?> typeInArgument(@Nullable Object argument) {
        return typeIn(argument, false, MOST_OF_CALLER);
    }

    private static @Nullable Class<?> typeIn(@Nullable Object value, boolean isLockToo, int most) {
        if (value == null) {
            return null;
        }
        Class<?> type = value.getClass();
        if (SharedClasses.isShared(type, isLockToo)) {
            return type;
        }
        Object[] inside = INSIDES.get(type);
        if (inside.length == 0) {
            return null;
        }
        try {
            return new SharedValues(isLockToo, most).typeInside(value, inside, 0);
        } catch (RuntimeException changing) {
            return null; // the caller is changing its collection; a comparator will fail too
        }
    }

    private @Nullable Class<?> typeOf(@Nullable Object value, int depth) {
        if (value == null || --left < 0) {
            return null;
        }
        Class<?> type = value.getClass();
        if (SharedClasses.isShared(type, isLockToo)) {
            return type;
        }
        Object[] inside = INSIDES.get(type);
        return inside.length == 0 || depth >= DEEPEST ? null : typeInside(value, inside, depth);
    }

    private @Nullable Class<?> typeInside(Object value, Object[] inside, int depth) {
        if (inside == BEHIND) {
            return typeInView(value, depth + 1);
        }
        return inside[0] instanceof Field ? typeInFields(value, inside, depth) : typeInElements(value, depth + 1);
    }

    /**
     * Searches a view. On a caller's thread the collection behind it is not determined, because that is expensive:
     * there locks do not count, and elements are read only with random access.
     */
    private @Nullable Class<?> typeInView(Object view, int depth) {
        Object behind = isLockToo ? BehindView.of(view) : null;
        if (behind != null) {
            return BehindView.isImmutable(behind) ? typeInElements(view, depth) : typeOf(behind, depth);
        }
        return view instanceof List<?> list && view instanceof RandomAccess ? typeInList(list, depth) : null;
    }

    private @Nullable Class<?> typeInFields(Object value, Object[] fields, int depth) {
        for (Object field : fields) {
            Class<?> found = typeOf(read((Field) field, value), depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Object read(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException closed) { // cannot happen: the field was made accessible
            return null;
        }
    }

    private @Nullable Class<?> typeInElements(Object holder, int depth) {
        if (holder instanceof Optional<?> optional) {
            return typeOf(optional.orElse(null), depth);
        }
        if (holder instanceof AtomicReference<?> reference) {
            return typeOf(reference.get(), depth);
        }
        if (holder instanceof Map.Entry<?, ?> entry) {
            Class<?> found = typeOf(entry.getKey(), depth);
            return found == null ? typeOf(entry.getValue(), depth) : found;
        }
        if (holder instanceof Object[] array) {
            return typeInArray(array, depth);
        }
        if (holder instanceof Map<?, ?> map) {
            Class<?> found = typeInAll(map.keySet(), depth);
            return found == null ? typeInAll(map.values(), depth) : found;
        }
        return holder instanceof List<?> list && holder instanceof RandomAccess
                ? typeInList(list, depth)
                : typeInAll((Collection<?>) holder, depth);
    }

    private @Nullable Class<?> typeInArray(Object[] array, int depth) {
        for (int i = 0; i < array.length && left > 0; i++) {
            Class<?> found = typeOf(array[i], depth);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Searches a list without allocating an iterator, for callers' threads. */
    private @Nullable Class<?> typeInList(List<?> list, int depth) {
        int size = list.size();
        for (int i = 0; i < size && left > 0; i++) {
            Class<?> found = typeOf(list.get(i), depth);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Class<?> typeInAll(Collection<?> elements, int depth) {
        for (Object element : elements) {
            if (left <= 0) {
                return null;
            }
            Class<?> found = typeOf(element, depth);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether a class is a holder of the JDK that stores its elements itself, so that reading them loads nothing. */
    private static boolean isPlain(Class<?> type) {
        if (type.isArray()) {
            return !type.getComponentType().isPrimitive();
        }
        boolean isOfJdk = type.getClassLoader() == null && type.getName().startsWith("java.util.");
        return isOfJdk
                && isHolder(type)
                && !WeakHashMap.class.isAssignableFrom(type) // reading it removes stale entries
                && (!type.getName().startsWith("java.util.Abstract") || Map.Entry.class.isAssignableFrom(type)) // views
                && !BlockingQueue.class.isAssignableFrom(type); // reading them takes locks
    }

    private static boolean isHolder(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Map.Entry.class.isAssignableFrom(type)
                || type == Optional.class
                || type == AtomicReference.class;
    }

    private static Object[] openFields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != null && !c.isEnum() && !SharedNames.isOfJdk(c); c = c.getSuperclass()) {
            addOpenFields(c, fields);
        }
        return fields.isEmpty() ? NOTHING_INSIDE : fields.toArray();
    }

    private static void addOpenFields(Class<?> type, List<Field> fields) {
        try {
            for (Field field : type.getDeclaredFields()) {
                if (SharedClasses.isPart(field) && isOpen(field.getType()) && field.trySetAccessible()) {
                    fields.add(field);
                }
            }
        } catch (LinkageError | SecurityException unknown) {
            // The class of a field is missing, so the field cannot hold an object.
        }
    }

    private static boolean isOpen(Class<?> type) {
        Class<?> component = type.isArray() ? type.getComponentType() : type;
        return component == Object.class
                || component == Iterable.class
                || (component.getName().startsWith("java.util.") && isHolder(component));
    }
}
