package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Finds handles with which fields are changed atomically. They are used instead of AtomicX objects, whose allocation
 * would cost the caller too much.
 */
final class Fields {

    private Fields() {}

    /** Returns the handle of a field of the class that looks it up. */
    static VarHandle handle(MethodHandles.Lookup lookup, String field, Class<?> type) {
        try {
            return lookup.findVarHandle(lookup.lookupClass(), field, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(lookup.lookupClass() + " has no field " + field + " of " + type, e);
        }
    }
}
