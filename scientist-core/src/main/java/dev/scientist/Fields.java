package dev.scientist;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Finds the handles through which fields are changed atomically: objects on the caller's path cannot afford an AtomicX
 * each.
 */
final class Fields {

    private Fields() {}

    /** The handle of a field of the class that looks it up. */
    static VarHandle handle(MethodHandles.Lookup lookup, String field, Class<?> type) {
        try {
            return lookup.findVarHandle(lookup.lookupClass(), field, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(lookup.lookupClass() + " has no field " + field + " of " + type, e);
        }
    }
}
