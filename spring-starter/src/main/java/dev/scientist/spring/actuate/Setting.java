package dev.scientist.spring.actuate;

import dev.scientist.ExperimentSettings;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * A setting of an experiment that can be changed while it runs, in the form in which the endpoint reads and writes it.
 */
enum Setting {
    ENABLED(
            "enabled",
            "true or false",
            ExperimentSettings::isEnabled,
            (settings, text) -> settings.enabled(flag("enabled", text))),
    SAMPLE_RATE(
            "sampleRate",
            "a number between 0 and 1",
            ExperimentSettings::sampleRate,
            (settings, text) -> settings.sampleRate(Double.parseDouble(text))),
    MAX_PER_SECOND(
            "maxPerSecond",
            "a whole number of at least 1, or \"none\"",
            settings -> settings.maxPerSecond() == Integer.MAX_VALUE ? null : settings.maxPerSecond(),
            (settings, text) ->
                    settings.maxPerSecond(text.equals("none") ? Integer.MAX_VALUE : Integer.parseInt(text))),
    MAX_CONCURRENT(
            "maxConcurrent",
            "a whole number of at least 1",
            ExperimentSettings::maxConcurrent,
            (settings, text) -> settings.maxConcurrent(Integer.parseInt(text))),
    CANDIDATE_TIMEOUT(
            "candidateTimeout",
            "a duration longer than zero, such as \"300ms\" or \"PT0.3S\"",
            settings -> settings.candidateTimeout().toString(),
            (settings, text) -> settings.candidateTimeout(duration(text))),
    COMPARISON_TIMEOUT(
            "comparisonTimeout",
            "a duration longer than zero, such as \"300ms\" or \"PT0.3S\"",
            settings -> settings.comparisonTimeout().toString(),
            (settings, text) -> settings.comparisonTimeout(duration(text)));

    private final String key;
    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<ExperimentSettings, @Nullable Object> read;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final BiFunction<ExperimentSettings, String, ExperimentSettings> change;

    Setting(
            String key,
            String rule,
            Function<ExperimentSettings, @Nullable Object> read,
            BiFunction<ExperimentSettings, String, ExperimentSettings> change) {
        this.key = key;
        this.rule = rule;
        this.read = read;
        this.change = change;
    }

    /** The key of the setting in requests and answers. */
    String key() {
        return key;
    }

    /** The value in a form that can be sent back; {@code null} for no limit. */
    @Nullable
    Object in(ExperimentSettings settings) {
        return read.apply(settings);
    }

    /**
     * The settings with this one changed.
     *
     * @throws IllegalArgumentException if the text is not such a value; the message names key, rule and text
     */
    ExperimentSettings change(ExperimentSettings settings, String text) {
        try {
            return change.apply(settings, text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(key + " must be " + rule + " but was \"" + text + "\"", wrong);
        }
    }

    /**
     * Reads a switch.
     *
     * @throws IllegalArgumentException if the text is neither {@code true} nor {@code false}
     */
    static boolean flag(String key, @Nullable String text) {
        boolean isTrue = "true".equals(text);
        if (!isTrue && !"false".equals(text)) {
            throw new IllegalArgumentException(key + " must be true or false but was " + text);
        }
        return isTrue;
    }

    private static Duration duration(String text) {
        return DurationStyle.detectAndParse(text);
    }
}
