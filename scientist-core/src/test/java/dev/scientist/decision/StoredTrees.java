package dev.scientist.decision;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Takes stored trees apart, and spoils them. */
final class StoredTrees {

    private StoredTrees() {}

    /** All texts and numbers of a tree. */
    static List<Object> leaves(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(part -> leaves(part).stream()).toList();
        }
        if (tree instanceof List<?> list) {
            return list.stream().flatMap(part -> leaves(part).stream()).toList();
        }
        return List.of(tree);
    }

    /** A tree with each leaf replaced. */
    @SuppressWarnings("unchecked") // a map has keys of text
    static Map<String, Object> with(Map<String, Object> tree, UnaryOperator<Object> change) {
        return (Map<String, Object>) changed(tree, change);
    }

    private static Object changed(Object tree, UnaryOperator<Object> change) {
        if (tree instanceof Map<?, ?> map) {
            Map<Object, Object> changed = new LinkedHashMap<>();
            map.forEach((key, value) -> changed.put(key, changed(value, change)));
            return changed;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(part -> changed(part, change)).toList();
        }
        return change.apply(tree);
    }

    /** A tree in which a few nodes are replaced, lost, doubled or renamed. */
    @SuppressWarnings("unchecked") // a map has keys of text, but where it is to be spoilt
    static Map<String, Object> spoilt(Map<String, Object> tree, Random random) {
        Map<String, Object> spoilt = with(tree, UnaryOperator.identity());
        List<Object> nodes = new ArrayList<>();
        collect(spoilt, nodes);
        for (int i = 0; i <= random.nextInt(3); i++) {
            Object node = nodes.get(random.nextInt(nodes.size()));
            if (node instanceof Map<?, ?> map && !map.isEmpty()) {
                spoil((Map<Object, Object>) map, random);
            }
        }
        return spoilt;
    }

    private static void spoil(Map<Object, Object> map, Random random) {
        Object key = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
        switch (random.nextInt(4)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(key + "s", map.get(key));
            case 2 -> map.put(random.nextBoolean() ? null : random.nextInt(), map.get(key));
            default -> map.put(key, anything(random, map));
        }
    }

    private static void collect(Object tree, List<Object> nodes) {
        if (tree instanceof Map<?, ?> map) {
            nodes.add(map);
            map.values().forEach(part -> collect(part, nodes));
        } else if (tree instanceof List<?> list) {
            list.forEach(part -> collect(part, nodes));
        }
    }

    private static Object anything(Random random, Map<Object, Object> around) {
        List<Object> things = new ArrayList<>(Stream.of(
                        "",
                        "x".repeat(100_000),
                        "\n\u0000",
                        -1,
                        0L,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        Double.NaN,
                        Double.NEGATIVE_INFINITY,
                        1e300,
                        0.1f,
                        BigInteger.TEN.pow(5_000),
                        new BigDecimal("1e1000000000"),
                        new BigDecimal("1e-1000000000"),
                        true,
                        'c',
                        new int[1],
                        List.of(),
                        Map.of(),
                        List.of(Map.of(1, 2)),
                        "PT9223372036854775807H",
                        "-1000000000-01-01T00:00:00Z",
                        new Hostile())
                .toList());
        things.add(null);
        things.add(around); // a map that contains itself
        return things.get(random.nextInt(things.size()));
    }

    /** No JSON library makes one. */
    private static final class Hostile extends java.util.AbstractMap<String, Object> {

        @Override
        public java.util.Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("hostile");
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public String toString() {
            throw new IllegalStateException("hostile");
        }
    }
}
