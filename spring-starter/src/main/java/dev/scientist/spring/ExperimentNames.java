package dev.scientist.spring;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The names of experiments, found by how properties write them: plain, in brackets, or as a variable of the environment. Each
 * mention takes some lookups, however many experiments there are.
 */
final class ExperimentNames {

    private static final int MOST_NEAREST = 20; // chosen: nobody reads more of them, and each compares all names

    private final Collection<String> all;
    private final Map<ConfigurationPropertyName, String> byBlock = new HashMap<>();
    private final Set<String> asVariables = new HashSet<>();
    private final Map<String, Optional<String>> nearest = new HashMap<>();

    /** Those names, which change no more. */
    ExperimentNames(Collection<String> names) {
        this.all = names;
        for (String name : all) {
            put(PropertyBlock.bracketed(name), name);
            ConfigurationPropertyName plain = PropertyBlock.plain(name);
            if (plain != null) {
                put(plain, name);
            }
            if (name.indexOf('.') < 0) {
                asVariables.add(inVariable(name.replace('-', '.').replace('_', '.')));
            }
        }
    }

    /** Several may be written alike: Pricing and pricing. */
    private void put(ConfigurationPropertyName block, String name) {
        byBlock.merge(block, name, (one, other) -> one.length() >= other.length() ? one : other);
    }

    private static String inVariable(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether a mention is a property of one of them. */
    boolean has(PropertyMention mention) {
        return mention.hasKey()
                && (byBlock.containsKey(mention.block())
                        // Spring Boot finds a name in brackets there: dashes are underscores in it, but dots are not.
                        || (mention.isVariable() && asVariables.contains(inVariable(mention.experiment()))));
    }

    /** The one that a mention stands anywhere below; of pricing and pricing.quote, the longer one. */
    Optional<String> above(PropertyMention mention) {
        String longest = null;
        ConfigurationPropertyName name = mention.name();
        for (int size = PropertyBlock.EXPERIMENTS.getNumberOfElements() + 1;
                size < name.getNumberOfElements();
                size++) {
            String found = byBlock.get(name.chop(size));
            if (found != null && (longest == null || found.length() > longest.length())) {
                longest = found;
            }
        }
        return Optional.ofNullable(longest);
    }

    /** The one that was most likely meant by a name that none has; for so many names as somebody may want to read. */
    Optional<String> nearest(String name) {
        if (nearest.size() >= MOST_NEAREST && !nearest.containsKey(name)) {
            return Optional.empty();
        }
        return nearest.computeIfAbsent(name, unknown -> Nearest.to(unknown, all));
    }
}
