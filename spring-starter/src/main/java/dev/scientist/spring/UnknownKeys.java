package dev.scientist.spring;

import java.util.List;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds misspelt keys of the defaults and of experiments that are declared: what somebody has set and nothing would ever read,
 * such as {@code comparator.ignores}. They stop the start, where what is not known to be one of them is only reported.
 */
final class UnknownKeys {

    private static final String RULES = "comparator.rules.";

    private final ConfigurableEnvironment environment;
    private final ExperimentNames experiments;

    /**
     * Looks in an environment.
     *
     * @param experiments the names of all that are declared
     */
    UnknownKeys(ConfigurableEnvironment environment, ExperimentNames experiments) {
        this.environment = environment;
        this.experiments = experiments;
    }

    /**
     * Demands that there is none. A variable of the system environment stops nothing, because others name variables that way too.
     *
     * @throws InvalidPropertyException for the first one
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

    /** The experiment of which a key is misspelt; of pricing and pricing.quote, the longer one is meant. */
    Optional<String> owner(PropertyMention mention) {
        if (experiments.has(mention)) {
            return Optional.empty();
        }
        return experiments.above(mention).filter(owner -> isMisspelt(mention.keyBelow(owner), mention.hasKey()));
    }

    /**
     * Whether what stands below an experiment is a key of its own, and not that of another whose name begins alike.
     *
     * @param hasKey whether it ends with a key, which then stands below something that is no experiment
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

    /** The keys of the block that a key is in; of none, those that are in none. */
    private static List<String> beside(String key) {
        List<String> keys = inBlock(blockOf(key));
        return keys.isEmpty() ? inBlock("") : keys;
    }

    /** One of the same block, by its last word; or of all, where there is no such block. */
    static Optional<String> nearest(String key) {
        String block = blockOf(key);
        List<String> keys = inBlock(block);
        if (block.isEmpty() || keys.isEmpty()) {
            return Nearest.to(key, PropertyKeys.ALL);
        }
        List<String> words =
                keys.stream().map(known -> known.substring(block.length())).toList();
        return Nearest.to(key.substring(block.length()), words).map(block::concat);
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
