package dev.scientist.spring;

import dev.scientist.comparators.JsonComparator;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives a comparator of documents the rules that properties say. */
final class JsonRules {

    private static final String EVERY_ARRAY = "/**";

    private final PropertyBlock block;
    private JsonComparator comparator;

    private JsonRules(PropertyBlock block, JsonComparator comparator) {
        this.block = block;
        this.comparator = comparator;
    }

    /**
     * The comparator with the rules.
     *
     * @param block where they stand, for errors
     * @param base what they are added to
     */
    static JsonComparator add(PropertyBlock block, ComparatorProperties properties, JsonComparator base) {
        JsonRules rules = new JsonRules(block, base);
        for (String path : orNone(properties.ignore())) {
            rules.add("ignore", path, json -> json.ignoring(path));
        }
        for (String path : orNone(properties.anyOrder())) {
            rules.add(
                    "any-order",
                    path,
                    json -> path.equals(EVERY_ARRAY) ? json.ignoringArrayOrder() : json.ignoringArrayOrderAt(path));
        }
        BigDecimal tolerance = properties.tolerance();
        if (tolerance != null) {
            rules.add("tolerance", tolerance, json -> json.tolerance(tolerance));
        }
        Integer most = properties.maxDifferences();
        if (most != null) {
            rules.add("max-differences", most, json -> json.maxDifferences(most));
        }
        return rules.comparator;
    }

    private void add(String key, Object value, UnaryOperator<JsonComparator> rule) {
        try {
            comparator = rule.apply(comparator);
        } catch (IllegalArgumentException wrong) {
            throw block.invalid("comparator." + key, value, "breaks a rule: " + wrong.getMessage(), "change the value");
        }
    }

    private static List<String> orNone(@Nullable List<String> paths) {
        return paths == null ? List.of() : paths;
    }
}
