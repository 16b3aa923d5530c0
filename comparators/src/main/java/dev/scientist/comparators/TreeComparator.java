package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
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

    private static final int DEFAULT_MAX_DIFFERENCES = 100; // chosen: more than anyone reads of one call

    static TreeComparator<Object> ofTrees() {
        return new TreeComparator<>(null, RuleSet.of(), DEFAULT_MAX_DIFFERENCES, InstantSource.system());
    }

    static <R> TreeComparator<R> of(Function<? super R, ?> view) {
        return new TreeComparator<>(view, RuleSet.of(), DEFAULT_MAX_DIFFERENCES, InstantSource.system());
    }

    @Override
    public Comparators.Tree<R> rules(Rule... more) {
        return new TreeComparator<>(view, rules.and(more), maxDifferences, instants);
    }

    @Override
    public Comparators.Tree<R> rules(RuleSet set) {
        if (!rules.isEmpty()) {
            throw new IllegalArgumentException("rules were set before: " + this + "; put all of them into one RuleSet");
        }
        return new TreeComparator<>(view, requireNonNull(set, "rules"), maxDifferences, instants);
    }

    @Override
    public Comparators.Tree<R> maxDifferences(int most) {
        return new TreeComparator<>(view, rules, Comparators.requirePositive("maxDifferences", most), instants);
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
            return compare(tree, other, rules.root(now));
        } catch (IllegalStateException | ClassCastException strange) {
            PlainTrees.requirePlain("primary", tree);
            PlainTrees.requirePlain("candidate", other);
            throw strange;
        } catch (Trees.Unwritten tooDeep) {
            throw new OverBudgetException("an answer is nested deeper than " + Limits.DEPTH + " levels");
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

    private List<Difference> compare(@Nullable Object primary, @Nullable Object candidate, PathState root) {
        HiddenCounts hidden = new HiddenCounts();
        List<Difference> differences = new Walk(PlainTrees.PLAIN, maxDifferences, Leniency.NONE, hidden, new Budget())
                .differences(primary, candidate, root);
        hidden.count();
        return differences;
    }

    @Override
    public String toString() {
        return "tree" + (rules.isEmpty() ? "" : " under " + rules.toString().replace("\n", "; "));
    }
}
