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
 * Finds the names of experiments as properties write them: plain, in brackets, or as an environment variable. Each
 * search takes a few lookups, however many experiments there are.
 */
final class ExperimentNames {

    private static final int MOST_NEAREST = 20; // chosen: nobody reads more of them, and each compares all names

    private final Collection<String> all;
    private final Map<ConfigurationPropertyName, String> byBlock = new HashMap<>();
    private final Set<String> asVariables = new HashSet<>();
    private final Map<String, Optional<String>> nearest = new HashMap<>();

    /** Creates the search among names, which must not change any more. */
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

    /** Adds a name. Several names may have one form in properties, such as Pricing and pricing; the longest is kept. */
    private void put(ConfigurationPropertyName block, String name) {
        byBlock.merge(block, name, (one, other) -> one.length() >= other.length() ? one : other);
    }

    private static String inVariable(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether a mention is a property of one of these experiments. */
    boolean has(PropertyMention mention) {
        return mention.hasKey()
                && (byBlock.containsKey(mention.block())
                        // Spring Boot finds bracketed names in variables: dashes become underscores, but dots do not.
                        || (mention.isVariable() && asVariables.contains(inVariable(mention.experiment()))));
    }

    /** The experiment in whose block a mention stands; of pricing and pricing.quote the longer one. */
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

    /**
     * The experiment that was most likely meant by an unknown name. Only the first {@value #MOST_NEAREST}
     * different names get an answer.
     */
    Optional<String> nearest(String name) {
        if (nearest.size() >= MOST_NEAREST && !nearest.containsKey(name)) {
            return Optional.empty();
        }
        return nearest.computeIfAbsent(name, unknown -> Spelling.nearest(unknown, all));
    }
}
