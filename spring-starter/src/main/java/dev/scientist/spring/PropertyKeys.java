package dev.scientist.spring;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Knows the keys of an experiment's properties, and finds where they begin in the name of a property: {@code
 * scientist.experiments.pricing.quote.comparator.ignore[0]} ends with the key {@code comparator.ignore}.
 */
final class PropertyKeys {

    /** All keys as they are written, such as {@code comparator.any-order}. */
    static final List<String> ALL = keysOf(ExperimentProperties.class, "");

    /** The keys of one rule in the list {@code comparator.rules}. */
    static final List<String> OF_RULE = keysOf(RuleProperties.class, "");

    /** The keys for which an empty text is no value, and would be bound as if the property were absent. */
    static final List<String> NEVER_EMPTY = neverEmpty(ExperimentProperties.class, "");

    private static final List<String> OF_RULE_NEVER_EMPTY = neverEmpty(RuleProperties.class, "");
    private static final List<String> RULES = List.of("comparator", "rules");
    private static final String OF_WORDS = "mapped"; // the keys below it are the application's own words

    private PropertyKeys() {}

    /**
     * The number of elements at the end of a name that are a key, including its index if it is a list.
     *
     * @param first the first element at which the key may begin
     * @param joined whether a dash may be written as a new element, as in variables of the system environment
     * @return 0 if the name does not end with a key
     */
    static int lengthAtEndOf(ConfigurationPropertyName name, int first, boolean joined) {
        int end = name.getNumberOfElements();
        while (end > first && name.isNumericIndex(end - 1)) {
            end--;
        }
        for (int begin = first; begin < end; begin++) {
            if (insideRule(name, begin) > 0) {
                return name.getNumberOfElements() - begin;
            }
            String tail = uniform(name, begin, end, joined);
            if (ALL.stream().anyMatch(key -> tail.equals(uniform(key, joined)))) {
                return name.getNumberOfElements() - begin;
            }
        }
        return 0;
    }

    /**
     * The position in a name where the key inside a rule begins, such as that of {@code at} after {@code
     * comparator.rules[0]}; -1 if no rule begins at {@code begin}.
     */
    static int insideRule(ConfigurationPropertyName name, int begin) {
        int index = begin + RULES.size();
        boolean isRule = index + 1 < name.getNumberOfElements()
                && name.isNumericIndex(index)
                && uniform(name, begin, index, false).equals(String.join(".", RULES));
        return isRule ? index + 1 : -1;
    }

    /** Whether a name ends with a key that rules have. */
    static boolean isOfRule(ConfigurationPropertyName name, int inside, boolean joined) {
        int end = name.getNumberOfElements();
        while (end > inside && name.isNumericIndex(end - 1)) {
            end--;
        }
        String said = uniform(name, inside, end, joined);
        return name.getElement(inside, Form.UNIFORM).equals(OF_WORDS)
                || OF_RULE.stream().anyMatch(key -> said.equals(uniform(key, joined)));
    }

    /** Whether a name ends with a key of rules for which an empty text is no value. */
    static boolean isOfRuleAndNeverEmpty(ConfigurationPropertyName name, int inside, boolean joined) {
        String said = uniform(name, inside, name.getNumberOfElements(), joined);
        return OF_RULE_NEVER_EMPTY.stream().anyMatch(key -> said.equals(uniform(key, joined)));
    }

    private static String uniform(ConfigurationPropertyName name, int begin, int end, boolean joined) {
        List<String> elements = new ArrayList<>();
        for (int i = begin; i < end; i++) {
            elements.add(name.getElement(i, Form.UNIFORM));
        }
        return String.join(joined ? "" : ".", elements);
    }

    private static String uniform(String key, boolean joined) {
        return key.replace("-", "").replace(joined ? "." : "-", "");
    }

    private static List<String> keysOf(Class<?> properties, String prefix) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : properties.getRecordComponents()) {
            String key = prefix + dashed(component.getName());
            if (component.getType().isRecord()) {
                keys.addAll(keysOf(component.getType(), key + "."));
            } else {
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    /** The keys of numbers, times, switches and choices; for other keys an empty text or list is a value. */
    static List<String> neverEmpty(Class<?> properties, String prefix) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : properties.getRecordComponents()) {
            Class<?> type = component.getType();
            String key = prefix + dashed(component.getName());
            if (type.isRecord()) {
                keys.addAll(neverEmpty(type, key + "."));
            } else if (type != String.class && type != List.class && type != Map.class) {
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    /** The form in which the name of a component is written in properties: {@code anyOrder} is {@code any-order}. */
    static String dashed(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ENGLISH);
    }
}
