package dev.scientist.comparators;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What the values of a class are to an {@link ObjectComparator}. */
enum Form {
    /** One text, number or truth value: see {@link Scalars}. */
    SCALAR,
    /** Elements in order. */
    LIST,
    /** Elements in order. */
    ARRAY,
    /** Elements in any order. */
    SET,
    /** Values by key. */
    MAP,
    /** Values by name. */
    OBJECT,
    /** Nothing can be seen but whether two are equal. */
    BY_EQUALS,
    /** Nothing can be seen. */
    UNREADABLE;

    /** The form of a class that need not be looked into to say so; {@link #UNREADABLE} for all others. */
    static Form known(Class<?> type) {
        if (Scalars.isScalar(type)) {
            return SCALAR;
        }
        if (type.isArray()) {
            return ARRAY;
        }
        if (Set.class.isAssignableFrom(type)) {
            return SET;
        }
        if (Collection.class.isAssignableFrom(type)) {
            return LIST;
        }
        return Map.class.isAssignableFrom(type) ? MAP : UNREADABLE;
    }

    boolean isOrdered() {
        return this == LIST || this == ARRAY;
    }
}
