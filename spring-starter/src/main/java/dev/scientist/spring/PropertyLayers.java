package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.comparators.JsonComparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Applies {@code scientist.defaults.*} and {@code scientist.experiments.<name>.*} to the options of experiments: the
 * defaults before the experiment's own code, the experiment's properties after it, so that operators win.
 *
 * <p>Threads: those that declare experiments. Invariant: the environment is read when an experiment is declared, and
 * never written. Consequence: experiments may be declared at any time, in any order.
 */
final class PropertyLayers {

    private final ConfigurableEnvironment environment;
    private final ExperimentProperties defaults;
    private final Guards guards;
    private final ExperimentComparators comparators;

    PropertyLayers(
            ConfigurableEnvironment environment,
            ExperimentProperties defaults,
            ObjectProvider<JsonComparator> json,
            Guards guards,
            RuleMaker rules) {
        this.environment = environment;
        this.defaults = defaults;
        this.guards = guards;
        this.comparators = new ExperimentComparators(defaultsBlock(), defaults.comparator(), json, rules);
    }

    /** Sets what holds for an experiment unless its code says otherwise. */
    void applyDefaults(ExperimentOptions.Builder<?> options) {
        applyValues(defaults, options);
        comparators.applyDefaults(options);
    }

    /** Sets what the operator says about one experiment. */
    void applyOwn(String experiment, ExperimentOptions.Builder<?> options) {
        PropertyBlock block = PropertyBlock.of(experiment, environment);
        ExperimentProperties own = block.bind();
        check(block, own);
        applyValues(own, options);
        comparators.applyOwn(block, own.comparator(), options);
        // Guards add up, so that the defaults' are only added here, where it is known which of them are replaced.
        guards.of(block, own, defaults).forEach(options::guard);
    }

    /** Demands that the defaults are such that experiments can be declared with them. */
    void checkDefaults() {
        check(defaultsBlock(), defaults);
    }

    /** Demands that the properties of a block are such that an experiment can be declared with them. */
    void check(PropertyBlock block, ExperimentProperties properties) {
        PropertyRules.check(block, properties);
        guards.check(block, properties);
        if (properties.comparator() != null) {
            comparators.check(block, properties.comparator());
        }
    }

    private PropertyBlock defaultsBlock() {
        return PropertyBlock.at(PropertyBlock.DEFAULTS, environment);
    }

    private static void applyValues(ExperimentProperties properties, ExperimentOptions.Builder<?> options) {
        set(properties.enabled(), options::enabled);
        set(properties.sampleRate(), options::sampleRate);
        set(properties.replicateRate(), options::replicateRate);
        set(properties.sampleByKey(), options::sampleByKey);
        set(properties.maxPerSecond(), options::maxPerSecond);
        set(properties.maxConcurrent(), options::maxConcurrent);
        set(properties.candidateTimeout(), options::candidateTimeout);
        set(properties.comparisonTimeout(), options::comparisonTimeout);
        set(properties.start(), options::start);
        set(properties.effects(), options::effects);
        set(properties.ownedFutures(), options::ownedFutures);
    }

    private static <V> void set(@Nullable V value, Consumer<V> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
