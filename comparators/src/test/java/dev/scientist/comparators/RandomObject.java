package dev.scientist.comparators;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes object graphs, the same one from the same seed, but for one value if that is wanted. */
final class RandomObject {

    private static final int UNCHANGED = -1;

    record Two(@Nullable Object left, @Nullable Object right) {}

    record Whole(
            @Nullable Object left,
            @Nullable Object right,
            @Nullable Object leaf) {}

    record Numbered(int number, @Nullable Object value) {}

    static class Part {
        private final @Nullable Object whole;

        Part(@Nullable Object whole) {
            this.whole = whole;
        }

        @Nullable
        Object whole() {
            return whole;
        }
    }

    static final class Child extends Part {
        private @Nullable Object value;

        Child(@Nullable Object whole) {
            super(whole);
        }

        void value(@Nullable Object other) {
            value = other;
        }

        @Nullable
        Object value() {
            return value;
        }
    }

    private final Random random;
    private final int changed;
    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Object> wholes = new ArrayDeque<>();
    private int leaves;
    private int sets;
    private String place = "";
    private boolean isInSet;

    private RandomObject(long seed, int changed) {
        this.random = new Random(seed);
        this.changed = changed;
    }

    /** A graph of a seed. */
    static Made of(long seed) {
        return of(seed, UNCHANGED);
    }

    /** The graph of a seed in which one of the leaves is another. */
    static Made of(long seed, int leaf) {
        RandomObject maker = new RandomObject(seed, leaf);
        Object object = new Whole(maker.below("left", 4), maker.below("right", 4), maker.below("leaf", 0));
        return new Made(object, maker.leaves, maker.place, maker.isInSet);
    }

    /**
     * What was made.
     *
     * @param leaves how many there are
     * @param place of the changed one
     * @param isInSet whether the place has an index into a set
     */
    record Made(Object object, int leaves, String place, boolean isInSet) {}

    private @Nullable Object below(String name, int depth) {
        path.addLast(name);
        Object value = depth == 0 ? leaf() : value(depth - 1);
        path.removeLast();
        return value;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> new Two(below("left", depth), below("right", depth));
            case 1 -> child(depth);
            case 2 -> elements(depth);
            case 3 -> elements(depth).toArray();
            case 4 -> set(depth);
            case 5 -> map(depth);
            case 6 -> Optional.ofNullable(value(depth == 0 ? 0 : depth - 1));
            default -> leaf();
        };
    }

    private Object child(int depth) {
        Child child = new Child(random.nextBoolean() ? wholes.peek() : null);
        wholes.push(child);
        child.value(below("value", depth));
        wholes.pop();
        return child;
    }

    private List<@Nullable Object> elements(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            elements.add(below(Integer.toString(elements.size()), depth));
        }
        return elements;
    }

    private Set<Object> set(int depth) {
        Set<Object> set = new LinkedHashSet<>();
        sets++;
        for (int i = random.nextInt(5); i > 0; i--) {
            path.addLast(Integer.toString(set.size()));
            set.add(new Numbered(i, below("value", depth)));
            path.removeLast();
        }
        sets--;
        return set;
    }

    private Map<Object, @Nullable Object> map(int depth) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            Object key = random.nextBoolean() ? "k" + i : 10 + i;
            map.put(key, below(key.toString(), depth));
        }
        return map;
    }

    private @Nullable Object leaf() {
        Object leaf = switch (random.nextInt(8)) {
            case 0 -> "t" + random.nextInt(3);
            case 1 -> random.nextInt(3);
            case 2 -> random.nextInt(3) / 4.0;
            case 3 -> BigDecimal.valueOf(random.nextInt(300), 2);
            case 4 -> random.nextBoolean() ? TimeUnit.DAYS : TimeUnit.HOURS;
            case 5 -> LocalDate.ofEpochDay(random.nextInt(3));
            case 6 -> new UUID(0, random.nextInt(3));
            default -> null;
        };
        if (leaves++ != changed) {
            return leaf;
        }
        place = "/" + String.join("/", path);
        isInSet = sets > 0;
        return "another";
    }
}
