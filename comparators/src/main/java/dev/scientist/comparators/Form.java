package dev.scientist.comparators;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The ways in which an {@link ObjectComparator} looks at the values of a class. */
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
    /** The values can only be compared by their {@code equals}. */
    BY_EQUALS,
    /** The values cannot be looked into or compared. */
    UNREADABLE;

    /** The form of a class, if it is known without a look into the class; {@link #UNREADABLE} for all others. */
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
