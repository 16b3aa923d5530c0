package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-47")
class RestructuringTest {

    private static final Instant NOW = Instant.EPOCH;

    @Test
    void aValueMovesToAnotherPlace() {
        Map<String, Object> document = Map.of("customer", Map.of("name", "Ada", "id", "7"));
        RuleSet rules = RuleSet.of(Rule.onCandidate().rename("/customer/name", "/customerName"));

        Object restructured = rules.restructured(Side.CANDIDATE, document, NOW);

        assertThat(restructured).isEqualTo(Map.of("customer", Map.of("id", "7"), "customerName", "Ada"));
        assertThat(rules.restructured(Side.PRIMARY, document, NOW)).isSameAs(document);
        assertThat(rules.hidden(rules.rules().get(0))).isEqualTo(1);
    }

    @Test
    void anObjectThatIsEmptiedByTheMoveIsGoneAndOneThatIsNeededIsMade() {
        Map<String, Object> document = Map.of("a", Map.of("b", "x"));

        Object restructured = restructured(Rule.onPrimary().rename("/a/b", "/c/d"), document);

        assertThat(restructured).isEqualTo(Map.of("c", Map.of("d", "x")));
    }

    @Test
    void valuesMoveInEveryElement() {
        Map<String, Object> document =
                Map.of("items", List.of(Map.of("cost", "1"), "text", Map.of("name", "x"), Map.of("cost", "2")));

        Object restructured = restructured(Rule.onPrimary().rename("/items/*/cost", "/items/*/price"), document);

        assertThat(restructured)
                .isEqualTo(Map.of(
                        "items", List.of(Map.of("price", "1"), "text", Map.of("name", "x"), Map.of("price", "2"))));
    }

    @Test
    void aPlaceInAnArrayIsMeantByItsIndex() {
        List<Object> document = List.of(Map.of("a", "1"), Map.of("a", "2"));

        Object restructured = restructured(Rule.onPrimary().rename("/*/a", "/*/b"), document);

        assertThat(restructured).isEqualTo(List.of(Map.of("b", "1"), Map.of("b", "2")));
    }

    @Test
    void nothingIsOverwrittenAndNothingIsMadeOfNothing() {
        Rule rule = Rule.onPrimary().rename("/a", "/b/c");

        for (Map<String, Object> document : List.<Map<String, Object>>of(
                Map.of(), Map.of("x", "1"), Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", Map.of("c", "2")))) {
            assertThat(restructured(rule, document)).isSameAs(document);
        }
    }

    @Test
    void nullIsAValueThatMoves() {
        Map<String, Object> document = new java.util.HashMap<>();
        document.put("a", null);

        Object restructured = restructured(Rule.onPrimary().rename("/a", "/b"), document);

        assertThat(restructured)
                .isInstanceOfSatisfying(
                        Map.class, fields -> assertThat(fields.containsKey("b")).isTrue());
    }

    @Test
    void theApplicationMayChangeItsCopyAndReturnAnyPlainValue() {
        Map<String, Object> document = Map.of("a", new ArrayList<>(List.of("x")));
        Rule rule = Rule.onPrimary().transform("count", copy -> {
            if (copy instanceof Map<?, ?> fields && fields.get("a") instanceof List<?> elements) {
                elements.clear();
            }
            return Map.of("size", 1, "rest", List.of(2.5d), "kind", Thread.State.NEW);
        });

        Object restructured = restructured(rule, document);

        assertThat(document).isEqualTo(Map.of("a", List.of("x")));
        assertThat(restructured)
                .isEqualTo(Map.of("size", BigDecimal.ONE, "rest", List.of(new BigDecimal("2.5")), "kind", "NEW"));
    }

    @Test
    void aTransformThatFailsOrReturnsWhatIsNoDocumentLeavesTheDocumentAsItIs() {
        Map<String, Object> document = Map.of("a", "1");
        Rule failing = Rule.onPrimary().transform("fail", copy -> {
            throw new IllegalStateException("no");
        });

        assertThat(restructured(failing, document)).isSameAs(document);
        assertThat(restructured(Rule.onPrimary().transform("thread", copy -> Thread.currentThread()), document))
                .isSameAs(document);
    }

    @Test
    void anExpiredRuleRestructuresNothing() {
        Map<String, Object> document = Map.of("a", "1");
        Rule rule = Rule.onPrimary().rename("/a", "/b").expires(NOW);

        assertThat(restructured(rule, document)).isSameAs(document);
    }

    private static @org.jspecify.annotations.Nullable Object restructured(Rule rule, Object document) {
        return RuleSet.of(rule).restructured(Side.PRIMARY, document, NOW);
    }

    @Test
    void onlyDocumentsThatATransformChangesAreCounted() {
        Rule unwrap = Rule.onPrimary()
                .transform(
                        "unwrap",
                        document -> document instanceof Map<?, ?> fields && fields.containsKey("data")
                                ? fields.get("data")
                                : document);
        RuleSet rules = RuleSet.of(unwrap);
        JsonComparator comparator = json().rules(rules);

        comparator.compare("{\"a\":1.0}", "{\"a\":1}");
        comparator.compare("{\"data\":{\"a\":1}}", "{\"a\":1}");
        comparator.compare("[{\"a\":1}]", "{\"a\":2}");

        assertThat(rules.hidden(unwrap)).isEqualTo(1);
    }
}
