package dev.scientist.comparators;

import static dev.scientist.comparators.Comparators.elements;
import static dev.scientist.comparators.Comparators.http;
import static dev.scientist.comparators.Comparators.text;
import static dev.scientist.comparators.Comparators.tree;
import static dev.scientist.comparators.JsonComparator.json;
import static dev.scientist.comparators.ObjectComparator.objects;
import static dev.scientist.comparators.protobuf.ProtobufComparator.protobuf;
import static dev.scientist.comparators.xml.XmlComparator.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.ResultComparator;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.javacrumbs.jsonunit.core.Option;
import org.junit.jupiter.api.Test;

class DescriptionTest {

    private static final Instant DAY = Instant.parse("2027-01-31T00:00:00Z");

    /** Makes rules that decide differently, each time anew. */
    private static final List<Supplier<Rule>> RULES = List.of(
            () -> Rule.at("/a").ignored(),
            () -> Rule.at("/b").ignored(),
            () -> Rule.at("/a").presenceOnly(),
            () -> Rule.at("/a").within("0.005"),
            () -> Rule.at("/a").within("0.5"),
            () -> Rule.at("/a").withinRelative(0.01),
            () -> Rule.at("/a").scale(2, RoundingMode.HALF_UP),
            () -> Rule.at("/a").scale(2, RoundingMode.HALF_EVEN),
            () -> Rule.at("/a").withinTime(Duration.ofSeconds(1)),
            () -> Rule.at("/a").withinTime(Duration.ofSeconds(1), ZoneId.of("Europe/Berlin")),
            () -> Rule.at("/a").uuid(),
            () -> Rule.at("/a").ulid(),
            () -> Rule.at("/a").hash(),
            () -> Rule.at("/a").matching("[a-z]+"),
            () -> Rule.at("/a").ignoringCase(),
            () -> Rule.at("/a").blankAsMissing(),
            () -> Rule.at("/a").anyOrder(),
            () -> Rule.at("/a").byKey("/id"),
            () -> Rule.at("/a").byKey("/id", "/no"),
            () -> Rule.at("/a").mapped(Map.of("X", "Y", "A", "B", "C", "D")),
            () -> Rule.at("/a").mapped(Map.of("X", "Z", "A", "B", "C", "D")),
            () -> Rule.at("/a").placeholder("any-string"),
            () -> Rule.at("/a").accepting((primary, candidate) -> true),
            () -> Rule.at("/a").accepting((primary, candidate) -> true).named("second version"),
            () -> Rule.at("/a").weighing(Severity.CRITICAL),
            () -> Rule.at("/a").ignored().expires(DAY),
            () -> Rule.at("/a").within("0.5").severity(Severity.MINOR),
            () -> Rule.onCandidate().rename("/a", "/b"),
            () -> Rule.onPrimary().rename("/a", "/b"),
            () -> Rule.onPrimary().transform("sorted", document -> document));

    /** Makes comparators that decide differently, each time anew. */
    private static final List<Supplier<ResultComparator<?>>> COMPARATORS = List.of(
            () -> json(),
            () -> json().mapper(new com.fasterxml.jackson.databind.ObjectMapper()),
            () -> json().when(Option.IGNORING_EXTRA_FIELDS),
            () -> json().when(Option.TREATING_NULL_AS_ABSENT, Option.IGNORING_VALUES),
            () -> json().ignoringArrayOrder(),
            () -> json().tolerance(0.1),
            () -> objects(),
            () -> objects().requiringSameTypes(),
            () -> objects().byEquals(Thread.State.class, Map.Entry.class, Locale.class),
            () -> objects().reading(Locale.class, Locale::name),
            () -> objects().reading(Locale.class, Reading.BY_NAME),
            () -> objects().reading(Locale.class, Reading.BY_LENGTH),
            () -> objects().ignoringAnnotated(Deprecated.class),
            () -> tree(),
            () -> tree(answer -> answer),
            () -> protobuf(),
            () -> xml(),
            () -> xml().ignoring("/a/@b"),
            () -> xml().ignoringElementOrder(),
            () -> xml().ignoringElementOrder("id"),
            () -> xml().normalisingSpace(),
            () -> xml().keepingComments(),
            () -> text(),
            () -> text().ignoringLineEnds(),
            () -> text().ignoringTrailingSpace(),
            () -> text().ignoringLineEnds().ignoringTrailingSpace(),
            () -> text().normalised(String::trim),
            () -> elements(json()),
            () -> elements(objects()),
            () -> elements(json()).first(3),
            () -> elements(elements(json())),
            () -> http(),
            () -> http().headers("etag"),
            () -> http().headers("etag", "location"),
            () -> http().headers("etag, location"),
            () -> xml().ignoringElementOrder("id, no"),
            () -> xml().ignoringElementOrder("id", "no"),
            () -> new OwnRules(RuleSet.of(Rule.at("/a").ignored())),
            () -> new OwnRules(RuleSet.of(Rule.at("/b").ignored())),
            () -> http().json(json().ignoring("/a")),
            () -> http().xml(xml()),
            () -> http().text(text().ignoringLineEnds()),
            () -> http(answer -> new Comparators.HttpAnswer(200, Map.of(), null)));

    @Test
    void comparatorsThatDecideDifferentlyAreDescribedDifferently() {
        assertThat(COMPARATORS)
                .extracting(each -> each.get().description())
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameConfigurationIsDescribedAlikeEachTime() {
        assertThat(COMPARATORS)
                .allSatisfy(each -> assertThat(each.get().description())
                        .isEqualTo(each.get().description())
                        .doesNotContainPattern("Lambda.?[0-9]|0x|@[0-9a-f]{4}"));
    }

    @Test
    void descriptionsOfRuleSetsAreEqualExactlyIfTheRulesAre() {
        Random random = new Random(12);
        Map<String, List<Integer>> known = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            List<Integer> chosen = new ArrayList<>(random.ints(random.nextInt(1, 4), 0, RULES.size())
                    .distinct()
                    .boxed()
                    .toList());
            Collections.shuffle(chosen, random);

            String description = json().rules(rules(chosen)).description();

            List<Integer> before = known.putIfAbsent(description, chosen);
            assertThat(before == null ? chosen : before).isEqualTo(chosen);
            assertThat(objects().rules(rules(chosen)).description())
                    .isEqualTo(objects().rules(rules(chosen)).description());
        }
    }

    @Test
    void whoAnswersForARuleAndWhyIsNoPartOfIt() {
        Rule rule = Rule.at("/a").ignored().named("clock");

        String said = tree().rules(rule.owner("ops").reason("4711")).description();

        assertThat(said)
                .isEqualTo(tree().rules(rule).description())
                .isEqualTo("tree under at(\"/a\").ignored().named(\"clock\")");
    }

    @Test
    void aRuleThatHasExpiredIsMarked() {
        Rule rule = Rule.at("/a").ignored().expires(Instant.EPOCH);

        assertThat(tree().rules(rule).description()).endsWith(" (expired)");
        assertThat(tree().rules(rule.expires(Instant.MAX)).description()).doesNotContain("expired");
    }

    @Test
    void ofTwoReadingsThatFitTheFirstHoldsAndIsWrittenFirst() throws Exception {
        ObjectComparator first = objects().reading(First.class, First::one).reading(Second.class, Second::two);
        ObjectComparator second = objects().reading(Second.class, Second::two).reading(First.class, First::one);

        assertThat(first.description()).isNotEqualTo(second.description());
        assertThat(first.compare(new Both(1, 2), new Both(1, 3))).isEmpty();
        assertThat(second.compare(new Both(1, 2), new Both(1, 3))).hasSize(1);
    }

    @Test
    void aPartThatSaysNothingIsRefused() {
        ResultComparator<Object> silent = new ResultComparator<>() {
            @Override
            public List<Difference> compare(Object primary, Object candidate) {
                return List.of();
            }

            @Override
            public String description() {
                return " ";
            }
        };

        assertThatIllegalStateException().isThrownBy(() -> elements(silent).description());
        assertThatIllegalStateException().isThrownBy(() -> http().json(silent).description());
    }

    @Test
    void whatOneComparatorOfSeveralPartsHidesIsCountedOnce() throws Exception {
        Rule rule = Rule.at("/a").ignored();
        Comparators.Elements shared = elements(json().rules(rule));
        RuleSet rules = RuledComparator.rulesOf(http().json(shared).xml(shared)).orElseThrow();

        shared.compare(List.of("{\"a\":1}"), List.of("{\"a\":2}"));

        assertThat(rules.hidden(rule)).isEqualTo(1);
    }

    @Test
    void limitsAreNoPartOfIt() {
        assertThat(json().maxDifferences(3).description()).isEqualTo(json().description());
        assertThat(objects().maxDifferences(3).description())
                .isEqualTo(objects().description());
        assertThat(tree().maxDifferences(3).description()).isEqualTo(tree().description());
        assertThat(protobuf().maxDifferences(3).description())
                .isEqualTo(protobuf().description());
        assertThat(xml().maxDifferences(3).description()).isEqualTo(xml().description());
        assertThat(text().maxDifferences(3).maxCharacters(9).description()).isEqualTo(text().description());
        assertThat(elements(json()).maxDifferences(3).most(9).description())
                .isEqualTo(elements(json()).description());
        assertThat(http().maxBody(9).description()).isEqualTo(http().description());
    }

    @Test
    void aLimitIsPartOfItWhereARuleWeighsSinceItMayHideTheGravestDifference() {
        Rule rule = Rule.at("/a").weighing(Severity.MINOR);
        List<RuledComparator<?>> weighing = List.of(
                json().rules(rule),
                objects().rules(rule),
                tree().rules(rule),
                protobuf().rules(rule));

        assertThat(weighing)
                .allSatisfy(each -> assertThat(each.maxDifferences(3).description())
                        .endsWith(", reporting at most 3")
                        .isNotEqualTo(each.description()));
    }

    @Test
    void snapshotsAreDescribedByTheirComparator() {
        assertThat(objects().ignoring("/a").snapshot().description())
                .isEqualTo("snapshot of objects under at(\"/a\").ignored()");
        assertThat(json().snapshot().description()).isEqualTo("snapshot of " + json().description());
    }

    @Test
    void rulesAreFoundInEveryComparatorThatHasSome() {
        Rule rule = Rule.at("/a").ignored();
        Stream<RuledComparator<?>> ruled = Stream.of(
                json().rules(rule),
                objects().rules(rule),
                tree().rules(rule),
                protobuf().rules(rule));

        assertThat(ruled)
                .allSatisfy(each -> assertThat(RuledComparator.rulesOf(each)).containsSame(each.rules()));
        assertThat(RuledComparator.rulesOf(ResultComparator.equality())).isEmpty();
        assertThat(RuledComparator.rulesOf(text())).isEmpty();
        assertThat(RuledComparator.rulesOf(elements(text()))).isEmpty();
        assertThat(RuledComparator.rulesOf(objects().rules(rule).snapshot()))
                .hasValueSatisfying(rules -> assertThat(rules.rules()).containsExactly(rule));
    }

    @Test
    void rulesOfPartsCountWhatTheyHideThere() throws Exception {
        Rule rule = Rule.at("/a").ignored();
        Comparators.Elements lists = elements(elements(json().rules(rule)));
        RuleSet rules = RuledComparator.rulesOf(lists).orElseThrow();

        List<Difference> differences =
                lists.compare(List.of(List.of("{\"a\":1}", "{\"a\":2}")), List.of(List.of("{\"a\":3}", "{\"a\":4}")));

        assertThat(differences).isEmpty();
        assertThat(rules.rules()).containsExactly(rule);
        assertThat(rules.hidden(rule)).isEqualTo(2);
    }

    @Test
    void rulesAreProposedForPlacesInTheirParts() throws Exception {
        Comparators.Http<Integer> responses = http(answer ->
                new Comparators.HttpAnswer(200, Map.of("content-type", List.of("application/json")), body(answer)));
        RuleProposals proposals =
                RuleProposals.to(RuledComparator.rulesOf(responses).orElseThrow());

        for (int i = 0; i < 20; i++) {
            proposals.observe(responses.compare(i, i + 1_000));
            proposals.observe(List.of(Difference.of("/headers/x-id/0", Difference.Kind.CHANGED, body(i), body(-i))));
        }

        assertThat(proposals.proposals())
                .extracting(proposal -> proposal.rule().toString())
                .singleElement()
                .asString()
                .startsWith("at(\"/id\")");
    }

    private static String body(int seed) {
        return "{\"id\":\"" + new java.util.UUID(seed * 31L, 0x8000_0000_0000_0000L | seed) + "\"}";
    }

    private static Rule[] rules(List<Integer> chosen) {
        return chosen.stream().map(index -> RULES.get(index).get()).toArray(Rule[]::new);
    }

    private record Locale(String name) {}

    private enum Reading implements Function<Locale, Object> {
        BY_NAME,
        BY_LENGTH;

        @Override
        public Object apply(Locale locale) {
            return this == BY_NAME ? locale.name() : locale.name().length();
        }
    }

    private interface First {
        int one();
    }

    private interface Second {
        int two();
    }

    private record Both(int one, int two) implements First, Second {}

    private record OwnRules(RuleSet rules) implements RuledComparator<Object> {

        @Override
        public RuledComparator<Object> rules(Rule... more) {
            return new OwnRules(rules.and(more));
        }

        @Override
        public RuledComparator<Object> maxDifferences(int most) {
            return this;
        }

        @Override
        public List<Difference> compare(Object primary, Object candidate) {
            return List.of();
        }
    }
}
