package dev.scientist.comparators;

import dev.scientist.ResultComparator;
import dev.scientist.SnapshotFormat;
import java.util.List;
import java.util.Optional;

/**
 * A comparator that compares under rules. Those of this library that take rules are of this type; one of your own may
 * be, so that its rules are shown and counted like theirs.
 *
 * <p>Threads: any. Invariant: immutable, but for the counters of the rules; each step gives a new comparator.
 * Consequence: one instance may serve all experiments.
 *
 * @param <T> what is compared
 * @since 0.1.0
 */
public interface RuledComparator<T> extends ResultComparator<T> {

    /** The rules, which also tell how often each has hidden something in this comparator. */
    RuleSet rules();

    /**
     * Compares under rules that say what does not matter, or weighs differently, and where.
     *
     * @param more after those given already
     * @throws IllegalArgumentException if two rules were given the same name
     */
    RuledComparator<T> rules(Rule... more);

    /**
     * Ends the report after so many differences.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if it is less
     */
    RuledComparator<T> maxDifferences(int most);

    /** By default the name of the class, with the rules. Say more if your comparator has options. */
    @Override
    default String description() {
        return ResultComparator.nameOf(this) + rules().description();
    }

    /**
     * Finds the rules by which a comparator compares: its own, or those of the comparators that it has for parts, such
     * as the body of an HTTP response or the elements of a sequence. They count as they do there.
     *
     * @return empty if neither it nor one for a part takes rules
     */
    static Optional<RuleSet> rulesOf(ResultComparator<?> comparator) {
        return rulesWithin(comparator);
    }

    /**
     * Finds the rules by which a snapshot format compares.
     *
     * @return empty if it takes none, or is not of this library
     */
    static Optional<RuleSet> rulesOf(SnapshotFormat format) {
        return rulesWithin(format);
    }

    private static Optional<RuleSet> rulesWithin(Object comparing) {
        if (comparing instanceof RuledComparator<?> ruled) {
            return Optional.of(ruled.rules());
        }
        if (comparing instanceof RulesWithin several) {
            List<RuleSet> within = several.comparators().stream()
                    .flatMap(each -> rulesWithin(each).stream())
                    .toList();
            return within.isEmpty() ? Optional.empty() : Optional.of(RuleSet.ofParts(within, several.place()));
        }
        return Optional.empty();
    }
}
