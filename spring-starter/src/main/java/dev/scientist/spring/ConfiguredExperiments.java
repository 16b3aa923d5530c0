package dev.scientist.spring;

import dev.scientist.ExperimentRegistry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks the properties of experiments, whether those experiments exist or not. Wrong values stop the
 * application, and so do misspelt keys of declared experiments. Names that no experiment has are logged once, at
 * WARN, when the context has been refreshed.
 *
 * <p>Threads: the one that starts the context, and the one that stops it.
 */
final class ConfiguredExperiments implements ApplicationListener<ContextRefreshedEvent>, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredExperiments.class);

    private final ApplicationContext context;
    private final ConfigurableEnvironment environment;
    private final PropertyLayers layers;
    private final ExperimentRegistry declared;
    private final ObjectProvider<AbsentCandidates> absent;
    private volatile boolean isRunning;
    private volatile boolean isChecked;

    ConfiguredExperiments(
            ApplicationContext context,
            ConfigurableEnvironment environment,
            PropertyLayers layers,
            ExperimentRegistry declared,
            ObjectProvider<AbsentCandidates> absent) {
        this.context = context;
        this.environment = environment;
        this.layers = layers;
        this.declared = declared;
        this.absent = absent;
    }

    /** Requires that every property of every experiment has a value with which the experiment could be declared. */
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

    /**
     * Refuses empty values: an empty number would be bound as null, so that the default stays in force
     * although somebody meant to change it.
     */
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

    /**
     * Refuses a rule that has an empty value or an unknown key, such as a misspelt expires: it would not
     * be the rule that somebody meant.
     */
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
                    Spelling.nearest(said, PropertyKeys.OF_RULE)
                            .map(nearest -> "write \"" + nearest + "\", if that was meant")
                            .orElse("write one of " + String.join(", ", PropertyKeys.OF_RULE)));
        });
    }

    /** Checks the keys when all singletons exist and before a server takes requests. */
    @Override
    public void start() {
        if (!isChecked) { // not again after a pause of the context: what runs has been accepted
            new UnknownKeys(environment, names()).requireNone();
            isChecked = true;
        }
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE; // before everything else
    }

    /** The names of all experiments that are declared, or would be if their candidate were present. */
    private ExperimentNames names() {
        List<String> names = new ArrayList<>();
        declared.all().forEach(experiment -> names.add(experiment.name()));
        absent.ifAvailable(without -> names.addAll(without.names()));
        return new ExperimentNames(names);
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        // not a child context, such as that of a separate management server
        if (event.getApplicationContext() == context) {
            report();
        }
    }

    private void report() {
        ExperimentNames experiments = names();
        UnknownKeys keys = new UnknownKeys(environment, experiments);
        Set<String> unknown = new LinkedHashSet<>();
        PropertyMention.in(environment).forEach(mention -> {
            if (mention.isOfExperiment()) {
                reportOfExperiment(mention, experiments, keys).ifPresent(unknown::add);
            } else if (mention.isOfDefaults() && !mention.hasKey()) {
                unknown.add(unknownKey(PropertyBlock.DEFAULTS + ".", mention.after(2)));
            } else if (!mention.isOfDefaults()) {
                GeneralKeys.unknown(mention).ifPresent(unknown::add);
            }
        });
        unknown.forEach(log::warn);
    }

    private static Optional<String> reportOfExperiment(
            PropertyMention mention, ExperimentNames experiments, UnknownKeys keys) {
        if (experiments.has(mention)) {
            return Optional.empty();
        }
        return Optional.of(keys.owner(mention)
                .map(owner -> unknownKey(PropertyBlock.EXPERIMENTS + "." + owner + ".", mention.keyBelow(owner)))
                .orElseGet(() -> unknownExperiment(mention.experiment(), experiments)));
    }

    private static String unknownExperiment(String name, ExperimentNames experiments) {
        return "scientist.experiments has properties for \"" + name + "\", but no experiment of that name was declared"
                + " until the application had started"
                + meant(experiments.nearest(name).orElse(null));
    }

    private static String unknownKey(String block, String key) {
        return block + key + " is not a property of experiments"
                + meant(UnknownKeys.nearest(key).orElse(null));
    }

    private static String meant(@Nullable String nearest) {
        return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
    }
}
