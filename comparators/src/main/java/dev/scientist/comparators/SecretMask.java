package dev.scientist.comparators;

import dev.scientist.Difference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes values that are annotated as {@link Secret} out of differences, whose plain values no longer know the
 * annotation. Like {@link Redactor#hidingSecretsOf} it goes by names, and a name that is secret in one class is secret
 * in all. Confined to one thread, for one comparison.
 */
final class SecretMask {

    private static final String HIDDEN = "<secret>";

    private final Set<String> names = new HashSet<>();
    private boolean isForAll;

    /** Hides values with these names. */
    void add(Set<String> normalised) {
        names.addAll(normalised);
    }

    /**
     * Hides a value that is secret itself. If it has no name, because it is the answer itself, everything is hidden.
     */
    void addValueOf(@Nullable String name) {
        if (name == null) {
            isForAll = true;
        } else {
            names.add(Secrets.normalised(name));
        }
    }

    /** Also hides everything that another mask hides. */
    void addAll(SecretMask other) {
        names.addAll(other.names);
        isForAll |= other.isForAll;
    }

    /**
     * Hides a value that a rule moves out of a secret place under its new name. If the application itself restructures,
     * nobody knows where secrets are afterwards, so everything is hidden.
     */
    void follow(Rule rule) {
        if (names.isEmpty() || !rule.isRestructuring()) {
            return;
        }
        if (!(rule.structure().restructuring() instanceof Rename rename)) {
            isForAll = true;
        } else if (Stream.concat(rename.common().stream(), rename.from().stream())
                .anyMatch(step -> step instanceof String name && names.contains(Secrets.normalised(name)))) {
            names.add(Secrets.normalised(rename.to().get(rename.to().size() - 1)));
        }
    }

    List<Difference> masked(List<Difference> differences) {
        return names.isEmpty() && !isForAll
                ? differences
                : differences.stream().map(this::masked).toList();
    }

    private Difference masked(Difference difference) {
        boolean isSecret = isForAll || isSecret(difference.path());
        return Difference.of(
                        difference.path(),
                        difference.kind(),
                        masked(isSecret, difference.primary()),
                        masked(isSecret, difference.candidate()))
                .withSeverity(difference.severity());
    }

    private boolean isSecret(String path) {
        for (String segment : path.split("/", -1)) {
            if (names.contains(Secrets.normalised(segment))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object masked(boolean isSecret, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (isSecret) {
            return HIDDEN;
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            fields.forEach((key, field) -> {
                String name = (String) key;
                shown.put(name, masked(names.contains(Secrets.normalised(name)), field));
            });
            return shown;
        }
        if (value instanceof List<?> elements) {
            List<@Nullable Object> shown = new ArrayList<>(elements.size());
            elements.forEach(element -> shown.add(masked(false, element)));
            return shown;
        }
        return value;
    }
}
