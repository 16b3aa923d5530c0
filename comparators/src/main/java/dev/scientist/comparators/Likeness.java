package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two parts of two documents may stand for each other: they are equal, or differ by nothing but numbers
 * within the tolerance. Confined to one thread, for one comparison.
 */
final class Likeness {

    /** Pairs of elements; chosen: about a second. Without a tolerance none is ever spent. */
    private static final int BUDGET = 2_000_000;

    private final Identities identities = new Identities(false);
    private final Identities shapes = new Identities(true);
    private final @Nullable BigDecimal tolerance;
    private int spent;

    Likeness(@Nullable BigDecimal tolerance) {
        this.tolerance = tolerance;
    }

    /** Whether only equal values are alike. */
    boolean isExact() {
        return tolerance == null;
    }

    Identities identities() {
        return identities;
    }

    boolean areEqual(@Nullable Object primary, @Nullable Object candidate) {
        return identities.of(primary) == identities.of(candidate);
    }

    boolean areAlike(@Nullable Object primary, @Nullable Object candidate) {
        if (areEqual(primary, candidate)) {
            return true;
        }
        if (isExact() || shapes.of(primary) != shapes.of(candidate)) {
            return false;
        }
        spend();
        // Of one shape: same types, same keys, same sizes, and nothing but numbers differs.
        if (primary instanceof Map<?, ?> fields && candidate instanceof Map<?, ?> others) {
            return areAlikeByName(fields, others);
        }
        if (primary instanceof UnorderedArray elements && candidate instanceof UnorderedArray others) {
            return Pairing.of(elements, others, this).isComplete();
        }
        if (primary instanceof List<?> elements && candidate instanceof List<?> others) {
            return areAlikeInOrder(elements, others);
        }
        return primary instanceof BigDecimal number
                && candidate instanceof BigDecimal other
                && Numbers.BY_VALUE.compare(number, other, tolerance);
    }

    private boolean areAlikeByName(Map<?, ?> primary, Map<?, ?> candidate) {
        for (Map.Entry<?, ?> field : primary.entrySet()) {
            if (!areAlike(field.getValue(), candidate.get(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private boolean areAlikeInOrder(List<?> primary, List<?> candidate) {
        Iterator<?> others = candidate.iterator();
        for (Object element : primary) {
            if (!areAlike(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private void spend() {
        if (++spent > BUDGET) {
            throw new UncomparableException(
                    "arrays in any order within a tolerance went over the limit of " + BUDGET + " pairs");
        }
        UncomparableException.throwIfInterrupted();
    }
}
