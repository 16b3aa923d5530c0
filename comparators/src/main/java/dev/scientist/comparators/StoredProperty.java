package dev.scientist.comparators;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Member;
import org.jspecify.annotations.Nullable;

/**
 * One property of a class whose getters are not called: it is read from its field; a property without a field counts as
 * not loaded.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: shared by all calls.
 *
 * @param field null if it has none
 */
record StoredProperty(@Nullable Field field) {

    static StoredProperty of(Class<?> type, @Nullable Member accessor) {
        Field field = accessor == null ? null : StoredMembers.fieldOf(type, accessor);
        try {
            if (field != null) {
                field.setAccessible(true);
            }
            return new StoredProperty(field);
        } catch (InaccessibleObjectException closed) {
            return new StoredProperty(null);
        }
    }

    /** Whether the property is loaded in an object. */
    boolean isLoaded(Object owner) {
        if (field == null || !Laziness.of(owner.getClass()).isLoaded(owner, field.getName())) {
            return false;
        }
        try {
            return Laziness.seen(field.get(owner)) != NotLoaded.PLACE;
        } catch (IllegalAccessException impossible) { // it has been made accessible
            throw new IllegalStateException(impossible);
        }
    }
}
