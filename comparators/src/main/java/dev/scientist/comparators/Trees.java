package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way to look at the trees of one library without changing or copying them. It throws {@link Unwritten} for a node
 * that is no JSON, such as an object that only a mapper can write.
 *
 * <p>Threads: any. Invariant: no state. Consequence: one instance serves all comparisons.
 */
interface Trees {

    /** The kind of a node: never a name, an end or {@link Kind#END}. */
    Kind kind(@Nullable Object node);

    /** The number of fields or elements of an object or array. */
    int size(@Nullable Object container);

    /** The fields of an object, in its order. */
    Iterator<? extends Map.Entry<?, ?>> fields(@Nullable Object object);

    /** The value of a field, or {@link Gap#ABSENT}. */
    @Nullable
    Object field(@Nullable Object object, String name);

    @Nullable
    Object element(@Nullable Object array, int index);

    /** Whether two nodes of one kind, neither object nor array, have the same value. */
    boolean areSame(Kind kind, @Nullable Object node, @Nullable Object other);

    /** The value of a node that is neither object nor array: text, number, truth value or null. */
    @Nullable
    Object scalar(Kind kind, @Nullable Object node);

    /**
     * Gives a key for a node that is neither object nor array: the keys of two nodes are equal, as {@code equals} sees
     * it, exactly if the nodes have the same value. Null for null.
     */
    @Nullable
    Object key(Kind kind, @Nullable Object node);

    /**
     * Whether two nodes are seen to be equal with everything below them, where no rule applies: the fastest way to look
     * at the common case. It gives up on whatever is rare, but never sees equality where there is none.
     *
     * @param depth the number of levels that may still follow
     */
    boolean areSeenEqual(@Nullable Object node, @Nullable Object other, int depth);

    /** Says that a tree is to be written and read again. Made where a tree is unusual; it has no stack trace. */
    final class Unwritten extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unwritten() {
            super(null, null, false, false);
        }
    }
}
