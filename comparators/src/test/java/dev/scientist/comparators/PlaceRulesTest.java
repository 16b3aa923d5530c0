package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.scientist.Difference.Severity;
import dev.scientist.UncomparableException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class PlaceRulesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String UUID = "123e4567-e89b-12d3-a456-426614174000";
    private static final String ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

    /** Takes about the eighth power of the text's length, and no shortcut of the JDK helps. */
    private static final String BACKTRACKING = "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x";

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(RuleSet.class);

    @BeforeEach
    void listen() {
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(appender);
    }

    static Stream<Arguments> accepted() {
        Rule.Places a = Rule.at("/a");
        return Stream.of(
                Arguments.of(a.ignored(), 1, List.of()),
                Arguments.of(a.presenceOnly(), 1, "x"),
                Arguments.of(a.within("0.5"), "1", "1.5"),
                Arguments.of(a.within("0.5"), 1, "1.5"),
                Arguments.of(a.within("0.5"), 2, "1.5"),
                Arguments.of(a.within("0"), "1.0", "1"),
                Arguments.of(a.withinRelative(0.1), 100, 110),
                Arguments.of(a.withinRelative(0.1), -100, -90),
                Arguments.of(a.scale(2, RoundingMode.HALF_UP), "1.005", "1.01"),
                Arguments.of(a.scale(-2, RoundingMode.DOWN), 199, 100),
                Arguments.of(a.uuid(), UUID, UUID.replace('1', 'F')),
                Arguments.of(a.ulid(), ULID, ULID.replace('3', 'z')),
                Arguments.of(a.hash(), MD5, MD5.replace('d', 'E')),
                Arguments.of(a.matching("[a-z]+"), "abc", "x"),
                Arguments.of(a.ignoringCase(), "Straße", "STRAßE"),
                Arguments.of(a.blankAsMissing(), null, " "),
                Arguments.of(a.blankAsMissing(), List.of(), Map.of()),
                Arguments.of(a.mapped(Map.of("NEW", "1", "2", "OLD")), 1, "NEW"),
                Arguments.of(a.mapped(Map.of("NEW", "1", "2", "OLD")), "OLD", "2.0"),
                Arguments.of(a.mapped(Map.of("true", "Y")), "Y", true),
                Arguments.of(a.accepting((primary, candidate) -> Objects.equals(candidate, "x")), null, "x"),
                Arguments.of(a.placeholder("any-string"), "x", "y"),
                Arguments.of(a.placeholder("#{json-unit.any-number}"), 1, 2),
                Arguments.of(a.placeholder("any-boolean"), true, false),
                Arguments.of(a.placeholder("any-array"), List.of(1), List.of()),
                Arguments.of(a.placeholder("ignore"), List.of(1), 2),
                Arguments.of(a.placeholder("regex [a-z]+"), "x", "y"),
                Arguments.of(a.placeholder("${json-unit.regex}[a-z]+"), "x", "y"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    @Tag("case-47")
    void aRuleAcceptsWhatItIsAbout(Rule rule, @Nullable Object primary, @Nullable Object candidate) {
        RuleSet rules = RuleSet.of(rule);

        boolean isHidden = at(rules, "a").hides(plain(primary), plain(candidate));

        assertThat(isHidden).isTrue();
        assertThat(rules.hidden(rule)).isEqualTo(1);
        assertThat(appender.list).isEmpty();
    }

    static Stream<Arguments> refused() {
        Rule.Places a = Rule.at("/a");
        return Stream.of(
                Arguments.of(a.presenceOnly(), null, 1),
                Arguments.of(a.presenceOnly(), 1, null),
                Arguments.of(a.within("0.5"), 1, "1.500000001"),
                Arguments.of(a.within("5"), 1, null),
                Arguments.of(a.within("5"), 1, true),
                Arguments.of(a.within("5"), 1, List.of()),
                Arguments.of(a.withinRelative(0.1), 100, "110.01"),
                Arguments.of(a.withinRelative(0.1), 110, "98.99"),
                Arguments.of(a.withinRelative(0.1), 0, "0.001"),
                Arguments.of(a.withinRelative(0.1), -100, 100),
                Arguments.of(a.scale(2, RoundingMode.HALF_UP), "1.004", "1.005"),
                Arguments.of(a.uuid(), UUID, UUID.replace("-", "")),
                Arguments.of(a.uuid(), UUID, UUID.replace('1', 'g')),
                Arguments.of(a.uuid(), UUID, UUID + "0"),
                Arguments.of(a.uuid(), UUID, UUID.replace('1', '١')),
                Arguments.of(a.uuid(), UUID, null),
                Arguments.of(a.ulid(), ULID, "8" + ULID.substring(1)),
                Arguments.of(a.ulid(), ULID, ULID.replace('3', 'U')),
                Arguments.of(a.hash(), MD5, MD5 + "00000000"),
                Arguments.of(a.hash(), MD5, MD5.replace('d', 'x')),
                Arguments.of(a.hash(), "abc", "abd"),
                Arguments.of(a.matching("[a-z]+"), "abc", "x1"),
                Arguments.of(a.matching("[0-9]+"), 1, 2),
                Arguments.of(a.ignoringCase(), "a", "b"),
                Arguments.of(a.ignoringCase(), "a", null),
                Arguments.of(a.blankAsMissing(), null, 0),
                Arguments.of(a.blankAsMissing(), List.of(""), null),
                Arguments.of(a.anyOrder(), List.of(1, 2), List.of(2, 1)),
                Arguments.of(a.byKey("/id"), List.of(1), List.of(2)),
                Arguments.of(a.mapped(Map.of("NEW", "1")), "NEW", 1),
                Arguments.of(a.mapped(Map.of("NEW", "1")), 2, "NEW"),
                Arguments.of(a.mapped(Map.of("NEW", "1")), null, "NEW"),
                Arguments.of(a.accepting((primary, candidate) -> false), 1, 2),
                Arguments.of(a.placeholder("any-string"), "x", 1),
                Arguments.of(a.placeholder("any-string"), 1, "x"),
                Arguments.of(a.placeholder("any-number"), 1, "${json-unit.any-number}"),
                Arguments.of(a.placeholder("any-array"), List.of(), Map.of()),
                Arguments.of(a.placeholder("missing-or-null"), null, 1),
                Arguments.of(a.weighing(Severity.MINOR), 1, 2));
    }

    @ParameterizedTest
    @MethodSource("refused")
    @Tag("case-47")
    void aRuleRefusesEverythingElse(Rule rule, @Nullable Object primary, @Nullable Object candidate) {
        RuleSet rules = RuleSet.of(rule);

        boolean isHidden = at(rules, "a").hides(plain(primary), plain(candidate));

        assertThat(isHidden).isFalse();
        assertThat(rules.hidden(rule)).isZero();
        assertThat(appender.list).isEmpty();
    }

    static Stream<Arguments> absent() {
        Rule.Places a = Rule.at("/a");
        return Stream.of(
                Arguments.of(a.ignored(), 1, true),
                Arguments.of(a.blankAsMissing(), null, true),
                Arguments.of(a.blankAsMissing(), "", true),
                Arguments.of(a.blankAsMissing(), Map.of(), true),
                Arguments.of(a.blankAsMissing(), 0, false),
                Arguments.of(a.presenceOnly(), 1, false),
                Arguments.of(a.uuid(), UUID, false),
                Arguments.of(a.accepting((primary, candidate) -> true), 1, false),
                Arguments.of(a.placeholder("ignore-element"), 1, true),
                Arguments.of(a.placeholder("ignore"), 1, false),
                Arguments.of(a.placeholder("missing-or-null"), null, true),
                Arguments.of(a.placeholder("missing-or-null"), 1, false),
                Arguments.of(a.placeholder("any-string"), "x", false));
    }

    @ParameterizedTest
    @MethodSource("absent")
    @Tag("case-44")
    void aMissingValueIsHiddenByRulesAboutAbsenceOnly(Rule rule, @Nullable Object present, boolean isHidden) {
        RuleSet rules = RuleSet.of(rule);

        boolean hides = at(rules, "a").hidesAbsence(plain(present));

        assertThat(hides).isEqualTo(isHidden);
        assertThat(rules.hidden(rule)).isEqualTo(isHidden ? 1 : 0);
    }

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of("2026-01-01T00:00:00Z", "2026-01-01T00:00:05Z", true),
                Arguments.of("2026-01-01T00:00:00Z", "2026-01-01T00:00:05.000000001Z", false),
                Arguments.of("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", true),
                Arguments.of("2026-01-01T00:00:00Z", "2026-01-01T01:00:00.000+0100", true),
                Arguments.of("2026-01-01T00:00:00Z", "2026-01-01T01:00+01:00[Europe/Berlin]", true),
                Arguments.of("2026-01-01T00:00:00Z", "2026-01-01T01:00:00", true),
                Arguments.of("2026-07-01T00:00:00Z", "2026-07-01T02:00:00", true),
                Arguments.of("2026-07-01T00:00:00Z", "2026-07-01T01:00:00", false),
                Arguments.of("2026-07-01", "2026-07-01", true),
                Arguments.of("2026-07-01", "2026-07-02", false),
                Arguments.of("2026-07-01", "2026-06-30T22:00:00Z", false),
                Arguments.of(1_767_225_600, 1_767_225_605, true),
                Arguments.of(1_767_225_600, 1_767_225_606, false),
                Arguments.of("1767225600.123456789", "1767225605.123456789", true),
                Arguments.of("1767225600.123456789", "1767225605.123456790", false),
                Arguments.of("1767225600123", "1767225605123", true),
                Arguments.of("1767225600123", "1767225605124", false),
                Arguments.of("1767225600123000", "1767225605123000", true),
                Arguments.of("1767225600123000000", "1767225605123000001", false),
                Arguments.of("1767225600", "1767225600000", false),
                Arguments.of("1e30", "1e30", false),
                Arguments.of(1_767_225_600, "2026-01-01T00:00:00Z", false),
                Arguments.of("2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z", false),
                Arguments.of("2026-01-01T00:00:00Z", "yesterday, or so", false),
                Arguments.of("2026-01-01T00:00:00Z", null, false));
    }

    @ParameterizedTest
    @MethodSource("times")
    @Tag("case-47")
    void timesAgreeWithinTheToleranceAndTheZone(
            @Nullable Object primary, @Nullable Object candidate, boolean isAccepted) {
        Rule rule = Rule.at("/a").withinTime(Duration.ofSeconds(5), ZoneId.of("Europe/Berlin"));

        PlaceRules rules = at(RuleSet.of(rule), "a");

        assertThat(rules.accepts(plain(primary), plain(candidate))).isEqualTo(isAccepted);
        assertThat(rules.accepts(plain(candidate), plain(primary))).isEqualTo(isAccepted);
    }

    @Test
    void withoutAZoneClocksAreComparedWithClocks() {
        PlaceRules rules = at(RuleSet.of(Rule.at("/a").withinTime(Duration.ofSeconds(5))), "a");

        assertThat(rules.accepts("2026-01-01T00:00:00", "2026-01-01T00:00:05")).isTrue();
        assertThat(rules.accepts("2026-01-01T00:00:00", "2026-01-01T00:00:00Z")).isFalse();
    }

    @Test
    @Tag("case-23")
    void theFirstRuleThatAcceptsIsCountedAndOneThatThrowsIsNone() {
        Rule broken = Rule.at("/a").accepting((primary, candidate) -> {
            throw new IllegalStateException("secret " + candidate);
        });
        Rule first = Rule.at("/*").uuid();
        Rule second = Rule.at("/a").matching("[0-9a-f-]+");
        RuleSet rules = RuleSet.of(broken, first, second);

        at(rules, "a").hides(UUID, UUID.replace('1', '2'));
        at(rules, "a").hides("a", "b");
        at(rules, "a").hides("x", "y");

        assertThat(rules.rules()).extracting(rules::hidden).containsExactly(0L, 1L, 1L);
        assertThat(appender.list)
                .filteredOn(event -> event.getLevel() == ch.qos.logback.classic.Level.WARN)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("accepting(predicate)", "IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void tryingCountsNothing() {
        Rule rule = Rule.at("/a").ignored();
        RuleSet rules = RuleSet.of(rule);

        boolean accepts = at(rules, "a").accepts(1, 2) && at(rules, "a").acceptsAbsence(1);

        assertThat(accepts).isTrue();
        assertThat(rules.hidden(rule)).isZero();
    }

    @Test
    @Tag("case-25")
    void anExpiredRuleHidesNothingAndSaysSoOnce() {
        Rule expired = Rule.at("/a").ignored().owner("pricing").expires(NOW);
        Rule running = Rule.at("/b").ignored().expires(NOW.plusSeconds(1));
        RuleSet rules = RuleSet.of(expired, running);

        boolean before = at(rules, NOW.minusNanos(1), "a").hides("1", "2");
        boolean after = at(rules, NOW, "a").hides("1", "2")
                || at(rules, NOW.plusSeconds(9), "a").hidesAbsence("1");
        boolean other = at(rules, NOW, "b").hides("1", "2");

        assertThat(before).isTrue();
        assertThat(after).isFalse();
        assertThat(other).isTrue();
        assertThat(at(rules, NOW, "a").isPlaceIgnored()).isFalse();
        assertThat(rules.hidden(expired)).isEqualTo(1);
        assertThat(appender.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("at(\"/a\").ignored()", "pricing", NOW.toString());
    }

    @Test
    void theFirstRuleAboutOrderAndTheFirstAboutWeightDecide() {
        PlaceRules rules = at(
                RuleSet.of(
                        Rule.at("/a").weighing(Severity.CRITICAL),
                        Rule.at("/a").byKey("/id", "/line/no"),
                        Rule.at("/a").anyOrder(),
                        Rule.at("/*").blankAsMissing().severity(Severity.MINOR)),
                "a");

        assertThat(rules.keys()).isNotNull();
        assertThat(rules.isAnyOrder()).isFalse();
        assertThat(rules.isBlankAsMissing()).isTrue();
        assertThat(rules.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(rules.isPlaceIgnored()).isFalse();
    }

    @Test
    @Tag("case-43")
    void aKeyMayBeCompositeAndNestedAndComparesNumbersByValue() {
        Keys keys = Objects.requireNonNull(
                at(RuleSet.of(Rule.at("/a").byKey("/id", "/line/no")), "a").keys());

        List<Object> key = keyOf(keys, Map.of("id", "x", "line", Map.of("no", new BigDecimal("1.0"))));

        assertThat(key).isEqualTo(keyOf(keys, Map.of("id", "x", "line", Map.of("no", BigDecimal.ONE), "other", true)));
        assertThat(keyOf(keys, Map.of("id", "x"))).isNull();
        assertThat(keyOf(keys, Map.of("id", "x", "line", Map.of("no", List.of()))))
                .isNull();
        assertThat(keyOf(keys, "x")).isNull();
    }

    @Test
    @Tag("case-46")
    void anExpressionThatBacktracksForeverIsANo() {
        Rule rule = Rule.at("/a").matching(BACKTRACKING);
        String unlucky = "a".repeat(60) + "!";

        boolean accepts = at(RuleSet.of(rule), "a").accepts(unlucky, unlucky + "!");

        assertThat(accepts).isFalse();
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Rule " + rule.name() + " backtracks too long on a text; simplify its expression; this"
                        + " counts as a \"no\", and is said once");
    }

    @Test
    void anExpressionThatRecursesDeeplyIsANo() {
        Rule rule = Rule.at("/a").matching("(a|b)*");
        String longText = "ab".repeat(200_000);

        boolean accepts = at(RuleSet.of(rule), "a").accepts(longText, longText + "c");

        assertThat(accepts).isFalse();
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Rule " + rule.name() + " recurses too deeply on a text; simplify its expression; this"
                        + " counts as a \"no\", and is said once");
    }

    @Test
    void aLongTextAloneIsNoReasonToFail() {
        Rule rule = Rule.at("/a").matching("[ab]*");
        String longText = "ab".repeat(2_000_000);

        boolean accepts = at(RuleSet.of(rule), "a").accepts(longText, longText + "a");

        assertThat(accepts).isTrue();
    }

    @Test
    void anInterruptedThreadEndsTheComparison() {
        PlaceRules rules = at(RuleSet.of(Rule.at("/a").matching(BACKTRACKING)), "a");

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> rules.accepts("a".repeat(60) + "!", "a")).isInstanceOf(UncomparableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static PlaceRules at(RuleSet rules, String name) {
        return at(rules, NOW, name);
    }

    private static PlaceRules at(RuleSet rules, Instant now, String name) {
        return Objects.requireNonNull(rules.root(now).child(name).rules());
    }

    /** Whole numbers and texts that are numbers are written as such in the tables above. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Integer number) {
            return BigDecimal.valueOf(number);
        }
        if (value instanceof List<?> elements) {
            return Arrays.asList(elements.stream().map(PlaceRulesTest::plain).toArray());
        }
        return value instanceof String text && text.matches("[-+]?\\d+(\\.\\d+)?(e\\d+)?")
                ? new BigDecimal(text)
                : value;
    }

    private static List<Object> keyOf(Keys keys, Object element) {
        return keys.of(PlainTrees.PLAIN, element, PathState.NO_RULES);
    }
}
