package dev.scientist.comparators;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets the application restructure a document. The application gets a copy, which it may change, and returns a document
 * that is made a plain tree again. If that is equal to the document, nothing was changed.
 *
 * @param operator given by the application
 */
record Transform(UnaryOperator<@Nullable Object> operator) implements Restructuring {

    @Override
    public @Nullable Object restructured(@Nullable Object document) {
        Object made = plain(operator.apply(plain(document, Limits.DEPTH)), Limits.DEPTH);
        return PlainTrees.PLAIN.areSeenEqual(document, made, Limits.DEPTH + 1) ? document : made;
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (depth < 0) {
            throw new RuleFailure("returned a document nested deeper than " + Limits.DEPTH + " levels");
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            fields.forEach((name, field) -> copy.put(String.valueOf(name), plain(field, depth - 1)));
            return copy;
        }
        if (value instanceof Collection<?> elements) {
            List<@Nullable Object> copy = new ArrayList<>(elements.size());
            elements.forEach(element -> copy.add(plain(element, depth - 1)));
            return copy;
        }
        if (value instanceof Number number) {
            return decimal(number);
        }
        if (value == null || value instanceof Boolean || value instanceof Gap) {
            return value;
        }
        if (value instanceof CharSequence || value instanceof Enum) {
            return value.toString();
        }
        throw new RuleFailure("returned a document with a " + value.getClass().getName() + " in it; it must hold "
                + PlainTrees.CONTENTS);
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof BigInteger integer ? new BigDecimal(integer) : new BigDecimal(number.toString());
    }
}
