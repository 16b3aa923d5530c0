package dev.scientist.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows the keys directly under {@code scientist.}, and finds the one that was probably meant by an unknown key. */
final class GeneralKeys {

    private static final List<String> ALL = Stream.concat(
                    Arrays.stream(ScientistProperties.class.getRecordComponents())
                            .map(component -> PropertyKeys.dashed(component.getName())),
                    Stream.of("experiments"))
            .toList();

    private GeneralKeys() {}

    /**
     * A message about a property that belongs neither to an experiment nor to the defaults;
     * empty if the property is known.
     */
    static Optional<String> unknown(PropertyMention mention) {
        String key = mention.after(PropertyBlock.SCIENTIST.getNumberOfElements());
        if (ALL.stream().anyMatch(known -> uniform(known, mention).equals(uniform(key, mention)))) {
            return Optional.empty();
        }
        Optional<String> nearest = nearest(key);
        if (mention.isVariable() && nearest.isEmpty()) {
            return Optional.empty(); // other software uses such names, too: Kubernetes sets SCIENTIST_SERVICE_HOST
        }
        return Optional.of(PropertyBlock.SCIENTIST + "." + key + " is not a property of Scientist"
                + nearest.map(meant -> "; did you mean \"" + meant + "\"?").orElse(""));
    }

    /**
     * The nearest of these keys; else the nearest of the defaults, written without their prefix; else the nearest key
     * to the first element, which may be a block.
     */
    private static Optional<String> nearest(String key) {
        return Spelling.nearest(key, ALL)
                .or(() -> Spelling.nearest(key, PropertyKeys.ALL).map("defaults."::concat))
                .or(() -> Spelling.nearest(key.replaceFirst("\\..*", ""), ALL));
    }

    /**
     * Removes what may be written in several ways: in an environment variable, a dash may be a
     * new element or be left out.
     */
    private static String uniform(String key, PropertyMention mention) {
        return key.replaceAll(mention.isVariable() ? "[-_.]" : "[-_]", "").toLowerCase(Locale.ENGLISH);
    }
}
