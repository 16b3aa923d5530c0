package dev.scientist;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Copies arguments for the candidate, by type. */
final class ArgumentCopiers {

    private final Map<Class<?>, UnaryOperator<Object>> copiers;

    ArgumentCopiers(Map<Class<?>, UnaryOperator<Object>> copiers) {
        this.copiers = Collections.unmodifiableMap(new LinkedHashMap<>(copiers));
    }

    /**
     * A copy, by the copier for the class itself or else the first one for a supertype, in the order they were added; the
     * argument itself where there is none. A list of arguments, {@code Object[]}, is copied in any case.
     */
    @SuppressWarnings(
            "unchecked") // a copier returns the type it takes; one that does not fails as a candidate with a class cast
    <A extends @Nullable Object> A copy(A argument) {
        if (argument == null) {
            return argument;
        }
        UnaryOperator<Object> exact = copiers.get(argument.getClass());
        if (exact != null) {
            return (A) exact.apply(argument);
        }
        if (argument.getClass() == Object[].class) {
            return (A) copyAll((@Nullable Object[]) argument);
        }
        for (Map.Entry<Class<?>, UnaryOperator<Object>> copier : copiers.entrySet()) {
            if (copier.getKey().isInstance(argument)) {
                return (A) copier.getValue().apply(argument);
            }
        }
        return argument;
    }

    private @Nullable Object[] copyAll(@Nullable Object[] arguments) {
        @Nullable Object[] copies = arguments.clone(); // also where no element has a copier: the array is the caller's
        for (int i = 0; i < copies.length; i++) {
            copies[i] = copy(copies[i]);
        }
        return copies;
    }
}
