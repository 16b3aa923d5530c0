package dev.scientist.spring;

import static java.util.Objects.requireNonNull;

import dev.scientist.Trial;
import dev.scientist.comparators.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the starter knows of an experiment and an {@link dev.scientist.Experiment} does not tell, for pages that
 * show experiments, such as the actuator endpoint. It is a bean, unless the application declares its own {@link
 * dev.scientist.Scientist} or sets {@code scientist.enabled} to false. It may be asked on any thread.
 *
 * @since 0.1.0
 */
public final class ExperimentDetails {

    /**
     * The bean and the method that an annotation made the candidate of an experiment.
     *
     * @param bean the name of the bean
     * @param method the method, with its class and its parameters
     */
    public record Candidate(String bean, String method) {}

    private final Function<String, @Nullable Candidate> candidates;
    private final Function<String, @Nullable RuleSet> rules;
    private final Supplier<Map<String, Long>> cacheWrites;
    private final @Nullable ShownValues values;

    ExperimentDetails(
            Function<String, @Nullable Candidate> candidates,
            Function<String, @Nullable RuleSet> rules,
            Supplier<Map<String, Long>> cacheWrites,
            @Nullable ShownValues values) {
        this.candidates = candidates;
        this.rules = rules;
        this.cacheWrites = cacheWrites;
        this.values = values;
    }

    /** The candidate that an annotation gave an experiment; empty for an experiment that code declared. */
    public Optional<Candidate> candidate(String experiment) {
        return Optional.ofNullable(candidates.apply(requireNonNull(experiment, "experiment")));
    }

    /** The rules under which an experiment compares; empty if its comparator takes none. */
    public Optional<RuleSet> rules(String experiment) {
        return Optional.ofNullable(rules.apply(requireNonNull(experiment, "experiment")));
    }

    /** The counts of candidates' writes that were kept from the application's caches, by the cache's name; a copy. */
    public Map<String, Long> cacheWrites() {
        return cacheWrites.get();
    }

    /** Whether values may be shown, as {@code scientist.show-values} says during development. */
    public boolean showsValues() {
        return values != null;
    }

    /**
     * Differences of one kind in some trials, with their values, redacted, one line each.
     *
     * @param candidate the name of the candidate that differs
     * @param signature the {@link dev.scientist.Difference#signature()} of the kind
     * @return none unless {@link #showsValues()}
     */
    public List<String> values(String candidate, String signature, List<Trial<?>> trials) {
        return values == null ? List.of() : values.examples(candidate, signature, trials);
    }
}
