package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes plain trees, and changes them here and there. */
final class RandomDocument {

    private static final String[] NAMES = {"a", "b", "a/b", "m~n", "", "0", "1", "é"};

    private RandomDocument() {}

    static Object value(Random random, int depth) {
        int choice = random.nextInt(depth == 0 ? 3 : 6);
        if (choice >= 5) {
            return fields(random, depth);
        }
        if (choice >= 3) {
            List<Object> elements = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                elements.add(value(random, depth - 1));
            }
            return elements;
        }
        return switch (choice) {
            case 0 -> "t" + random.nextInt(4);
            case 1 -> new BigDecimal(random.nextInt(4)).divide(BigDecimal.TEN);
            default -> random.nextBoolean();
        };
    }

    /** The same value with changes in it, or another one. */
    static Object changed(Random random, Object value) {
        if (random.nextInt(6) == 0) {
            return value(random, 2);
        }
        if (value instanceof Map<?, ?> fields) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            fields.forEach((name, field) -> {
                if (random.nextInt(6) > 0) {
                    copy.put(name, random.nextBoolean() ? changed(random, field) : field);
                }
            });
            if (random.nextInt(3) == 0) {
                copy.put(NAMES[random.nextInt(NAMES.length)], value(random, 1));
            }
            return copy;
        }
        if (value instanceof List<?> elements) {
            List<Object> copy = new ArrayList<>();
            for (Object element : elements) {
                if (random.nextInt(5) > 0) {
                    copy.add(random.nextBoolean() ? changed(random, element) : element);
                }
                if (random.nextInt(5) == 0) {
                    copy.add(value(random, 1));
                }
            }
            return copy;
        }
        return value;
    }

    private static Map<String, Object> fields(Random random, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(NAMES[random.nextInt(NAMES.length)], value(random, depth - 1));
        }
        return fields;
    }
}
