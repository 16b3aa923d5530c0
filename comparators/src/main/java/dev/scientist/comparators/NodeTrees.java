package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trees of one Jackson, as it would write them. A subclass looks into the nodes of its Jackson; what follows from that
 * is here, once for both.
 *
 * <p>Threads: any. Invariant: no state. Consequence: one instance serves all comparisons. Each Jackson has one final
 * subclass, so that each call of an abstract method goes to one method where an application has one Jackson.
 *
 * @param <N> the class of its nodes
 */
abstract class NodeTrees<N> implements Trees {

    /** The id of the token with which the node begins, as both Jacksons number them. */
    abstract int token(N node);

    abstract int sizeOf(N container);

    abstract Set<Map.Entry<String, N>> fieldsOf(N object);

    abstract @Nullable N get(N object, String name);

    abstract N get(N array, int index);

    abstract Number number(N number);

    abstract String text(N text);

    /**
     * Whether two nodes are seen to be equal with everything below them. Each subclass goes down its own nodes: one
     * loop for both takes a third longer where an application has both Jacksons.
     *
     * @param depth the number of levels that may still follow
     */
    abstract boolean areEqual(N node, N other, int depth);

    @Override
    public final Kind kind(@Nullable Object node) {
        N value = node(node);
        int token = token(value);
        Kind kind = Kind.ofToken(token);
        if (kind == null || (token == Kind.FLOATING_TOKEN && !isWrittenAsNumber(number(value)))) {
            throw new Unwritten();
        }
        return kind;
    }

    /** Whether a number with a fraction is written as one that cannot fill the memory; NaN is written as text. */
    private static boolean isWrittenAsNumber(Number number) {
        return number instanceof BigDecimal decimal
                ? Numbers.isWithinLimit(decimal)
                : Double.isFinite(number.doubleValue());
    }

    @Override
    public final int size(@Nullable Object container) {
        return sizeOf(node(container));
    }

    @Override
    public final Iterator<Map.Entry<String, N>> fields(@Nullable Object object) {
        return fieldsOf(node(object)).iterator();
    }

    @Override
    public final Object field(@Nullable Object object, String name) {
        N value = get(node(object), name);
        return value == null ? Gap.ABSENT : value;
    }

    @Override
    public final Object element(@Nullable Object array, int index) {
        return get(node(array), index);
    }

    @Override
    public final boolean areSame(Kind kind, @Nullable Object node, @Nullable Object other) {
        if (kind == Kind.TEXT) {
            return text(node(node)).equals(text(node(other)));
        }
        return kind != Kind.NUMBER || areSame(number(node(node)), number(node(other)));
    }

    private static boolean areSame(Number number, Number other) {
        if (isLong(number) && isLong(other)) {
            return number.longValue() == other.longValue();
        }
        if (number instanceof Double && other instanceof Double) {
            return number.doubleValue() == other.doubleValue();
        }
        return decimal(number).compareTo(decimal(other)) == 0;
    }

    @Override
    public final @Nullable Object scalar(Kind kind, @Nullable Object node) {
        return switch (kind) {
            case TEXT -> text(node(node));
            case NUMBER -> decimal(number(node(node)));
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case OBJECT, OBJECT_END, ARRAY, ARRAY_END, NAME, END ->
                throw new IllegalStateException("no scalar: " + kind);
        };
    }

    @Override
    public final @Nullable Object key(Kind kind, @Nullable Object node) {
        if (kind != Kind.NUMBER) {
            return scalar(kind, node);
        }
        Number number = number(node(node));
        if (isLong(number)) {
            return number.longValue();
        }
        return number instanceof Double
                ? Numbers.canonical(number.doubleValue())
                : Numbers.canonicalAmongDoubles(decimal(number));
    }

    @Override
    public final boolean areSeenEqual(@Nullable Object node, @Nullable Object other, int depth) {
        return areEqual(node(node), node(other), depth);
    }

    private static boolean isLong(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof Short;
    }

    /** Gives the number that a reader would understand of the written one. */
    private static BigDecimal decimal(Number number) {
        if (isLong(number)) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof BigInteger whole ? new BigDecimal(whole) : new BigDecimal(number.toString());
    }

    @SuppressWarnings("unchecked") // the comparison has asked isTree of both answers, and passes only parts of them
    private N node(@Nullable Object node) {
        return (N) Objects.requireNonNull(node);
    }
}
