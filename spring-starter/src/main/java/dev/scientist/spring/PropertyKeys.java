package dev.scientist.spring;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The keys of an experiment's properties, and where they begin in the name of a property: {@code
 * scientist.experiments.pricing.quote.comparator.ignore[0]} ends with the key {@code comparator.ignore}.
 */
final class PropertyKeys {

    /** All keys as they are written, such as {@code comparator.any-order}. */
    static final List<String> ALL = keysOf(ExperimentProperties.class, "");

    /** The keys of one rule in the list {@code comparator.rules}. */
    static final List<String> OF_RULE = keysOf(RuleProperties.class, "");

    /** Those under which an empty text is no value, and would be taken for a property that is not there. */
    static final List<String> NEVER_EMPTY = neverEmpty(ExperimentProperties.class, "");

    private static final List<String> OF_RULE_NEVER_EMPTY = neverEmpty(RuleProperties.class, "");
    private static final List<String> RULES = List.of("comparator", "rules");
    private static final String OF_WORDS = "mapped"; // below it stand the application's own words

    private PropertyKeys() {}

    /**
     * How many elements at the end of a name are a key, with its index where it is a list.
     *
     * @param first where the key may begin at the earliest
     * @param joined whether a dash may stand as a new element, as it does in the variables of the system environment
     * @return 0 where the name ends with no key
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

    /** Where in a name a rule is said, such as its {@code at} after {@code comparator.rules[0]}; -1 if none begins there. */
    static int insideRule(ConfigurationPropertyName name, int begin) {
        int index = begin + RULES.size();
        boolean isRule = index + 1 < name.getNumberOfElements()
                && name.isNumericIndex(index)
                && uniform(name, begin, index, false).equals(String.join(".", RULES));
        return isRule ? index + 1 : -1;
    }

    /** Whether what a name ends with is something that rules have. */
    static boolean isOfRule(ConfigurationPropertyName name, int inside, boolean joined) {
        int end = name.getNumberOfElements();
        while (end > inside && name.isNumericIndex(end - 1)) {
            end--;
        }
        String said = uniform(name, inside, end, joined);
        return name.getElement(inside, Form.UNIFORM).equals(OF_WORDS)
                || OF_RULE.stream().anyMatch(key -> said.equals(uniform(key, joined)));
    }

    /** Whether what a rule says here is nothing if it is empty. */
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

    /** The keys of numbers, times, switches and choices; an empty text or list is a value. */
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

    /** A choice the way it is written: {@code SHADOW_TO_1_PERCENT} is {@code shadow-to-1-percent}. */
    static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ENGLISH).replace('_', '-');
    }

    /** The name of a component the way properties are written: {@code anyOrder} is {@code any-order}. */
    static String dashed(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ENGLISH);
    }
}
