package dev.scientist.decision;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lists of counts in which each key occurs once. */
final class Keyed {

    private Keyed() {}

    /** The elements of both lists, where elements with the same key are added, sorted by key. */
    static <K extends Comparable<K>, V> List<V> sum(
            List<V> some, List<V> others, Function<V, K> key, BinaryOperator<V> plus) {
        Map<K, V> sums = new TreeMap<>();
        some.forEach(one -> sums.merge(key.apply(one), one, plus));
        others.forEach(one -> sums.merge(key.apply(one), one, plus));
        return List.copyOf(sums.values());
    }

    /** The elements of both lists, as they are. */
    static <V> List<V> both(List<V> some, List<V> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
