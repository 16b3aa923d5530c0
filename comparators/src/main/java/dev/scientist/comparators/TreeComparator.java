package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.ResultComparator;
import dev.scientist.Side;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares plain trees under rules.
 *
 * <p>Threads: any. Invariant: immutable, but for the counters of the rules. Consequence: one instance serves all
 * comparisons of an experiment.
 *
 * @param view makes a plain tree of an answer; null where answers are plain trees
 */
record TreeComparator<R>(
        @Nullable Function<? super R, ?> view, RuleSet rules, int maxDifferences, InstantSource instants)
        implements Comparators.Tree<R> {

    static TreeComparator<Object> ofTrees() {
        return new TreeComparator<>(null, RuleSet.of(), Limits.DEFAULT_MAX_DIFFERENCES, InstantSource.system());
    }

    static <R> TreeComparator<R> of(Function<? super R, ?> view) {
        return new TreeComparator<>(view, RuleSet.of(), Limits.DEFAULT_MAX_DIFFERENCES, InstantSource.system());
    }

    @Override
    public Comparators.Tree<R> rules(Rule... more) {
        return new TreeComparator<>(view, rules.and(more), maxDifferences, instants);
    }

    @Override
    public Comparators.Tree<R> rules(RuleSet set) {
        return new TreeComparator<>(view, rules.replacedBy(set, this), maxDifferences, instants);
    }

    @Override
    public Comparators.Tree<R> maxDifferences(int most) {
        return new TreeComparator<>(view, rules, Limits.requirePositive("maxDifferences", most), instants);
    }

    @Override
    public List<Difference> compare(R primary, R candidate) {
        requireNonNull(primary, "primary");
        requireNonNull(candidate, "candidate");
        if (!rules.isRestructuring() && areSeenEqual(primary, candidate)) {
            return List.of();
        }
        Instant now = instants.instant();
        Object tree = rules.restructured(Side.PRIMARY, plain(primary), now);
        Object other = rules.restructured(Side.CANDIDATE, plain(candidate), now);
        try {
            return new RuledWalk(rules, Leniency.NONE, maxDifferences, now)
                    .differencesOfPlain("an answer", tree, other);
        } catch (IllegalStateException | ClassCastException strange) {
            PlainTrees.requirePlain(Side.PRIMARY, tree);
            PlainTrees.requirePlain(Side.CANDIDATE, other);
            throw strange;
        }
    }

    /** Whether two answers are seen to be equal without making trees of them. Plain trees are walked at once. */
    private boolean areSeenEqual(R primary, R candidate) {
        try {
            return primary == candidate || (view != null && primary.equals(candidate));
        } catch (StackOverflowError tooDeep) {
            return false; // making a tree of it says why
        }
    }

    private @Nullable Object plain(R answer) {
        return view == null ? answer : view.apply(answer);
    }

    @Override
    public String description() {
        return "tree" + (view == null ? "" : " by " + ResultComparator.nameOf(view))
                + rules.description(maxDifferences);
    }

    @Override
    public String toString() {
        return "tree" + rules.suffix();
    }
}
