package dev.scientist.spring;

import dev.scientist.Difference;
import dev.scientist.ExperimentOptions;
import dev.scientist.ResultComparator;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The comparators that properties ask for: those of the defaults, and of one experiment over what its code chose. Each
 * experiment gets one of its own, because a comparator counts what its rules hide.
 */
final class ExperimentComparators {

    private final PropertyBlock defaultsBlock;
    private final @Nullable ComparatorProperties defaults;
    private final ObjectProvider<JsonComparator> json;
    private final RuleMaker rules;

    ExperimentComparators(
            PropertyBlock defaultsBlock,
            @Nullable ComparatorProperties defaults,
            ObjectProvider<JsonComparator> json,
            RuleMaker rules) {
        this.defaultsBlock = defaultsBlock;
        this.defaults = defaults;
        this.json = json;
        this.rules = rules;
    }

    /** What the defaults chose, until it is known what else is said; tells it from what the code chose. */
    private record OfDefaults(ResultComparator<Object> chosen) implements ResultComparator<Object> {
        @Override
        public List<Difference> compare(Object primary, Object candidate) throws Exception {
            return chosen.compare(primary, candidate);
        }
    }

    /** Demands that experiments can be declared with these properties. */
    void check(PropertyBlock block, ComparatorProperties properties) {
        if (properties.isJson()) {
            JsonComparator documents = JsonRules.add(block, rules.check(block, properties.rules()), documents(block));
            JsonRules.add(block, properties, documents);
        }
    }

    /** Sets what the defaults say. */
    void applyDefaults(ExperimentOptions.Builder<?> options) {
        if (defaults != null) {
            options.comparator(new OfDefaults(chosen(defaultsBlock, defaults, List.of())));
        }
    }

    /**
     * Sets what the properties of an experiment say. They win over what the defaults say, key by key, and add to the rules
     * of what the code chose, unless their type replaces it.
     *
     * @throws InvalidPropertyException if there are rules for a comparator that takes none
     */
    void applyOwn(PropertyBlock block, @Nullable ComparatorProperties own, ExperimentOptions.Builder<?> options) {
        ResultComparator<?> current = options.comparator();
        if (own == null) {
            if (current instanceof OfDefaults defaulted) {
                options.comparator(defaulted.chosen);
            }
        } else if (own.type() != null || current instanceof OfDefaults || current == ResultComparator.equality()) {
            options.comparator(chosen(block, own.over(defaults), rules.rules(block, own.rules())));
        } else if (current instanceof JsonComparator documents) {
            options.comparator(added(block, own, rules.rules(block, own.rules()), documents));
        } else {
            throw block.invalid(
                    "comparator." + own.firstRule().getKey(),
                    own.firstRule().getValue(),
                    "needs a comparator that takes rules; that of the experiment's code takes none: "
                            + current.getClass().getName(),
                    "say it in code and remove the property, or set comparator.type to json, which replaces the code's"
                            + " comparator");
        }
    }

    /** What the properties choose on their own, with the rules of the defaults before others. */
    private ResultComparator<Object> chosen(PropertyBlock block, ComparatorProperties properties, List<Rule> own) {
        if (!properties.isJson()) {
            return ResultComparator.equality();
        }
        List<Rule> shared = defaults == null ? List.of() : rules.rules(defaultsBlock, defaults.rules());
        return added(block, properties, own, JsonRules.add(defaultsBlock, shared, documents(block)));
    }

    private static JsonComparator added(
            PropertyBlock block, ComparatorProperties properties, List<Rule> own, JsonComparator base) {
        return JsonRules.add(block, properties, JsonRules.add(block, own, base));
    }

    private JsonComparator documents(PropertyBlock block) {
        JsonComparator comparator = json.getIfAvailable();
        if (comparator == null) {
            throw block.invalid(
                    "comparator.type", "json", "needs Jackson on the class path", "add jackson-databind, or remove it");
        }
        return comparator;
    }
}
