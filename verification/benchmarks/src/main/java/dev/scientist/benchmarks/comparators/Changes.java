package dev.scientist.benchmarks.comparators;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the differences of a candidate. Each method returns a new tree and leaves its argument as it is. */
final class Changes {

    private static final long SEED = 815;

    private Changes() {}

    /** Puts the fields of every object in another order. */
    static Object reordered(Object tree) {
        Random random = new Random(SEED);
        return copied(tree, names -> Collections.shuffle(names, random));
    }

    /** Changes the values of some fields, spread evenly over the document. */
    static Object changed(Object tree, int places) {
        Object copy = copy(tree);
        List<Map.Entry<String, @Nullable Object>> scalars = new ArrayList<>();
        collectScalars(copy, scalars);
        if (places > scalars.size()) {
            throw new IllegalArgumentException(
                    "places must be at most " + scalars.size() + ", which the document has, but was " + places);
        }
        for (int i = 0; i < places; i++) {
            Map.Entry<String, @Nullable Object> scalar =
                    scalars.get((int) ((2L * i + 1) * scalars.size() / (2L * places)));
            scalar.setValue(other(scalar.getValue()));
        }
        return copy;
    }

    /** Puts the rows in another order. */
    static Object shuffled(Object stock) {
        Object copy = copy(stock);
        Collections.shuffle(rows(copy), new Random(SEED));
        return copy;
    }

    /** Changes the quantity in one row of a hundred. */
    static Object onePercentChanged(Object stock) {
        Object copy = copy(stock);
        List<Object> rows = rows(copy);
        for (int i = 0; i < rows.size(); i += 100) {
            fields(rows.get(i)).compute("quantity", (name, quantity) -> other(quantity));
        }
        return copy;
    }

    /** Inserts a new row before all others. */
    static Object withOneInFront(Object stock) {
        Object copy = copy(stock);
        Object first = copy(rows(copy).get(0));
        fields(first).put("sku", "SKU-new");
        rows(copy).add(0, first);
        return copy;
    }

    private static @Nullable Object other(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number + 1;
        }
        if (value instanceof BigDecimal number) {
            return number.add(BigDecimal.ONE);
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        return value + "~"; // null becomes a text too
    }

    private static void collectScalars(Object tree, List<Map.Entry<String, @Nullable Object>> found) {
        if (tree instanceof Map) {
            for (Map.Entry<String, @Nullable Object> field : fields(tree).entrySet()) {
                Object value = field.getValue();
                if (value instanceof Map || value instanceof List) {
                    collectScalars(value, found);
                } else {
                    found.add(field);
                }
            }
        } else if (tree instanceof List<?> elements) {
            elements.forEach(element -> collectScalars(element, found));
        }
    }

    private static Object copy(Object tree) {
        return copied(tree, names -> {});
    }

    private static Object copied(Object tree, Consumer<List<String>> order) {
        if (tree instanceof Map) {
            Map<String, @Nullable Object> original = fields(tree);
            List<String> names = new ArrayList<>(original.keySet());
            order.accept(names);
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            for (String name : names) {
                Object value = original.get(name);
                copy.put(name, value == null ? null : copied(value, order));
            }
            return copy;
        }
        if (tree instanceof List<?> elements) {
            List<Object> copy = new ArrayList<>(elements.size());
            elements.forEach(element -> copy.add(copied(element, order)));
            return copy;
        }
        return tree;
    }

    @SuppressWarnings("unchecked") // Trees makes no other ones
    private static Map<String, @Nullable Object> fields(Object object) {
        return (Map<String, @Nullable Object>) object;
    }

    @SuppressWarnings("unchecked") // Trees makes no other ones
    private static List<Object> rows(Object stock) {
        return (List<Object>) Objects.requireNonNull(fields(stock).get("rows"));
    }
}
