package dev.scientist.spring;

import static java.util.Objects.requireNonNull;

import dev.scientist.ExperimentOptions;
import dev.scientist.ResultComparator;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.ObjectComparator;
import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuledComparator;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the comparators that properties ask for: those of the defaults, and those of one experiment on top of what its
 * code chose. Each experiment gets a comparator of its own, because a comparator counts what its rules hide.
 */
final class ExperimentComparators {

    private final PropertyBlock defaultsBlock;
    private final @Nullable ComparatorProperties defaults;
    private final ObjectProvider<JsonComparator> json;
    private final RuleMaker rules;
    private final Set<ResultComparator<?>> ofDefaults =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())); // by identity

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

    /** Whether the defaults chose a comparator, or nobody did, so that properties of an experiment may replace it. */
    private boolean isOfDefaults(ResultComparator<?> comparator) {
        return comparator == ResultComparator.equality() || ofDefaults.contains(comparator);
    }

    /** Requires that experiments can be declared with these properties. */
    void check(PropertyBlock block, ComparatorProperties said) {
        ComparatorProperties properties = said.over(defaults);
        if (properties.takesRules()) {
            RuledComparator<Object> ruled =
                    RuleAdder.add(block, rules.check(block, properties.rules()), base(block, properties));
            RuleAdder.add(block, properties, ruled);
        }
    }

    /** Sets the comparator of the defaults. */
    void applyDefaults(ExperimentOptions.Builder<?> options) {
        if (defaults != null) {
            ResultComparator<Object> comparator = chosen(defaultsBlock, defaults, List.of());
            ofDefaults.add(comparator);
            options.comparator(comparator);
        }
    }

    /**
     * Sets the comparator of an experiment's own properties. They win over the defaults, key by key, and add to the
     * rules of the code's comparator, unless their type replaces it.
     *
     * @throws InvalidPropertyException if there are rules for a comparator that takes none
     */
    void applyOwn(PropertyBlock block, @Nullable ComparatorProperties own, ExperimentOptions.Builder<?> options) {
        ResultComparator<?> current = options.comparator();
        RuledComparator<Object> ruled = ruled(current);
        if (own == null) {
            return;
        }
        if (own.type() != null || isOfDefaults(current)) {
            options.comparator(chosen(block, own.over(defaults), rules.rules(block, own.rules())));
        } else if (ruled != null) {
            options.comparator(added(block, own, rules.rules(block, own.rules()), ruled));
        } else {
            throw block.invalid(
                    "comparator." + own.firstRule().getKey(),
                    own.firstRule().getValue(),
                    "needs a comparator that takes rules; that of the experiment's code takes none: "
                            + current.getClass().getName(),
                    "say it in code and remove the property, or set comparator.type to json or objects, which replaces the"
                            + " code's comparator");
        }
    }

    /**
     * The snapshot that the properties give an experiment. It writes what the experiment's comparator compares.
     *
     * @throws InvalidPropertyException if its comparator is of another kind, or takes no rules
     */
    RuledSnapshot snapshot(
            PropertyBlock block,
            SnapshotKind kind,
            @Nullable ComparatorProperties said,
            ExperimentOptions.Builder<?> options) {
        ComparatorProperties own = said == null ? ComparatorProperties.NONE : said;
        ResultComparator<?> current = options.comparator();
        boolean isOfProperties = own.type() != null || isOfDefaults(current);
        RuledComparator<Object> ruled = ruled(current);
        if (isOfProperties) {
            // Equality set for all experiments is what they have by default, so a snapshot may replace it.
            boolean isTypedForAll = defaults != null
                    && defaults.type() != null
                    && defaults.type() != ComparatorProperties.Type.EQUALITY;
            ComparatorProperties typed = own.type() != null || isTypedForAll ? own : own.typed(kind.comparator());
            ruled = ruled(chosen(block, typed.over(defaults), rules.rules(block, own.rules())));
        } else if (ruled != null) {
            ruled = RuleAdder.add(block, own, RuleAdder.add(block, rules.rules(block, own.rules()), ruled));
        }
        RuledSnapshot snapshot = RuledSnapshot.of(ruled, kind, false);
        if (snapshot == null) {
            throw block.invalid(
                    "snapshot",
                    Spelling.of(kind),
                    "compares by a comparator of its kind, but that of the experiment is "
                            + (ruled != null
                                    ? ruled
                                    : isOfProperties
                                            ? "equality"
                                            : current.getClass().getName()),
                    "set comparator.type to " + Spelling.of(kind) + " too, or the snapshot to another kind");
        }
        return snapshot;
    }

    /** The snapshot of the defaults, which an experiment's own properties may replace. */
    RuledSnapshot defaultSnapshot(SnapshotKind kind) {
        return requireNonNull(
                RuledSnapshot.of(base(defaultsBlock, ComparatorProperties.NONE.typed(kind.comparator())), kind, true));
    }

    /** The comparator as one that takes rules; null if it takes none. */
    @SuppressWarnings("unchecked") // it is given back to the options that it came from, which know what it compares
    private static @Nullable RuledComparator<Object> ruled(ResultComparator<?> comparator) {
        return comparator instanceof RuledComparator<?> ruled ? (RuledComparator<Object>) ruled : null;
    }

    /** The comparator that properties choose on their own, with the rules of the defaults first. */
    private ResultComparator<Object> chosen(PropertyBlock block, ComparatorProperties properties, List<Rule> own) {
        if (!properties.takesRules()) {
            return ResultComparator.equality();
        }
        List<Rule> shared = defaults == null ? List.of() : rules.rules(defaultsBlock, defaults.rules());
        return added(block, properties, own, RuleAdder.add(defaultsBlock, shared, base(block, properties)));
    }

    private static ResultComparator<Object> added(
            PropertyBlock block, ComparatorProperties properties, List<Rule> own, RuledComparator<Object> base) {
        return RuleAdder.add(block, properties, RuleAdder.add(block, own, base));
    }

    private RuledComparator<Object> base(PropertyBlock block, ComparatorProperties properties) {
        if (properties.type() == ComparatorProperties.Type.OBJECTS) {
            return ObjectComparator.objects();
        }
        JsonComparator documents = json.getIfAvailable();
        if (documents == null) {
            throw block.invalid(
                    "comparator.type",
                    "json",
                    "needs Jackson on the class path",
                    "add jackson-databind, set it to objects, or remove it");
        }
        return documents.rules(new Rule[0]); // a new one, which counts for itself
    }
}
