package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives every value of two documents a number, the same for two values exactly if they are equal: numbers by value,
 * objects whatever the order of their fields, unordered arrays whatever the order of their elements. After one pass
 * over a document any two parts of it compare in one step, which is what keeps arrays in any order linear.
 *
 * <p>Confined to one thread, for one comparison: documents must not change meanwhile.
 */
final class Identities {

    private final boolean numbersAlike;
    private final Map<Object, Integer> known = new HashMap<>();
    private final IdentityHashMap<Object, Integer> containers = new IdentityHashMap<>();

    /**
     * Starts without any value.
     *
     * @param numbersAlike whether all numbers count as equal, so that two values of one identity have the same shape
     */
    Identities(boolean numbersAlike) {
        this.numbersAlike = numbersAlike;
    }

    int of(@Nullable Object value) {
        if (!(value instanceof Map || value instanceof List)) {
            return number(scalar(value));
        }
        Integer before = containers.get(value);
        if (before != null) {
            return before;
        }
        UncomparableException.throwIfInterrupted();
        int identity = number(value instanceof Map<?, ?> fields ? fields(fields) : elements((List<?>) value));
        containers.put(value, identity);
        return identity;
    }

    /** Whether two arrays hold the same elements, each as often, whatever the order. */
    boolean sameElements(List<?> primary, List<?> candidate) {
        return primary.size() == candidate.size() && sorted(primary).equals(sorted(candidate));
    }

    private Object scalar(@Nullable Object value) {
        if (value == null) {
            return Scalar.NULL;
        }
        if (value instanceof BigDecimal decimal) {
            return numbersAlike ? Scalar.NUMBER : decimal.stripTrailingZeros();
        }
        return value;
    }

    private Object fields(Map<?, ?> fields) {
        Map<Object, Integer> identities = new HashMap<>(2 * fields.size());
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            identities.put(field.getKey(), of(field.getValue()));
        }
        return new Fields(identities);
    }

    private Object elements(List<?> elements) {
        return elements instanceof UnorderedArray ? new Bag(sorted(elements)) : new Sequence(inOrder(elements));
    }

    private List<Integer> sorted(List<?> elements) {
        List<Integer> identities = inOrder(elements);
        identities.sort(null);
        return identities;
    }

    private List<Integer> inOrder(List<?> elements) {
        List<Integer> identities = new ArrayList<>(elements.size());
        for (Object element : elements) {
            identities.add(of(element));
        }
        return identities;
    }

    private int number(Object key) {
        return known.computeIfAbsent(key, unknown -> known.size());
    }

    private enum Scalar {
        NULL,
        NUMBER
    }

    private record Fields(Map<Object, Integer> identities) {}

    private record Sequence(List<Integer> identities) {}

    private record Bag(List<Integer> identities) {}
}
