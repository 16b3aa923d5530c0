package dev.scientist.spring;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference.Severity;
import dev.scientist.Side;
import dev.scientist.comparators.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes a rule from one entry of {@code comparator.rules}. A mistake in the entry stops the application: the message
 * quotes the rule, or the entry if it makes none, and says where it is set and what to do.
 */
final class RuleEntry {

    private static final String CHANGE = "change the value of the property";

    private final PropertyBlock block;
    private final String key;
    private final RuleProperties entry;
    private final ConfigurableListableBeanFactory beans;
    private final boolean isForUse;

    /**
     * Creates the maker of one entry's rule.
     *
     * @param key the key of the entry, such as {@code comparator.rules[0]}
     * @param isForUse whether the rule will be applied; the application's beans are created only then
     */
    RuleEntry(
            PropertyBlock block,
            String key,
            RuleProperties entry,
            ConfigurableListableBeanFactory beans,
            boolean isForUse) {
        this.block = block;
        this.key = key;
        this.entry = entry;
        this.beans = beans;
        this.isForUse = isForUse;
    }

    /**
     * The rule.
     *
     * @throws InvalidPropertyException if the entry makes none
     */
    Rule rule() {
        if ((entry.at() == null) == (entry.side() == null)) {
            throw invalid("must say where it holds, at a path or on a side", "add at or side, one of the two");
        }
        Rule rule = entry.at() != null ? atPlaces(entry.at()) : ofDocument();
        rule = remark(rule, "named", entry.named(), rule::named);
        rule = remark(rule, "owner", entry.owner(), rule::owner);
        rule = remark(rule, "reason", entry.reason(), rule::reason);
        rule = remark(rule, "expires", entry.expires(), rule::expires);
        return remark(rule, "severity", entry.severity(), rule::severity);
    }

    private Rule atPlaces(String path) {
        requireNot("side: primary or side: candidate, instead of at", "rename", "transform");
        List<String> effects = effects();
        if (effects.size() > 1) {
            throw invalid(
                    "must say one thing about its places but says " + String.join(" and ", effects),
                    "make an entry of each");
        }
        if (entry.zone() != null && !effects.contains("within-time")) {
            throw invalid("must have within-time where it has a zone", "add within-time, or remove zone");
        }
        Rule.Places places = valid("at", path, () -> Rule.at(path));
        if (effects.isEmpty()) {
            Severity weight = entry.severity();
            if (weight == null) {
                throw invalid(
                        "must say one thing about its places but says nothing",
                        "add one of " + String.join(", ", RuleEffects.ALL.keySet()) + ", accepting, severity");
            }
            return places.weighing(weight);
        }
        String effect = effects.get(0);
        return valid(
                effect,
                requireNonNull(entry.said().get(effect)),
                () -> RuleEffects.ALL.getOrDefault(effect, this::accepting).apply(places, entry));
    }

    private Rule accepting(Rule.Places places, RuleProperties said) {
        return places.accepting(predicate(requireNonNull(said.accepting())));
    }

    private Rule ofDocument() {
        List<String> misplaced = effects();
        if (!misplaced.isEmpty()) {
            throw invalid(
                    "must say at which places, because it says " + String.join(" and ", misplaced),
                    "say at and a path, instead of side");
        }
        Rule.Document document = entry.side() == Side.PRIMARY ? Rule.onPrimary() : Rule.onCandidate();
        RuleProperties.Renaming rename = entry.rename();
        String transform = entry.transform();
        if ((rename == null) == (transform == null)) {
            throw invalid("must say what becomes of the document", "add rename or transform, one of the two");
        }
        if (transform != null) {
            return valid("transform", transform, () -> document.transform(transform, operator(transform)));
        }
        String from = requireNonNull(rename).from();
        String to = rename.to();
        if (from == null || to == null) {
            throw block.invalid(key + ".rename", rename, "must have from and to", "add the path that is missing");
        }
        return valid("rename", rename, () -> document.rename(from, to));
    }

    /** The keys of the entry that set something about places. */
    private List<String> effects() {
        List<String> effects = new ArrayList<>(entry.said().keySet());
        effects.removeIf(said -> !RuleEffects.ALL.containsKey(said) && !said.equals("accepting"));
        return effects;
    }

    private void requireNot(String instead, String... keys) {
        Map<String, Object> said = entry.said();
        for (String each : keys) {
            if (said.containsKey(each)) {
                throw invalid("must be about the document of one side where it says " + each, "say " + instead);
            }
        }
    }

    private <V> Rule remark(Rule rule, String name, @Nullable V value, Function<V, Rule> step) {
        return value == null ? rule : valid(name, value, () -> step.apply(value));
    }

    @SuppressWarnings("unchecked") // the bean's own type is not known; it gets plain objects
    private BiPredicate<@Nullable Object, @Nullable Object> predicate(String name) {
        requireBean("accepting", name, BiPredicate.class);
        return isForUse ? beans.getBean(name, BiPredicate.class) : (primary, candidate) -> false;
    }

    @SuppressWarnings("unchecked") // the bean's own type is not known; it gets plain objects
    private UnaryOperator<@Nullable Object> operator(String name) {
        requireBean("transform", name, UnaryOperator.class);
        return isForUse ? beans.getBean(name, UnaryOperator.class) : UnaryOperator.identity();
    }

    private void requireBean(String property, String name, Class<?> type) {
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, type)) {
            throw block.invalid(
                    key + "." + property,
                    name,
                    "must be the name of a bean of type " + type.getName(),
                    Spelling.nearest(name, List.of(beans.getBeanNamesForType(type, true, false)))
                            .map(nearest -> "write \"" + nearest + "\", if that was meant")
                            .orElse("declare one of that name"));
        }
    }

    private <V> V valid(String property, Object value, Supplier<V> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException wrong) {
            throw block.invalid(key + "." + property, value, "makes no rule: " + wrong.getMessage(), CHANGE);
        }
    }

    private InvalidPropertyException invalid(String rule, String remedy) {
        return block.invalid(key, entry, rule, remedy);
    }
}
