package dev.scientist.spring;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The name of a property {@code scientist.*} that some source has.
 *
 * @param name the name
 * @param isVariable whether it is a variable of the system environment, in which dots and dashes look alike
 */
record PropertyMention(ConfigurationPropertyName name, boolean isVariable) {

    /** All properties {@code scientist.*} of an environment, in the order of its sources. */
    static Stream<PropertyMention> in(ConfigurableEnvironment environment) {
        return PropertyBlock.sourcesOf(environment)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> in((IterableConfigurationPropertySource) source));
    }

    private static Stream<PropertyMention> in(IterableConfigurationPropertySource source) {
        boolean isVariable = isSystemEnvironment(source);
        return source.stream()
                .filter(PropertyBlock.SCIENTIST::isAncestorOf)
                .map(name -> new PropertyMention(name, isVariable));
    }

    private static boolean isSystemEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    /** Whether this is a property of an experiment. */
    boolean isOfExperiment() {
        return PropertyBlock.EXPERIMENTS.isAncestorOf(name);
    }

    /** Whether this is a property of the defaults of all experiments. */
    boolean isOfDefaults() {
        return PropertyBlock.DEFAULTS.isAncestorOf(name);
    }

    /** Whether the name ends with a key that experiments have. */
    boolean hasKey() {
        return keyLength() > 0;
    }

    /** Whether it is an element of a list. */
    boolean isOfList() {
        return name.isLastElementIndexed();
    }

    /** The name without the key at its end. */
    ConfigurationPropertyName block() {
        return name.chop(name.getNumberOfElements() - keyLength());
    }

    /**
     * The name of the experiment as it is written; if no known key follows it, the last element is taken
     * for an unknown key and cut off.
     */
    String experiment() {
        int end = name.getNumberOfElements() - keyLength();
        boolean cut = !hasKey() && end > firstOfKey();
        return text(PropertyBlock.EXPERIMENTS.getNumberOfElements(), cut ? end - 1 : end);
    }

    /** The key that this sets in a rule, as it is written, if rules have no such key; empty otherwise. */
    Optional<String> unknownInRule() {
        int inside = PropertyKeys.insideRule(name, name.getNumberOfElements() - keyLength());
        return inside < 0 || PropertyKeys.isOfRule(name, inside, isVariable)
                ? Optional.empty()
                : Optional.of(after(inside));
    }

    /** Whether this sets a key of a rule for which an empty text is no value. */
    boolean isInRuleAndNeverEmpty() {
        int inside = PropertyKeys.insideRule(name, name.getNumberOfElements() - keyLength());
        return inside >= 0 && PropertyKeys.isOfRuleAndNeverEmpty(name, inside, isVariable);
    }

    /** The key, with its indices. */
    String key() {
        int begin = name.getNumberOfElements() - keyLength();
        return name.toString().substring(name.chop(begin).toString().length() + 1);
    }

    /** The key below an experiment of this name, as it is written. */
    String keyBelow(String experiment) {
        boolean inBrackets = PropertyBlock.bracketed(experiment).isAncestorOf(name);
        int elements = inBrackets ? 1 : experiment.split("\\.", -1).length;
        return after(PropertyBlock.EXPERIMENTS.getNumberOfElements() + elements);
    }

    /** The rest of the name after so many elements, as it is written. */
    String after(int elements) {
        return text(elements, name.getNumberOfElements());
    }

    /** A name as it is written; Spring Boot's own text of it is in lower case. */
    static String written(ConfigurationPropertyName name) {
        return IntStream.range(0, name.getNumberOfElements())
                .mapToObj(i -> {
                    String element = name.getElement(i, Form.ORIGINAL);
                    boolean inBrackets = name.chop(i + 1).isLastElementIndexed();
                    return inBrackets ? "[" + element + "]" : (i == 0 ? "" : ".") + element;
                })
                .collect(Collectors.joining());
    }

    private int keyLength() {
        return PropertyKeys.lengthAtEndOf(name, firstOfKey(), isVariable);
    }

    private int firstOfKey() {
        // The name of an experiment has at least one element.
        return isOfExperiment() ? PropertyBlock.EXPERIMENTS.getNumberOfElements() + 1 : 2;
    }

    private String text(int begin, int end) {
        return IntStream.range(begin, end)
                .mapToObj(i -> name.getElement(i, Form.ORIGINAL))
                .collect(Collectors.joining("."));
    }
}
