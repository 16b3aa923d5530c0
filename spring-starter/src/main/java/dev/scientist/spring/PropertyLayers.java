package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import dev.scientist.comparators.JsonComparator;
import java.lang.reflect.Method;
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
    private final ArgumentCopies arguments;

    PropertyLayers(
            ConfigurableEnvironment environment,
            ExperimentProperties defaults,
            ObjectProvider<JsonComparator> json,
            Guards guards,
            RuleMaker rules) {
        this.environment = environment;
        this.defaults = defaults;
        this.guards = guards;
        this.arguments = new ArgumentCopies(json);
        this.comparators = new ExperimentComparators(defaultsBlock(), defaults.comparator(), json, rules);
    }

    /** Sets the defaults, which the code of an experiment may change. */
    void applyDefaults(ExperimentOptions.Builder<?> options) {
        applyValues(defaults, options);
        comparators.applyDefaults(options);
        if (defaults.snapshot() != null) {
            options.snapshot(comparators.defaultSnapshot(defaults.snapshot()));
        }
    }

    /** Sets the properties of one experiment, after its code. */
    void applyOwn(String experiment, ExperimentOptions.Builder<?> options) {
        PropertyBlock block = PropertyBlock.of(experiment, environment);
        ExperimentProperties own = block.bind();
        check(block, own);
        applyValues(own, options);
        SnapshotKind snapshot = own.snapshot() == null ? defaultSnapshot(options) : own.snapshot();
        if (snapshot == null) {
            comparators.applyOwn(block, own.comparator(), options);
        } else {
            options.snapshot(comparators.snapshot(block, snapshot, own.comparator(), options));
        }
        if (own.arguments() != null || defaults.arguments() != null) {
            arguments.apply(experiment, block, options);
        }
        // Guards add up, so those of the defaults are only added here, where it is known which of them are replaced.
        guards.of(block, own, defaults).forEach(options::guard);
    }

    /** The snapshot of the defaults; null if there is none, or if the experiment's code chose another one. */
    private @Nullable SnapshotKind defaultSnapshot(ExperimentOptions.Builder<?> options) {
        return options.snapshotFormat() instanceof RuledSnapshot snapshot && snapshot.isOfDefaults()
                ? defaults.snapshot()
                : null;
    }

    /** Remembers the declared types of an experiment's arguments, before it is declared. */
    void declare(String experiment, Method method, Class<?> type) {
        arguments.declare(experiment, method, type);
    }

    /** Forgets an experiment that has ended. */
    void forget(String experiment) {
        arguments.forget(experiment);
    }

    /** Requires that experiments can be declared with the defaults. */
    void checkDefaults() {
        check(defaultsBlock(), defaults);
    }

    /** Requires that an experiment can be declared with the properties of a block. */
    void check(PropertyBlock block, ExperimentProperties properties) {
        PropertyRules.check(block, properties);
        guards.check(block, properties);
        if (properties.snapshot() == SnapshotKind.JSON) {
            arguments.requireJackson(block, "snapshot");
        }
        if (properties.arguments() != null) {
            arguments.requireJackson(block, "arguments");
        }
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
        set(properties.sampling(), options::sampling);
        set(properties.replicateRate(), options::replicateRate);
        set(properties.sampleByKey(), options::sampleByKey);
        set(properties.maxPerSecond(), options::maxPerSecond);
        set(properties.maxElements(), options::maxElements);
        set(properties.maxConcurrent(), options::maxConcurrent);
        set(properties.candidateTimeout(), options::candidateTimeout);
        set(properties.comparisonTimeout(), options::comparisonTimeout);
        set(properties.start(), options::start);
        set(properties.effects(), options::effects);
        set(properties.interruptLate(), options::interruptLate);
        set(properties.ownedFutures(), options::ownedFutures);
    }

    private static <V> void set(@Nullable V value, Consumer<V> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
