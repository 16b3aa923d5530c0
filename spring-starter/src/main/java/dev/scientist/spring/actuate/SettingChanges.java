package dev.scientist.spring.actuate;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.ExperimentSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The changes of settings that a request asks for: either all are made, or none. */
final class SettingChanges {

    private final Map<Setting, String> wanted = new EnumMap<>(Setting.class);

    /** Adds a setting; {@code null} leaves it as it is. */
    SettingChanges with(Setting setting, @Nullable String value) {
        if (value != null) {
            wanted.put(setting, value);
        }
        return this;
    }

    /**
     * Requires that at least one change is asked for and that all are possible.
     *
     * @throws IllegalArgumentException if not; the message says everything that is wrong
     */
    void requireValid(ExperimentSettings settings) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("nothing to change; there is "
                    + Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", ")));
        }
        List<String> problems = new ArrayList<>();
        wanted.forEach((setting, value) -> {
            try {
                setting.change(settings, value);
            } catch (IllegalArgumentException wrong) {
                problems.add(wrong.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /**
     * Changes the experiment.
     *
     * @return a text for people that gives, for each setting, the old and the new value, or says that it stays
     */
    String applyTo(Experiment<?> experiment) {
        AtomicReference<@Nullable ExperimentSettings> replaced = new AtomicReference<>();
        ExperimentSettings after = experiment.change(settings -> {
            replaced.set(settings); // called again if another request was faster
            return changed(settings);
        });
        ExperimentSettings before = requireNonNull(replaced.get());
        String raised = before.lastHalving().isPresent() && after.lastHalving().isEmpty()
                ? ", share of sampled calls " + change(before.share(), after.share())
                : "";
        return wanted.keySet().stream()
                        .map(setting -> setting.key() + " " + change(setting.in(before), setting.in(after)))
                        .collect(Collectors.joining(", "))
                + raised;
    }

    private ExperimentSettings changed(ExperimentSettings settings) {
        ExperimentSettings changed = settings;
        for (Map.Entry<Setting, String> change : wanted.entrySet()) {
            changed = change.getKey().change(changed, change.getValue());
        }
        return changed;
    }

    private static String change(@Nullable Object before, @Nullable Object after) {
        return Objects.equals(before, after) ? "stays " + shown(after) : shown(before) + " -> " + shown(after);
    }

    private static String shown(@Nullable Object value) {
        return Objects.toString(value, "none");
    }
}
