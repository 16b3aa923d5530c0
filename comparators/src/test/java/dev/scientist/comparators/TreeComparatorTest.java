package dev.scientist.comparators;

import static dev.scientist.comparators.Comparators.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import dev.scientist.UncomparableException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeComparatorTest {

    @Test
    void plainTreesAreComparedAsDocumentsAre() {
        List<Difference> differences = tree().compare(
                        Map.of("a", List.of("x", "y"), "n", new BigDecimal("1.0")),
                        Map.of("a", List.of("x", "new", "y"), "n", BigDecimal.ONE));

        assertThat(differences).hasToString("[unexpected at /a/1 [null -> java.lang.String]]");
    }

    @Test
    void rulesHoldAndCount() {
        RuleSet rules = RuleSet.of(Rule.at("/a").ignored(), Rule.onCandidate().rename("/c", "/b"));
        Comparators.Tree<Object> comparator = tree().rules(rules);

        List<Difference> differences = comparator.compare(Map.of("a", "1", "b", "x"), Map.of("a", "2", "c", "x"));

        assertThat(differences).isEmpty();
        assertThat(rules.rules()).extracting(rules::hidden).containsExactly(1L, 1L);
        assertThatThrownBy(() -> comparator.rules(RuleSet.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rules were set before");
    }

    @Test
    void aTreeThatIsTooDeepOrContainsItselfIsOverBudget() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);

        assertThatThrownBy(() -> tree().compare(cyclic, List.of(cyclic)))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("an answer is nested deeper than 250 levels");
    }

    @Test
    void noRuleAcceptsANumberWhoseDifferenceWouldFillTheMemory() {
        Comparators.Tree<Object> comparator =
                Comparators.tree().rules(Rule.at("/n").within(new BigDecimal("1E+10000000")));

        List<Difference> differences =
                comparator.compare(Map.of("n", new BigDecimal("1E+1000000")), Map.of("n", BigDecimal.ONE));

        assertThat(differences).extracting(Difference::path).containsExactly("/n");
    }

    @Test
    void answersOfAnyFormatAreComparedByTheirTrees() {
        Comparators.Tree<StringBuilder> comparator =
                tree((StringBuilder text) -> List.of(text.toString().split(",")));

        assertThat(comparator.compare(new StringBuilder("a,b"), new StringBuilder("a,c")))
                .hasToString("[changed at /1 [java.lang.String]]");
    }

    @Test
    void equalAnswersAreNotMadeIntoTreesUnlessARuleRestructuresThem() {
        Comparators.Tree<String> comparator = tree((String text) -> {
            throw new IllegalStateException("viewed");
        });

        assertThat(comparator.rules(Rule.at("/a").ignored()).compare("a", "a")).isEmpty();
        assertThatThrownBy(() ->
                        comparator.rules(Rule.onCandidate().rename("/a", "/b")).compare("a", "a"))
                .hasMessage("viewed");
    }

    @Test
    void theReportEndsAtItsLimit() {
        assertThat(tree().maxDifferences(1).compare(Map.of("a", "1", "b", "1"), Map.of("a", "2", "b", "2")))
                .hasSize(1);
    }

    @Test
    void whatIsNoPlainTreeIsNamedWithItsPlace() {
        Comparators.Tree<Object> comparator = tree();
        String holds = "; a plain tree holds Map with String keys, List, String, BigDecimal, Boolean and null";

        assertThatThrownBy(() -> comparator.compare(Map.of("a", List.of("x", 1)), Map.of("a", List.of("x", 2))))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the primary's tree has a java.lang.Integer at \"/a/1\"" + holds);
        assertThatThrownBy(() -> comparator.compare(Map.of("a", "x"), Map.of("a", 2)))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the candidate's tree has a java.lang.Integer at \"/a\"" + holds);
        assertThatThrownBy(() -> comparator.compare(Map.of(1, "x"), Map.of(1, "y")))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the primary's tree has a java.lang.Integer for a key at \"\"" + holds);
    }
}
