package dev.scientist.spring;

import dev.scientist.comparators.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Adds to a comparator what the properties of one block set. */
final class RuleAdder {

    private final PropertyBlock block;
    private Ruled comparator;

    private RuleAdder(PropertyBlock block, Ruled comparator) {
        this.block = block;
        this.comparator = comparator;
    }

    /**
     * A comparator with further rules.
     *
     * @param block the place of the rules, for errors
     * @param base the comparator that they are added to
     */
    static Ruled add(PropertyBlock block, List<Rule> rules, Ruled base) {
        RuleAdder result = new RuleAdder(block, base);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            result.add("rules[" + i + "]", rule, ruled -> ruled.rule(rule)); // fails if the name is taken
        }
        return result.comparator;
    }

    /** A comparator with the short forms of rules, such as {@code ignore}; these rules come after those that it has. */
    static Ruled add(PropertyBlock block, ComparatorProperties properties, Ruled base) {
        RuleAdder result = new RuleAdder(block, base);
        for (String path : orNone(properties.ignore())) {
            result.add("ignore", path, ruled -> ruled.rule(Rule.at(path).ignored()));
        }
        for (String path : orNone(properties.anyOrder())) {
            result.add("any-order", path, ruled -> ruled.rule(Rule.at(path).anyOrder()));
        }
        BigDecimal tolerance = properties.tolerance();
        if (tolerance != null) {
            result.add(
                    "tolerance", tolerance, ruled -> ruled.rule(Rule.at("/**").within(tolerance)));
        }
        Integer most = properties.maxDifferences();
        if (most != null) {
            result.add("max-differences", most, ruled -> ruled.maxDifferences(most));
        }
        return result.comparator;
    }

    private void add(String key, Object value, UnaryOperator<Ruled> step) {
        try {
            comparator = step.apply(comparator);
        } catch (IllegalArgumentException wrong) {
            throw block.invalid("comparator." + key, value, "breaks a rule: " + wrong.getMessage(), "change the value");
        }
    }

    private static List<String> orNone(@Nullable List<String> paths) {
        return paths == null ? List.of() : paths;
    }
}
