package dev.scientist.spring;

import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives a comparator of documents what the properties of one block say. */
final class JsonRules {

    private static final String EVERY_ARRAY = "/**";

    private final PropertyBlock block;
    private JsonComparator comparator;

    private JsonRules(PropertyBlock block, JsonComparator comparator) {
        this.block = block;
        this.comparator = comparator;
    }

    /**
     * The comparator with rules.
     *
     * @param block where they stand, for errors
     * @param base what they are added to
     */
    static JsonComparator add(PropertyBlock block, List<Rule> rules, JsonComparator base) {
        JsonRules result = new JsonRules(block, base);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            result.add("rules[" + i + "]", rule, json -> json.rules(rule)); // fails where the name is taken
        }
        return result.comparator;
    }

    /** The comparator with what is said in short: rules too, which come after those that the comparator has. */
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
