package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.UncomparableException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ObjectRuleTest {

    @Secret
    interface Credential {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Volatile {}

    enum Status {
        PAID,
        P
    }

    record Item(String sku, double price, @Nullable Object note) {}

    record Quote(Object id, Object issuedAt, Object status, Object items, Object meta) {}

    record Stamped(String name, @Volatile Object stamp) {}

    static final class Bean {
        private final Object stamp;

        Bean(Object stamp) {
            this.stamp = stamp;
        }

        @Volatile
        Object getStamp() {
            return stamp;
        }
    }

    record Money(String amount, String currency) {
        BigDecimal value() {
            return new BigDecimal(amount);
        }
    }

    /** Equal if the names are, whatever the number. */
    static final class Named {
        private final String name;
        private final int number;

        Named(String name, int number) {
            this.name = name;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name + number;
        }
    }

    @Test
    @Tag("case-42")
    void aPathRespectsSegments() {
        Map<String, Integer> map = Map.of("a", 1, "ab", 1);
        Map<String, Integer> other = Map.of("a", 2, "ab", 2);

        assertThat(objects().ignoring("/a").compare(map, other))
                .extracting(Difference::path)
                .containsExactly("/ab");
        assertThat(objects().ignoring("/*/price").compare(List.of(item("a", 1)), List.of(item("a", 2))))
                .isEmpty();
    }

    @Test
    void everyRuleWorksOnObjectsAsOnJson() {
        RuleSet rules = RuleSet.of(
                Rule.at("/id").uuid(),
                Rule.at("/issuedAt").withinTime(Duration.ofSeconds(2)),
                Rule.at("/status").mapped(Map.of("P", "PAID")),
                Rule.at("/items").byKey("/sku"),
                Rule.at("/items/*/price").within("0.01"),
                Rule.at("/items/*/note").ignoringCase(),
                Rule.at("/meta")
                        .accepting((primary, candidate) -> primary instanceof List && candidate instanceof Map));
        Quote quote = new Quote(
                UUID.randomUUID(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Status.PAID,
                List.of(item("a", 1), new Item("b", 2, "n")),
                List.of(1));
        Quote other = new Quote(
                UUID.randomUUID().toString(),
                OffsetDateTime.parse("2026-01-01T01:00:01+01:00"),
                Status.P,
                List.of(new Item("b", 2.005, "N"), item("a", 1)),
                Map.of("a", 1));

        List<Difference> differences = objects().rules(rules).compare(quote, other);

        assertThat(differences).isEmpty();
        assertThat(rules.rules()).extracting(rules::hidden).containsOnly(1L);
    }

    @Test
    void rulesOfScalarsDoNotNeedATree() {
        RuleSet rules = RuleSet.of(
                Rule.at("/id").uuid(),
                Rule.at("/issuedAt").withinTime(Duration.ofSeconds(2)),
                Rule.at("/items/*/price").within("0.01"),
                Rule.at("/items/*/note").blankAsMissing(),
                Rule.at("/meta").ignored());
        Quote quote =
                new Quote(UUID.randomUUID(), Instant.EPOCH, Status.P, Set.of(new Item("a", 1, null)), new Object());
        Quote other = new Quote(
                UUID.randomUUID(), Instant.EPOCH.plusSeconds(1), "P", Set.of(new Item("a", 1.01, "")), new Object());

        boolean seesNoDifference = objects().rules(rules).seesNoDifference(quote, other);

        assertThat(seesNoDifference).isTrue();
        assertThat(rules.rules()).extracting(rules::hidden).containsOnly(1L);
    }

    @Test
    @Tag("case-43")
    void anyOrderCountsDuplicates() {
        ObjectComparator anyOrder = objects().rules(Rule.at("").anyOrder());

        assertThat(anyOrder.compare(List.of(item("a", 1), item("b", 1)), List.of(item("b", 1), item("a", 1))))
                .isEmpty();
        assertThat(anyOrder.compare(
                        List.of(item("a", 1), item("a", 1), item("b", 1)),
                        List.of(item("a", 1), item("b", 1), item("b", 1))))
                .extracting(Difference::path)
                .containsExactly("/1/sku");
    }

    @Test
    void rulesApplyInsideSets() {
        Set<Item> set = new LinkedHashSet<>(List.of(item("a", 1), item("b", 2), item("c", 3)));
        Set<Item> other = new LinkedHashSet<>(List.of(item("c", 3.001), item("b", 2.001), item("a", 1.001)));
        RuleSet rules = RuleSet.of(Rule.at("/*/price").within("0.01"));

        assertThat(objects().rules(rules).compare(set, other)).isEmpty();
        assertThat(rules.rules()).extracting(rules::hidden).containsExactly(3L);
        assertThat(objects().compare(set, other)).hasSize(6);
    }

    @Test
    void aDocumentIsRestructured() {
        ObjectComparator comparator = objects()
                .rules(
                        Rule.onCandidate().rename("/amount", "/price"),
                        Rule.onPrimary().transform("drop note", document -> {
                            ((Map<?, ?>) document).remove("note");
                            return document;
                        }));

        assertThat(comparator.compare(item("a", 1), Map.of("sku", "a", "amount", 1)))
                .isEmpty();
    }

    @Test
    void aDifferenceWeighsWhatARuleSays() {
        ObjectComparator comparator = objects().rules(Rule.at("/price").weighing(Severity.CRITICAL));

        assertThat(comparator.compare(item("a", 1), item("b", 2)))
                .extracting(Difference::severity)
                .containsExactly(Severity.MAJOR, Severity.CRITICAL);
    }

    @Test
    void whatIsIgnoredIsNotLookedInto() {
        ObjectComparator comparator = objects().ignoring("/items/*/note", "/meta");
        Quote quote = new Quote(1, 1, 1, List.of(new Item("a", 1, new Explosive())), new Explosive());
        Quote other = new Quote(1, 1, 2, List.of(new Item("a", 1, new Explosive())), List.of(new Explosive()));

        assertThat(comparator.compare(quote, other))
                .extracting(Difference::path)
                .containsExactly("/status");
        assertThat(comparator.rules().rules())
                .extracting(comparator.rules()::hidden)
                .containsExactly(1L, 1L);
    }

    @Test
    void whatIsIgnoredInsideWhatMayBeAcceptedAsAWholeIsStillIgnored() {
        Rule[] rules = {Rule.at("/a/b").ignored(), Rule.at("/a").presenceOnly()};
        String document = "{\"a\":{\"b\":{\"x\":1}},\"c\":1}";
        String other = "{\"a\":{\"b\":{\"x\":2}},\"c\":2}";

        assertThat(json().rules(rules).compare(document, other))
                .extracting(Difference::path)
                .containsExactly("/c");
        assertThat(objects()
                        .rules(rules)
                        .compare(
                                Map.of("a", Map.of("b", item("x", 1)), "c", 1),
                                Map.of("a", Map.of("b", item("x", 2)), "c", 2)))
                .extracting(Difference::path)
                .containsExactly("/c");
    }

    @Test
    void whatIsIgnoredInACycleIsCountedOnce() {
        RuleSet rules = RuleSet.of(Rule.at("/**/stamp").ignored());

        List<Difference> differences = objects().rules(rules).compare(ring(1), ring(2));

        assertThat(differences).isEmpty();
        assertThat(rules.rules()).extracting(rules::hidden).containsExactly(2L);
    }

    private static List<Object> ring(int stamp) {
        List<Object> ring = new ArrayList<>();
        ring.add(new Bean(ring));
        ring.add(new Stamped("a", stamp));
        ring.add(ring);
        return ring;
    }

    @Test
    void whatIsAnnotatedIsLeftOut() {
        ObjectComparator comparator = objects().ignoringAnnotated(Volatile.class);

        assertThat(comparator.compare(new Stamped("a", 1), new Stamped("a", new Explosive())))
                .isEmpty();
        assertThat(comparator.compare(new Stamped("a", 1), Map.of("name", "b")))
                .extracting(Difference::path)
                .containsExactly("/name");
        assertThat(comparator.compare(new Bean(1), new Bean(2))).isEmpty();
        assertThat(objects().compare(new Bean(1), new Bean(2))).hasSize(1);
    }

    @Test
    void aTypeIsComparedByEquals() {
        ObjectComparator comparator = objects().byEquals(Named.class);
        List<Named> names = List.of(new Named("a", 1), new Named("b", 2), new Named("c", 3));
        List<Named> others = List.of(new Named("a", 4), new Named("x", 2), new Named("c", 3));

        assertThat(comparator.compare(names.get(0), others.get(0))).isEmpty();
        assertThat(comparator.compare(names, others)).singleElement().satisfies(difference -> {
            assertThat(difference.path()).isEqualTo("/1");
            assertThat(difference.primary()).isEqualTo("b2");
            assertThat(difference.candidate()).isEqualTo("x2");
        });
        assertThat(comparator.compare(Set.of(new Named("a", 1), 1), Set.of(new Named("a", 2), 1)))
                .isEmpty();
        assertThat(objects().compare(names.get(0), others.get(0)))
                .extracting(Difference::path)
                .containsExactly("/number");
    }

    @Test
    void unequalValuesThatLookTheSameDiffer() {
        ObjectComparator comparator = objects().byEquals(Named.class);

        assertThat(comparator.compare(new Named("a1", 1), new Named("a", 11))).hasSize(1);
        assertThat(comparator.compare(
                        Set.of(new Named("a1", 1), new Named("a", 11)), Set.of(new Named("a", 11), new Named("b", 1))))
                .hasSize(1);
    }

    @Test
    void aTypeIsComparedByWhatIsReadOfIt() {
        ObjectComparator comparator = objects()
                .reading(Money.class, Money::value)
                .rules(Rule.at("/**").within("0.005"));
        List<Money> prices = List.of(new Money("1.0", "EUR"), new Money("2", "EUR"));

        assertThat(comparator.compare(prices, List.of(new Money("1.00", "euro"), new Money("2.004", "EUR"))))
                .isEmpty();
        assertThat(comparator.compare(prices, List.of(1, 3)))
                .extracting(Difference::path)
                .containsExactly("/1");
        assertThat(objects().reading(String.class, String::strip).compare(List.of(" a"), List.of("a ")))
                .isEmpty();
    }

    @Test
    void aSecretOfAnObjectIsInNoDifference() {
        record Card(String holder, @Secret String number) {}
        record Customer(String name, Card card, @Secret List<String> notes) {}
        List<Object> customers = new ArrayList<>(List.of(new Customer("a", new Card("b", "4111"), List.of("x"))));
        List<Object> others = new ArrayList<>(List.of(new Customer("a", new Card("b", "4222"), List.of("y"))));

        List<Difference> differences = objects().compare(customers, others);
        List<Difference> whole = objects().compare(customers, List.of());

        assertThat(differences).extracting(Difference::path).containsExactly("/0/card/number", "/0/notes/0");
        assertThat(DifferenceReport.of(differences, Redactor.showingAll()).text())
                .doesNotContain("4111", "4222", "x", "y")
                .contains("<secret>");
        assertThat(DifferenceReport.of(whole, Redactor.showingAll()).text())
                .isEqualTo("missing at /0: {\"name\":\"a\",\"card\":{\"holder\":\"b\",\"number\":\"<secret>\"},"
                        + "\"notes\":\"<secret>\"} -> nothing");
        assertThat(DifferenceReport.of(differences).unifiedDiff()).doesNotContain("4111", "4222");
    }

    @Test
    void aSecretTypeIsInNoDifference() {
        @Secret
        record Token(String text) {}
        record Session(List<Token> tokens) {}

        List<Difference> inside =
                objects().compare(new Session(List.of(new Token("t0"))), new Session(List.of(new Token("t1"))));
        List<Difference> alone = objects().compare(List.of(new Token("t0")), List.of(new Token("t1")));

        assertThat(inside).extracting(Difference::primary).containsExactly("<secret>");
        assertThat(alone).extracting(Difference::candidate).containsExactly("<secret>");
    }

    @Test
    void aSecretTypeIsInNoDifferenceWhateverIsReadOfIt() {
        record Token(String value) implements Credential {}
        record Login(String user, Token token) {}
        ObjectComparator comparator = objects().reading(Token.class, Token::value);

        List<Difference> read =
                comparator.compare(new Login("a", new Token("1234")), new Login("a", new Token("4321")));
        List<Difference> alone = comparator.compare(new Token("1234"), new Token("4321"));

        assertThat(read).extracting(Difference::primary).containsExactly("<secret>");
        assertThat(alone).extracting(Difference::candidate).containsExactly("<secret>");
    }

    @Test
    void aSecretIsInNoDifferenceWhereverARuleHasMovedIt() {
        record Old(String name, @Secret String pin) {}
        record New(String name, String code) {}
        Rule renamed = Rule.onPrimary().rename("/pin", "/code");
        Rule reversed = Rule.onPrimary().transform("as a list", old -> List.of(((Map<?, ?>) old).get("pin")));

        List<Difference> moved = objects().rules(renamed).compare(new Old("Ada", "1234"), new New("Bob", "4321"));
        List<Difference> anywhere = objects().rules(reversed).compare(new Old("Ada", "1234"), List.of("4321"));

        assertThat(moved).extracting(Difference::primary).containsExactly("Ada", "<secret>");
        assertThat(anywhere).extracting(Difference::primary).containsExactly("<secret>");
    }

    @Test
    void aFailingReadingIsNoVerdict() {
        ObjectComparator comparator = objects().reading(Money.class, Money::value);

        assertThatThrownBy(() -> comparator.compare(List.of(new Money("x", "EUR")), List.of(new Money("y", "EUR"))))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the primary's answer cannot be read at /*: java.lang.NumberFormatException was thrown");
    }

    private static Item item(String sku, double price) {
        return new Item(sku, price, null);
    }

    /** Fails whatever is asked of it. */
    static final class Explosive extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public int size() {
            throw new IllegalStateException();
        }

        @Override
        public java.util.Iterator<Object> iterator() {
            throw new IllegalStateException();
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException();
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException();
        }

        @Override
        public String toString() {
            throw new IllegalStateException();
        }
    }

    @Test
    void aPathAsItIsReportedNamesThatPlace() {
        Map<String, List<Map<String, Integer>>> primary = Map.of("a~/b", List.of(Map.of("n", 1), Map.of("n", 1)));
        Map<String, List<Map<String, Integer>>> candidate = Map.of("a~/b", List.of(Map.of("n", 2), Map.of("n", 2)));
        String reported = objects().compare(primary, candidate).get(1).path();

        List<Difference> differences = objects().ignoring(reported).compare(primary, candidate);

        assertThat(reported).isEqualTo("/a~0~1b/1/n");
        assertThat(differences).extracting(Difference::path).containsExactly("/a~0~1b/0/n");
    }

    @Test
    void oneMomentInTwoClassesOfTimeIsEqualByARule() {
        Instant moment = Instant.parse("2026-01-01T00:00:00Z");
        Map<String, Object> primary = Map.of("at", moment);
        Map<String, Object> candidate = Map.of("at", moment.atOffset(ZoneOffset.ofHours(1)));

        assertThat(objects().compare(primary, candidate)).hasSize(1);
        assertThat(objects().rules(Rule.at("/at").withinTime(Duration.ZERO)).compare(primary, candidate))
                .isEmpty();
    }
}
