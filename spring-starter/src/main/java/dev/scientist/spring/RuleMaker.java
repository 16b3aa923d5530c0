package dev.scientist.spring;

import dev.scientist.comparators.Rule;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes the rules that stand under {@code comparator.rules}. */
final class RuleMaker {

    /** Where the list of rules stands below a block. */
    static final String KEY = "comparator.rules";

    private final ConfigurableListableBeanFactory beans;

    RuleMaker(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Demands that every rule can be made, and creates none of the application's beans for it. */
    List<Rule> check(PropertyBlock block, @Nullable List<RuleProperties> entries) {
        return each(entries, (key, entry) -> new RuleEntry(block, key, entry, beans, false).rule());
    }

    /** The rules, in order. */
    List<Rule> rules(PropertyBlock block, @Nullable List<RuleProperties> entries) {
        return each(entries, (key, entry) -> new RuleEntry(block, key, entry, beans, true).rule());
    }

    private static List<Rule> each(
            @Nullable List<RuleProperties> entries, BiFunction<String, RuleProperties, Rule> maker) {
        return entries == null
                ? List.of()
                : IntStream.range(0, entries.size())
                        .mapToObj(i -> maker.apply(KEY + "[" + i + "]", entries.get(i)))
                        .toList();
    }
}
