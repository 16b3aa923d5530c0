package dev.scientist.spring;

import java.util.List;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds misspelt keys of the defaults and of declared experiments: keys that somebody has set and that
 * nothing would ever read, such as {@code comparator.ignores}. They stop the start; a key that may belong to
 * something else is only reported.
 */
final class UnknownKeys {

    private static final String RULES = "comparator.rules.";

    private final ConfigurableEnvironment environment;
    private final ExperimentNames experiments;

    /**
     * Creates the search in an environment.
     *
     * @param experiments the names of all declared experiments
     */
    UnknownKeys(ConfigurableEnvironment environment, ExperimentNames experiments) {
        this.environment = environment;
        this.experiments = experiments;
    }

    /**
     * Requires that there is no misspelt key. A variable of the system environment stops nothing, because other
     * software uses such names, too.
     *
     * @throws InvalidPropertyException for the first misspelt key
     */
    void requireNone() {
        PropertyMention.in(environment).filter(mention -> !mention.isVariable()).forEach(mention -> {
            if (mention.isOfDefaults() && !mention.hasKey()) {
                throw invalid(PropertyBlock.at(PropertyBlock.DEFAULTS, environment), mention, mention.after(2));
            }
            if (mention.isOfExperiment()) {
                owner(mention).ifPresent(owner -> {
                    throw invalid(PropertyBlock.of(owner, environment), mention, mention.keyBelow(owner));
                });
            }
        });
    }

    /** The experiment whose key is misspelt; of pricing and pricing.quote, the longer name. */
    Optional<String> owner(PropertyMention mention) {
        if (experiments.has(mention)) {
            return Optional.empty();
        }
        return experiments.above(mention).filter(owner -> isMisspelt(mention.keyBelow(owner), mention.hasKey()));
    }

    /**
     * Whether what follows the name of an experiment is a misspelt key of that experiment, and not the property of
     * another one whose name begins with the same words.
     *
     * @param hasKey whether the name ends with a known key, which then follows something that is no experiment
     */
    private static boolean isMisspelt(String below, boolean hasKey) {
        String first = below.replaceFirst("[.\\[].*", "");
        boolean isInBlock = PropertyKeys.ALL.stream().anyMatch(key -> key.startsWith(first + "."));
        return !hasKey && (isInBlock || first.equals(below) || nearest(below).isPresent());
    }

    private static InvalidPropertyException invalid(PropertyBlock block, PropertyMention mention, String below) {
        String key = mention.isOfList() ? below.replaceFirst("(\\.\\d+)+$", "") : below;
        return block.invalid(key, block.valueOf(key), "is not a property of experiments", remedy(key));
    }

    private static String remedy(String key) {
        if (key.startsWith(RULES)) {
            return "rules are a list: begin each of them with a dash";
        }
        return nearest(key)
                .map(meant -> "did you mean \"" + meant + "\"? Write that, or remove it")
                .orElseGet(() -> "write one of " + String.join(", ", beside(key)) + ", or remove it");
    }

    /** The keys of the block to which a key belongs; the keys outside of all blocks, if it belongs to none. */
    private static List<String> beside(String key) {
        List<String> keys = inBlock(blockOf(key));
        return keys.isEmpty() ? inBlock("") : keys;
    }

    /** The nearest key in the same block, by its last word; the nearest of all keys, if there is no such block. */
    static Optional<String> nearest(String key) {
        String block = blockOf(key);
        List<String> keys = inBlock(block);
        if (block.isEmpty() || keys.isEmpty()) {
            return Spelling.nearest(key, PropertyKeys.ALL);
        }
        List<String> words =
                keys.stream().map(known -> known.substring(block.length())).toList();
        return Spelling.nearest(key.substring(block.length()), words).map(block::concat);
    }

    private static String blockOf(String key) {
        return key.substring(0, key.lastIndexOf('.') + 1);
    }

    private static List<String> inBlock(String block) {
        return PropertyKeys.ALL.stream()
                .filter(known -> blockOf(known).equals(block))
                .toList();
    }
}
