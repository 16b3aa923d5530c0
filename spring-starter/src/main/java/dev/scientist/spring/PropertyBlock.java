package dev.scientist.spring;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The properties of one experiment, or of the defaults, with the place where they are set.
 *
 * <p>The name of an experiment contains dots and capitals, so a map of experiments cannot be bound: {@code
 * experiments.pricing.quote.sample-rate} would belong to the experiment {@code pricing}. A block knows the name
 * instead, and finds its properties in plain form, relaxed as every property of Spring Boot ({@code
 * pricing.quote}, {@code PRICING_QUOTE}), or in brackets ({@code [pricing.quote]}); the property source that comes
 * first decides, whichever form it uses.
 */
final class PropertyBlock {

    static final ConfigurationPropertyName SCIENTIST = ConfigurationPropertyName.of("scientist");
    static final ConfigurationPropertyName DEFAULTS = SCIENTIST.append("defaults");
    static final ConfigurationPropertyName EXPERIMENTS = SCIENTIST.append("experiments");

    private final String label;
    private final ConfigurationPropertyName name;
    private final List<ConfigurationPropertySource> sources;
    private final PlaceholdersResolver placeholders;

    private PropertyBlock(
            String label,
            ConfigurationPropertyName name,
            Stream<ConfigurationPropertySource> sources,
            ConfigurableEnvironment environment) {
        this.label = label;
        this.name = name;
        this.sources = sources.toList();
        this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
    }

    /** The properties under a name. */
    static PropertyBlock at(ConfigurationPropertyName name, ConfigurableEnvironment environment) {
        return new PropertyBlock(PropertyMention.written(name), name, sourcesOf(environment), environment);
    }

    /** The properties of an experiment. */
    static PropertyBlock of(String experiment, ConfigurableEnvironment environment) {
        String label = EXPERIMENTS + "." + experiment;
        ConfigurationPropertyName bracketed = bracketed(experiment);
        ConfigurationPropertyName plain = plain(experiment);
        if (plain == null) {
            return new PropertyBlock(label, bracketed, sourcesOf(environment), environment);
        }
        return new PropertyBlock(
                label,
                plain,
                sourcesOf(environment).map(source -> EitherForm.of(source, plain, bracketed)),
                environment);
    }

    /** The name of an experiment's block in brackets. */
    static ConfigurationPropertyName bracketed(String experiment) {
        return EXPERIMENTS.append("[" + experiment + "]");
    }

    /** The name of an experiment's block without brackets; {@code null} if the experiment's name needs brackets. */
    static @Nullable ConfigurationPropertyName plain(String experiment) {
        ConfigurationPropertyName name = EXPERIMENTS;
        for (String segment : experiment.split("\\.", -1)) {
            String element = segment.toLowerCase(Locale.ENGLISH).replaceAll("[^a-z0-9]", "");
            if (element.isEmpty()) {
                return null;
            }
            name = name.append(element);
        }
        return name;
    }

    /** The property sources of an environment that can be searched by name, the first of which wins. */
    static Stream<ConfigurationPropertySource> sourcesOf(ConfigurableEnvironment environment) {
        return StreamSupport.stream(
                ConfigurationPropertySources.get(environment).spliterator(), false);
    }

    /**
     * The bound properties.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException if one cannot be converted
     */
    ExperimentProperties bind() {
        return new Binder(sources, placeholders)
                .bind(name, Bindable.of(ExperimentProperties.class))
                .orElse(ExperimentProperties.NONE);
    }

    /**
     * An error in one of the properties, for the caller to throw.
     *
     * @param key the key below this block
     * @param value the value that was set, or what it was converted into
     * @param rule what it must be, such as {@code must be between 0 and 1}
     * @param remedy what to do
     */
    InvalidPropertyException invalid(String key, Object value, String rule, String remedy) {
        return new InvalidPropertyException(label + "." + key, written(key, value), rule, remedy, originOf(key));
    }

    /**
     * The text that was set, if the value is not text itself: 2, and not 2.0. A value that is text is kept,
     * because it may be one of a list.
     */
    private Object written(String key, Object value) {
        Object found = value instanceof CharSequence ? null : find(key);
        return found == null ? value : found;
    }

    /** The value of a key in the first source that has it, as text; {@code null} if no source has it. */
    @Nullable
    String text(String key) {
        Object found = find(key);
        return found == null ? null : found.toString();
    }

    private @Nullable Object find(String key) {
        ConfigurationPropertyName full = name.append(ConfigurationPropertyName.adapt(key, '.'));
        return sources.stream()
                .map(source -> source.getConfigurationProperty(full))
                .flatMap(Stream::ofNullable)
                .map(property -> placeholders.resolvePlaceholders(property.getValue()))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    /** The value of a key as it was written, or of the first key below it; empty if there is none. */
    Object valueOf(String key) {
        return found(key).map(ConfigurationProperty::getValue).findFirst().orElse("");
    }

    private @Nullable Origin originOf(String key) {
        return found(key)
                .map(ConfigurationProperty::getOrigin)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    /** The properties at a key and below it, where it is a list or has parts. */
    private Stream<ConfigurationProperty> found(String key) {
        ConfigurationPropertyName full = name.append(ConfigurationPropertyName.adapt(key, '.'));
        Stream<ConfigurationPropertyName> below = sources.stream()
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(full::isAncestorOf);
        return Stream.concat(Stream.of(full), below)
                .flatMap(each -> sources.stream().map(source -> source.getConfigurationProperty(each)))
                .flatMap(Stream::ofNullable);
    }

    @Override
    public String toString() {
        return sources.stream().map(Object::toString).collect(Collectors.joining(", ", label + " in ", ""));
    }
}
