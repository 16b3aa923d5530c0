package dev.scientist.spring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What the property sources say about experiments, whether there are such experiments or not. Wrong values stop the
 * application; names that nothing answers to are reported once, when everything has started.
 */
final class ConfiguredExperiments implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredExperiments.class);

    private final ApplicationContext context;
    private final ConfigurableEnvironment environment;
    private final PropertyLayers layers;
    private final DeclaredExperiments declared;
    private final ObjectProvider<AbsentCandidates> absent;

    ConfiguredExperiments(
            ApplicationContext context,
            ConfigurableEnvironment environment,
            PropertyLayers layers,
            DeclaredExperiments declared,
            ObjectProvider<AbsentCandidates> absent) {
        this.context = context;
        this.environment = environment;
        this.layers = layers;
        this.declared = declared;
        this.absent = absent;
    }

    /** Demands that every property of every experiment has a value that the experiment could be declared with. */
    void check() {
        PropertyMention.in(environment).filter(PropertyMention::hasKey).forEach(this::checkKey);
        Set<ConfigurationPropertyName> blocks = PropertyMention.in(environment)
                .filter(mention -> mention.isOfExperiment() && mention.hasKey())
                .map(PropertyMention::block)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        requireValues(PropertyBlock.SCIENTIST, PropertyKeys.neverEmpty(ScientistProperties.class, ""));
        for (ConfigurationPropertyName name : blocks) {
            requireValues(name, PropertyKeys.NEVER_EMPTY);
            PropertyBlock block = PropertyBlock.at(name, environment);
            layers.check(block, block.bind());
        }
    }

    /** An empty number would be no number, and the default in force that somebody meant to change. */
    private void requireValues(ConfigurationPropertyName name, List<String> keys) {
        PropertyBlock block = PropertyBlock.at(name, environment);
        for (String key : keys) {
            String said = block.text(key);
            if (said != null && said.isBlank()) {
                throw noValue(block, key);
            }
        }
    }

    private static InvalidPropertyException noValue(PropertyBlock block, String key) {
        String remedy = key.endsWith("sample-rate") ? "write 0 to sample nothing" : "write a value";
        return block.invalid(key, "", "must have a value", remedy + ", or remove the property");
    }

    /** A rule of which a word is not understood, such as when it expires, is not the rule that somebody meant. */
    private void checkKey(PropertyMention mention) {
        if (mention.isInRuleAndNeverEmpty()) {
            PropertyBlock block = PropertyBlock.at(mention.block(), environment);
            String said = block.text(mention.key());
            if (said != null && said.isBlank()) {
                throw noValue(block, mention.key());
            }
        }
        mention.unknownInRule().ifPresent(said -> {
            PropertyBlock block = PropertyBlock.at(mention.block(), environment);
            throw block.invalid(
                    mention.key(),
                    block.valueOf(mention.key()),
                    "is nothing that a rule can say",
                    Nearest.to(said, PropertyKeys.OF_RULE)
                            .map(nearest -> "write \"" + nearest + "\", if that was meant")
                            .orElse("write one of " + String.join(", ", PropertyKeys.OF_RULE)));
        });
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext() == context) { // and not a child, such as a separate management server
            report();
        }
    }

    private void report() {
        List<String> experiments = new ArrayList<>();
        declared.all().forEach(experiment -> experiments.add(experiment.name()));
        absent.ifAvailable(without -> experiments.addAll(without.names()));
        Set<String> unknown = new LinkedHashSet<>();
        PropertyMention.in(environment).forEach(mention -> {
            if (mention.isOfExperiment()) {
                reportOfExperiment(mention, experiments).ifPresent(unknown::add);
            } else if (mention.isOfDefaults() && !mention.hasKey()) {
                unknown.add(unknownKey(PropertyBlock.DEFAULTS + ".", mention.after(2)));
            } else if (!mention.isOfDefaults()) {
                GeneralKeys.unknown(mention).ifPresent(unknown::add);
            }
        });
        unknown.forEach(log::warn);
    }

    private static Optional<String> reportOfExperiment(PropertyMention mention, List<String> experiments) {
        if (mention.hasKey()) {
            boolean known = experiments.stream().anyMatch(mention::isOf);
            return known ? Optional.empty() : Optional.of(unknownExperiment(mention.experiment(), experiments));
        }
        // Of pricing and pricing.quote, the longer one is meant.
        return Optional.of(experiments.stream()
                .filter(mention::isBelow)
                .max(Comparator.comparingInt(String::length))
                .map(owner -> unknownKey(PropertyBlock.EXPERIMENTS + "." + owner + ".", mention.keyBelow(owner)))
                .orElseGet(() -> unknownExperiment(mention.experiment(), experiments)));
    }

    private static String unknownExperiment(String name, List<String> experiments) {
        return "scientist.experiments has properties for \"" + name + "\", but no experiment of that name was declared"
                + " until the application had started" + meant(name, experiments);
    }

    private static String unknownKey(String block, String key) {
        return block + key + " is not a property of experiments" + meant(key, PropertyKeys.ALL);
    }

    private static String meant(String name, List<String> known) {
        return Nearest.to(name, known)
                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                .orElse("");
    }
}
