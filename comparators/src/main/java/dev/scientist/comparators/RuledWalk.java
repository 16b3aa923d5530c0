package dev.scientist.comparators;

import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares trees under the rules of one comparator: walks through them once, and counts what the rules have hidden when
 * the walk has come to its end. Immutable.
 *
 * @param leniency what does not matter beside the rules
 * @param most differences after which the walk ends
 * @param now the time by which rules expire
 */
record RuledWalk(RuleSet rules, Leniency leniency, int most, Instant now) {

    /**
     * Compares trees of one library.
     *
     * @throws Trees.Unwritten if one of them is unusual, or nested too deep
     */
    List<Difference> differences(Trees trees, @Nullable Object primary, @Nullable Object candidate) {
        HiddenCounts hidden = new HiddenCounts();
        List<Difference> differences =
                new Walk(trees, most, leniency, hidden, new Budget()).differences(primary, candidate, rules.root(now));
        hidden.count();
        return differences;
    }

    /**
     * Compares plain trees.
     *
     * @param what names such a tree in the message if it is nested too deep
     */
    List<Difference> differencesOfPlain(String what, @Nullable Object primary, @Nullable Object candidate) {
        try {
            return differences(PlainTrees.PLAIN, primary, candidate);
        } catch (Trees.Unwritten tooDeep) {
            throw new OverBudgetException(what + " is nested deeper than " + Limits.DEPTH + " levels");
        }
    }
}
