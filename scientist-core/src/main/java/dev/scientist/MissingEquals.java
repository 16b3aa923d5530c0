package dev.scientist;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a class without its own {@code equals} that makes two answers differ although they may look alike. It is the
 * class of the answers, or of an object in a list, map, array, optional or record. This is asked only about answers
 * that differ.
 */
final class MissingEquals {

    private static final int DEEPEST = 8; // chosen: a class that deep is no useful hint

    private MissingEquals() {}

    /** Returns a sentence that says what to do about such a class and contains no value; null if none is found. */
    static @Nullable String hint(Object primary, Object candidate) {
        try {
            Class<?> type = find(primary, candidate, true, 0);
            return type == null ? null : hint(type);
        } catch (RuntimeException | LinkageError | StackOverflowError unknown) {
            return null; // an equals or accessor throws, or a class is missing
        }
    }

    private static String hint(Class<?> type) {
        return type.getTypeName() + " has no equals, so that any two of it differ: compare with objects() or json()"
                + " (the property comparator.type)" + (type.isArray() ? "" : ", or make it a record");
    }

    /**
     * Looks at two values that differ.
     *
     * @param isDeep whether arrays are compared by their elements, which is not so inside a list, map or record
     */
    private static @Nullable Class<?> find(
            @Nullable Object primary, @Nullable Object candidate, boolean isDeep, int depth) {
        if (primary == null || candidate == null || depth > DEEPEST) {
            return null;
        }
        if (primary instanceof List<?> list && candidate instanceof List<?> other) {
            return list.size() == other.size() ? inElements(list, other, false, depth) : null;
        }
        if (primary instanceof Map<?, ?> map && candidate instanceof Map<?, ?> other) {
            return map.keySet().equals(other.keySet()) ? inValues(map, other, depth) : null;
        }
        if (primary.getClass() != candidate.getClass()) {
            return null;
        }
        if (isDeep && primary instanceof Object[] array && candidate instanceof Object[] other) {
            return array.length == other.length
                    ? inElements(Arrays.asList(array), Arrays.asList(other), true, depth)
                    : null;
        }
        if (primary instanceof Optional<?> content && candidate instanceof Optional<?> other) {
            return find(content.orElse(null), other.orElse(null), false, depth + 1);
        }
        if (primary instanceof Record record && candidate instanceof Record other) {
            return inComponents(record, other, depth);
        }
        boolean isCompared = isDeep && primary.getClass().isArray();
        return !isCompared && hasNone(primary.getClass()) ? primary.getClass() : null;
    }

    private static boolean hasNone(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException impossible) {
            return false; // every class has an equals
        }
    }

    /** Looks at the first two elements that differ. The other ones would not change the result. */
    private static @Nullable Class<?> inElements(List<?> list, List<?> others, boolean isDeep, int depth) {
        Iterator<?> elements = list.iterator();
        Iterator<?> otherElements = others.iterator();
        while (elements.hasNext() && otherElements.hasNext()) {
            Object element = elements.next();
            Object other = otherElements.next();
            if (!(isDeep ? Objects.deepEquals(element, other) : Objects.equals(element, other))) {
                return find(element, other, isDeep, depth + 1);
            }
        }
        return null;
    }

    private static @Nullable Class<?> inValues(Map<?, ?> map, Map<?, ?> other, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = entry.getValue();
            Object otherValue = other.get(entry.getKey());
            if (!Objects.equals(value, otherValue)) {
                return find(value, otherValue, false, depth + 1);
            }
        }
        return null;
    }

    /**
     * Looks at all components that differ. If one of them differs for another reason, the hint would mislead, so the
     * result is null; it is also null if no component differs, because a record may have its own {@code equals}.
     */
    private static @Nullable Class<?> inComponents(Record record, Record other, int depth) {
        Class<?> found = null;
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(component, record);
            Object otherValue = valueOf(component, other);
            if (!Objects.equals(value, otherValue)) {
                found = find(value, otherValue, false, depth + 1);
                if (found == null) {
                    return null;
                }
            }
        }
        return found;
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
