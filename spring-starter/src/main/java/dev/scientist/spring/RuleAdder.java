package dev.scientist.spring;

import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuledComparator;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Adds to a comparator what the properties of one block set. */
final class RuleAdder {

    private final PropertyBlock block;
    private RuledComparator<Object> comparator;

    private RuleAdder(PropertyBlock block, RuledComparator<Object> comparator) {
        this.block = block;
        this.comparator = comparator;
    }

    /**
     * A comparator with further rules.
     *
     * @param block the place of the rules, for errors
     * @param base the comparator that they are added to
     */
    static RuledComparator<Object> add(PropertyBlock block, List<Rule> rules, RuledComparator<Object> base) {
        RuleAdder result = new RuleAdder(block, base);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            result.add("rules[" + i + "]", rule, ruled -> ruled.rules(rule)); // fails if the name is taken
        }
        return result.comparator;
    }

    /** A comparator with the short forms of rules, such as {@code ignore}; these rules come after those that it has. */
    static RuledComparator<Object> add(
            PropertyBlock block, ComparatorProperties properties, RuledComparator<Object> base) {
        RuleAdder result = new RuleAdder(block, base);
        for (String path : orNone(properties.ignore())) {
            result.add("ignore", path, ruled -> ruled.rules(Rule.at(path).ignored()));
        }
        for (String path : orNone(properties.anyOrder())) {
            result.add("any-order", path, ruled -> ruled.rules(Rule.at(path).anyOrder()));
        }
        BigDecimal tolerance = properties.tolerance();
        if (tolerance != null) {
            result.add(
                    "tolerance", tolerance, ruled -> ruled.rules(Rule.at("/**").within(tolerance)));
        }
        Integer most = properties.maxDifferences();
        if (most != null) {
            result.add("max-differences", most, ruled -> ruled.maxDifferences(most));
        }
        return result.comparator;
    }

    private void add(String key, Object value, UnaryOperator<RuledComparator<Object>> step) {
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
