package dev.scientist.spring;

import java.util.Locale;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Reads switches {@code scientist.*}, with the words that Spring accepts for a boolean,
 * however a source writes their names.
 */
final class Switches {

    private static final Set<String> ON = Set.of("true", "on", "yes", "1");
    private static final Set<String> OFF = Set.of("false", "off", "no", "0");

    private Switches() {}

    /**
     * Whether a switch is on.
     *
     * @param key the key below {@code scientist.}
     * @param otherwise the answer if the switch is not set
     * @throws InvalidPropertyException if it is set to another word
     */
    static boolean isOn(ConfigurableEnvironment environment, String key, boolean otherwise) {
        PropertyBlock block = PropertyBlock.at(PropertyBlock.SCIENTIST, environment);
        String said = block.text(key);
        if (said == null) {
            return otherwise;
        }
        String word = said.trim().toLowerCase(Locale.ROOT);
        if (!ON.contains(word) && !OFF.contains(word)) {
            throw block.invalid(key, said, "must be true or false", "write one of them, or remove the property");
        }
        return ON.contains(word);
    }
}
