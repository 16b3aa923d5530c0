package dev.scientist.comparators;

import dev.scientist.UncomparableException;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One part of the objects of a class, and how it is read: a record's component through its accessor, any other field as
 * it is.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: shared by all comparisons.
 *
 * @param name of the component or field
 * @param getter takes an object and returns an object
 * @param stored reads the same without running code of the class, where that is possible
 * @param annotations on the component, the field, or its accessor
 */
record Property(String name, MethodHandle getter, MethodHandle stored, Set<Class<? extends Annotation>> annotations) {

    /**
     * The value in one object.
     *
     * @throws UncomparableException if it cannot be read
     */
    @Nullable
    Object of(Object owner) {
        return of(owner, getter);
    }

    /**
     * The value that is stored in one object.
     *
     * @throws UncomparableException if it cannot be read
     */
    @Nullable
    Object storedIn(Object owner) {
        return of(owner, stored);
    }

    private @Nullable Object of(Object owner, MethodHandle handle) {
        try {
            return (Object) handle.invokeExact(owner);
        } catch (Throwable thrown) {
            if (thrown instanceof VirtualMachineError grave && !(thrown instanceof StackOverflowError)) {
                throw grave;
            }
            // Its message and trace are left out, because they may hold values.
            throw new UncomparableException("the accessor of " + name + " in "
                    + owner.getClass().getName() + " threw " + thrown.getClass().getName());
        }
    }
}
