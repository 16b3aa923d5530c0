package dev.scientist.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys directly under {@code scientist.}, and what was probably meant by one that is none of them. */
final class GeneralKeys {

    private static final List<String> ALL = Stream.concat(
                    Arrays.stream(ScientistProperties.class.getRecordComponents())
                            .map(component -> PropertyKeys.dashed(component.getName())),
                    Stream.of("experiments"))
            .toList();

    private GeneralKeys() {}

    /** For a property that is neither of an experiment nor of the defaults: what is wrong with it, if it is unknown. */
    static Optional<String> unknown(PropertyMention mention) {
        String key = mention.after(PropertyBlock.SCIENTIST.getNumberOfElements());
        if (ALL.stream().anyMatch(known -> uniform(known, mention).equals(uniform(key, mention)))) {
            return Optional.empty();
        }
        Optional<String> nearest = nearest(key);
        if (mention.isVariable() && nearest.isEmpty()) {
            return Optional.empty(); // others name variables that way too, such as Kubernetes: SCIENTIST_SERVICE_HOST
        }
        return Optional.of(PropertyBlock.SCIENTIST + "." + key + " is not a property of Scientist"
                + nearest.map(meant -> "; did you mean \"" + meant + "\"?").orElse(""));
    }

    /** One of the keys; or one of the defaults, which was written without them; or, by its first element, a block. */
    private static Optional<String> nearest(String key) {
        return Nearest.to(key, ALL)
                .or(() -> Nearest.to(key, PropertyKeys.ALL).map("defaults."::concat))
                .or(() -> Nearest.to(key.replaceFirst("\\..*", ""), ALL));
    }

    /** In variables of the environment a dash may stand as a new element, or not at all. */
    private static String uniform(String key, PropertyMention mention) {
        return key.replaceAll(mention.isVariable() ? "[-_.]" : "[-_]", "").toLowerCase(Locale.ENGLISH);
    }
}
