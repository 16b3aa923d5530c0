package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.ResultComparator;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns at the start if the answers of a method are compared by {@code equals} and their declared type, or a type that
 * they hold, does not override it: no two of them would ever match. Interfaces, abstract classes and Object are passed
 * over, because the classes of their values are not known before a call.
 */
final class EqualsCheck {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private EqualsCheck() {}

    static void check(String experiment, DeclaredSharing.Part answer, ExperimentOptions<?> options) {
        boolean isByEquals = options.comparator() == ResultComparator.equality() && options.snapshotFormat() == null;
        Type found = isByEquals && !answer.sharing().isAnything() ? without(answer.type(), true) : null;
        if (found != null) {
            String type = Signature.simple(found);
            log.warn(
                    "experiment {}: The method answers with {}{} has no equals, so that any two answers differ. Set"
                            + " scientist.experiments.{}.comparator.type to objects or json, or {}.",
                    experiment,
                    answer.typeName(),
                    type.equals(answer.typeName()) ? ", which" : ", and " + type,
                    experiment,
                    type.endsWith("[]") ? "answer with a List" : "make it a record");
        }
    }

    /**
     * The type without equals in a declared type; null if none is known.
     *
     * @param isDeep whether an array is compared by its elements: it is, unless it is in a list
     */
    private static @Nullable Type without(Type type, boolean isDeep) {
        if (type instanceof Class<?> known) {
            return known.isArray() && isDeep ? without(known.getComponentType(), true) : hasNone(known) ? known : null;
        }
        if (type instanceof GenericArrayType array) {
            return isDeep ? without(array.getGenericComponentType(), true) : array;
        }
        if (type instanceof WildcardType wildcard) {
            return without(wildcard.getUpperBounds()[0], isDeep);
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            return isHolder(raw) ? inArguments(parameterized) : hasNone(raw) ? raw : null;
        }
        return null;
    }

    private static @Nullable Type inArguments(ParameterizedType type) {
        for (Type argument : type.getActualTypeArguments()) {
            Type found = without(argument, false);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether the equals of a type compares the objects that it holds. */
    private static boolean isHolder(Class<?> raw) {
        return Collection.class.isAssignableFrom(raw)
                || Map.class.isAssignableFrom(raw)
                || raw == Optional.class
                // ResponseEntity; by name, as spring-web is optional
                || raw.getName().startsWith("org.springframework.http.");
    }

    private static boolean hasNone(Class<?> type) {
        if (type.isArray()) {
            return true;
        }
        if (type.isPrimitive()
                || Modifier.isAbstract(type.getModifiers())
                || type.getName().startsWith("java.")) { // some, such as Class, are rightly compared by identity
            return false;
        }
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException | LinkageError unknown) {
            return false;
        }
    }
}
