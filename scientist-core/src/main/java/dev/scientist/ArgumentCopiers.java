package dev.scientist;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Copies arguments for the candidate, by type. */
final class ArgumentCopiers {

    private final Map<Class<?>, UnaryOperator<Object>> copiers;

    ArgumentCopiers(Map<Class<?>, UnaryOperator<Object>> copiers) {
        this.copiers = Collections.unmodifiableMap(new LinkedHashMap<>(copiers));
    }

    /** Returns the types that are copied. */
    Set<Class<?>> types() {
        return copiers.keySet();
    }

    /**
     * Returns a copy of the argument, made by the copier for its own class or else by the first added copier for a
     * supertype. If there is none, returns the argument itself. A list of arguments, {@code Object[]}, is copied in any
     * case.
     */
    @SuppressWarnings(
            "unchecked") // a copier returns the type it takes; if not, the candidate fails with a ClassCastException
    <A extends @Nullable Object> A copy(A argument) {
        if (argument == null) {
            return argument;
        }
        UnaryOperator<Object> copier = copierOf(argument);
        if (copier != null) {
            return (A) copier.apply(argument);
        }
        return isList(argument) ? (A) copyAll((@Nullable Object[]) argument) : argument;
    }

    /**
     * Returns the class of the first value in an argument that shares a session or a position with the caller and has
     * no copier; null if there is none. Allocates nothing for arguments that hold no other values.
     */
    @Nullable
    Class<?> uncopied(@Nullable Object argument) {
        if (argument == null || copierOf(argument) != null) {
            return null;
        }
        if (!isList(argument)) {
            return SharedValues.typeInArgument(argument);
        }
        for (Object element : (@Nullable Object[]) argument) {
            Class<?> found = uncopied(element);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable UnaryOperator<Object> copierOf(Object argument) {
        if (copiers.isEmpty()) {
            return null;
        }
        UnaryOperator<Object> exact = copiers.get(argument.getClass());
        if (exact != null || isList(argument)) {
            return exact;
        }
        for (Map.Entry<Class<?>, UnaryOperator<Object>> copier : copiers.entrySet()) {
            if (copier.getKey().isInstance(argument)) {
                return copier.getValue();
            }
        }
        return null;
    }

    private static boolean isList(Object argument) {
        return argument.getClass() == Object[].class;
    }

    private @Nullable Object[] copyAll(@Nullable Object[] arguments) {
        @Nullable Object[] copies = arguments.clone(); // even without copiers: the array is the caller's
        for (int i = 0; i < copies.length; i++) {
            copies[i] = copy(copies[i]);
        }
        return copies;
    }
}
