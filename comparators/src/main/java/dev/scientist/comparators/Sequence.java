package dev.scientist.comparators;

import dev.scientist.Side;
import dev.scientist.UncomparableException;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the elements of answers that have some, one after the other. */
final class Sequence {

    private Sequence() {}

    /** The number of elements of an answer, if it is known before they are read; else 0. */
    static int size(Object answer) {
        if (answer instanceof Collection<?> collection) {
            return collection.size();
        }
        return answer.getClass().isArray() ? Array.getLength(answer) : 0;
    }

    /** The elements of an answer. */
    static Iterator<? extends @Nullable Object> of(Side side, Object answer) {
        if (answer instanceof Iterable<?> iterable) {
            return iterable.iterator();
        }
        if (answer instanceof BaseStream<?, ?> stream) {
            return stream.iterator();
        }
        if (answer instanceof Iterator<?> iterator) {
            return iterator;
        }
        if (answer.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(answer))
                    .mapToObj(index -> Array.get(answer, index))
                    .iterator();
        }
        throw new UncomparableException("the " + side + "'s answer, a "
                + answer.getClass().getName()
                + ", has no elements; it must be an Iterable, an array, an Iterator or a stream");
    }
}
