package dev.scientist.comparators;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One side's elements of an array whose order does not matter. Confined to one thread, for one comparison.
 *
 * @param array the array itself
 * @param state its rules
 * @param depth of its elements
 */
record ArrayElements(Trees trees, @Nullable Object array, PathState state, int depth) {

    int size() {
        return trees.size(array);
    }

    @Nullable
    Object get(int index) {
        return trees.element(array, index);
    }

    /** The indices of the elements that no rule takes out, ascending. */
    int[] counted() {
        IntStream all = IntStream.range(0, size());
        return (state.hasNoRules() ? all : all.filter(i -> !state.child(i).isIgnored())).toArray();
    }

    int identity(int index, ArrayLikeness likeness) {
        return likeness.identity(get(index), state.child(index), depth);
    }

    int bucket(int index, ArrayLikeness likeness) {
        return likeness.bucket(get(index), state.child(index), depth);
    }

    /** A value that is equal for all elements with the same key, and for all elements without one. */
    Object key(int index, Keys keys) {
        Object key = keys.of(trees, get(index), state.child(index));
        return key == null ? ArrayGroup.WITHOUT_KEY : key;
    }
}
