package dev.scientist.spring;

import dev.scientist.comparators.Rule;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes the rules from the entries of {@code comparator.rules}. */
final class RuleMaker {

    /** The key of the list of rules, below a block. */
    static final String KEY = "comparator.rules";

    private final ConfigurableListableBeanFactory beans;

    RuleMaker(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Requires that every rule can be made, without creating any of the application's beans. */
    List<Rule> check(PropertyBlock block, @Nullable List<RuleProperties> entries) {
        return each(entries, (key, entry) -> new RuleEntry(block, key, entry, beans, false).rule());
    }

    /** The rules, in the order of the entries. */
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
