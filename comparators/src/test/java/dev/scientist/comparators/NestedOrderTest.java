package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays in any order inside arrays in any order: what it costs is counted in looks at pairs, not in time. */
@Tag("case-43")
class NestedOrderTest {

    private static final Rule ANY_ORDER = Rule.at("/**").anyOrder();
    private static final Rule TOLERANCE = Rule.at("/**").within("0.5");

    private final List<Difference> differences = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 12})
    void equalElementsCostNoLookHoweverDeepAndWhateverTheRules(int depth) {
        Object primary = tree(depth, 2, 0);

        assertThat(looks(primary, shuffled(primary, new Random(1)), ANY_ORDER)).isZero();
        assertThat(looks(primary, shuffled(primary, new Random(1)), ANY_ORDER, TOLERANCE))
                .isZero();
        assertThat(looks(
                        primary,
                        shuffled(primary, new Random(1)),
                        ANY_ORDER,
                        Rule.at("/**/etag").ignored()))
                .isZero();
        assertThat(differences).isEmpty();
    }

    @Test
    void rulesAboutOtherPlacesCostNoLookWhereSomethingDiffers() {
        Object primary = tree(12, 2, 0);
        Object candidate = shuffled(tree(12, 2, 1), new Random(1));

        assertThat(looks(primary, candidate, ANY_ORDER, Rule.at("/**/etag").ignored()))
                .isZero();
        assertThat(looks(primary, candidate, ANY_ORDER, Rule.at("/elsewhere/*").within("0.5")))
                .isZero();
        assertThat(differences).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12})
    void oneDifferenceUnderAToleranceCostsLooksInProportionToTheDocument(int depth) {
        Object primary = tree(depth, 2, 0);
        Object candidate = shuffled(tree(depth, 2, 3), new Random(1));

        assertThat(looks(primary, candidate, ANY_ORDER, TOLERANCE)).isLessThan(40 << depth);
        assertThat(differences).hasSize(1);
    }

    @Test
    void elementsOfOtherShapesAreNeverTried() {
        List<Object> primary = new ArrayList<>();
        List<Object> candidate = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            primary.add(Map.of("name", "n" + i, "price", BigDecimal.valueOf(i)));
            candidate.add(Map.of("name", "n" + i, "price", BigDecimal.valueOf(i + 0.25)));
        }
        Collections.shuffle(candidate, new Random(1));

        assertThat(looks(primary, candidate, ANY_ORDER, TOLERANCE)).isLessThan(10 * 5_000);
        assertThat(differences).isEmpty();
    }

    @Test
    void aPairThatHasBeenTriedIsRemembered() {
        List<Object> primary = new ArrayList<>();
        List<Object> candidate = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            primary.add(List.of(new BigDecimal(10 * i), new BigDecimal(20 * i)));
            candidate.add(List.of(new BigDecimal(-10 * i - 3), new BigDecimal(-20 * i - 3)));
        }

        int looks = looks(List.of(primary, List.of()), List.of(List.of(), candidate), ANY_ORDER, TOLERANCE);

        assertThat(looks).isLessThan(200 * 200 * 20);
    }

    @Test
    void whatNobodyCanTryEndsOverTheBudgetWithTheNameOfTheLimit() {
        Random random = new Random(43);
        Object primary = numbers(3, 30, random, 99);
        Object candidate = numbers(3, 30, random, 10_000);

        assertThatThrownBy(() -> json().rules(ANY_ORDER, Rule.at("/**").within("50"))
                        .compare(JsonText.of(primary), JsonText.of(candidate)))
                .isInstanceOf(OverBudgetException.class)
                .hasMessageContaining("limit of " + Budget.LOOKS + " looks");
    }

    @Test
    void allArraysOfADocumentShareTheBudget() {
        Random random = new Random(43);
        Object primary = numbers(2, 15, random, 99);
        Object candidate = numbers(2, 15, random, 10_000);
        Rule[] rules = {
            Rule.at("/*").anyOrder(), Rule.at("/*/*").anyOrder(), Rule.at("/**").within("50")
        };

        int looks = looks(List.of(primary), List.of(candidate), rules);
        int looksAtTwo = looks(List.of(primary, primary), List.of(candidate, candidate), rules);

        assertThat(looks).isPositive();
        assertThat(looksAtTwo).isGreaterThan(looks);
    }

    private int looks(Object primary, Object candidate, Rule... rules) {
        Budget budget = new Budget();
        Walk walk = new Walk(PlainTrees.PLAIN, 100, Leniency.NONE, new HiddenCounts(), budget);
        differences.clear();
        differences.addAll(
                walk.differences(primary, candidate, RuleSet.of(rules).root(Instant.EPOCH)));
        return budget.spent();
    }

    /** Nested arrays of so many elements with different numbers inside, the last of which is a little larger. */
    private static Object tree(int depth, int width, int more) {
        int[] next = {0};
        int last = (int) Math.pow(width, depth) - 1;
        return tree(depth, width, last, more, next);
    }

    private static Object tree(int depth, int width, int last, int more, int[] next) {
        if (depth == 0) {
            int number = next[0]++;
            return new BigDecimal(7 * number + (number == last ? more : 0));
        }
        return IntStream.range(0, width)
                .mapToObj(i -> tree(depth - 1, width, last, more, next))
                .toList();
    }

    /** Arrays of numbers below 100 that are mostly alike, but for the last one of each. */
    private static Object numbers(int depth, int width, Random random, int last) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int number = i == width - 1 ? last : random.nextInt(100);
            elements.add(depth == 1 ? new BigDecimal(number) : numbers(depth - 1, width, random, last));
        }
        return elements;
    }

    private static Object shuffled(Object value, Random random) {
        if (!(value instanceof List<?> elements)) {
            return value;
        }
        List<Object> copy = new ArrayList<>(
                elements.stream().map(element -> shuffled(element, random)).toList());
        Collections.shuffle(copy, random);
        return copy;
    }
}
