package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.Difference.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuleTest {

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(Rule.at("/a").ignored(), "at(\"/a\").ignored()"),
                Arguments.of(Rule.at("/**/etag").presenceOnly(), "at(\"/**/etag\").presenceOnly()"),
                Arguments.of(Rule.at("").within(new BigDecimal("0.01")), "at(\"\").within(\"0.01\")"),
                Arguments.of(Rule.at("/a").within("1e-2"), "at(\"/a\").within(\"1e-2\")"),
                Arguments.of(Rule.at("/a").withinRelative(0.05), "at(\"/a\").withinRelative(0.05)"),
                Arguments.of(Rule.at("/a").scale(2, RoundingMode.HALF_UP), "at(\"/a\").scale(2, HALF_UP)"),
                Arguments.of(
                        Rule.at("/a").withinTime(Duration.ofSeconds(5)),
                        "at(\"/a\").withinTime(Duration.parse(\"PT5S\"))"),
                Arguments.of(
                        Rule.at("/a").withinTime(Duration.ZERO, ZoneId.of("Europe/Berlin")),
                        "at(\"/a\").withinTime(Duration.parse(\"PT0S\"), ZoneId.of(\"Europe/Berlin\"))"),
                Arguments.of(Rule.at("/a").uuid(), "at(\"/a\").uuid()"),
                Arguments.of(Rule.at("/a").ulid(), "at(\"/a\").ulid()"),
                Arguments.of(Rule.at("/a").hash(), "at(\"/a\").hash()"),
                Arguments.of(Rule.at("/a").matching("\\d+\"?"), "at(\"/a\").matching(\"\\\\d+\\\"?\")"),
                Arguments.of(Rule.at("/a").ignoringCase(), "at(\"/a\").ignoringCase()"),
                Arguments.of(Rule.at("/a").blankAsMissing(), "at(\"/a\").blankAsMissing()"),
                Arguments.of(Rule.at("/a").anyOrder(), "at(\"/a\").anyOrder()"),
                Arguments.of(Rule.at("/a").byKey("/id", "/no"), "at(\"/a\").byKey(\"/id\", \"/no\")"),
                Arguments.of(
                        Rule.at("/a").mapped(Map.of("B", "2", "A", "1")),
                        "at(\"/a\").mapped(Map.of(\"A\", \"1\", \"B\", \"2\"))"),
                Arguments.of(Rule.at("/a").accepting((primary, candidate) -> true), "at(\"/a\").accepting(predicate)"),
                Arguments.of(Rule.at("/a").placeholder("any-string"), "at(\"/a\").placeholder(\"any-string\")"),
                Arguments.of(Rule.at("/a").weighing(Severity.CRITICAL), "at(\"/a\").weighing(CRITICAL)"),
                Arguments.of(Rule.onPrimary().rename("/a", "/b"), "onPrimary().rename(\"/a\", \"/b\")"),
                Arguments.of(
                        Rule.onCandidate().transform("flatten", document -> document),
                        "onCandidate().transform(\"flatten\")"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleReadsAsOneWouldWriteIt(Rule rule, String text) {
        Rule remarked = rule.named("n").owner("o").reason("r\n").expires(Instant.EPOCH);

        assertThat(rule).hasToString(text);
        assertThat(rule.name()).isEqualTo(text);
        assertThat(remarked)
                .hasToString(
                        text
                                + ".named(\"n\").owner(\"o\").reason(\"r\\n\").expires(Instant.parse(\"1970-01-01T00:00:00Z\"))");
        assertThat(remarked.name()).isEqualTo("n");
    }

    static Stream<Arguments> invalidRules() {
        return Stream.of(
                invalid(() -> Rule.at("a"), "at(\"a\")", "start with \"/\""),
                invalid(() -> Rule.at("/a*"), "at(\"/a*\")", "wildcard as a whole segment"),
                invalid(() -> Rule.at("/a~"), "at(\"/a~\")", "\"~\" only in"),
                invalid(() -> Rule.at("").ignored(), "at(\"\").ignored()", "part of the document"),
                invalid(() -> Rule.at("/**").ignored(), "at(\"/**\").ignored()", "part of the document"),
                invalid(() -> Rule.at("/**").presenceOnly(), "at(\"/**\").presenceOnly()", "part of the document"),
                invalid(() -> Rule.at("/a").within("-1"), "at(\"/a\").within(\"-1\")", "0 or more"),
                invalid(() -> Rule.at("/a").within("1,5"), "at(\"/a\").within(\"1,5\")", "decimal number"),
                invalid(() -> Rule.at("/a").withinRelative(5), "withinRelative(5.0)", "less than 1"),
                invalid(() -> Rule.at("/a").withinRelative(Double.NaN), "withinRelative(NaN)", "less than 1"),
                invalid(() -> Rule.at("/a").scale(101, RoundingMode.UP), "scale(101, UP)", "100"),
                invalid(() -> Rule.at("/a").scale(2, RoundingMode.UNNECESSARY), "UNNECESSARY", "mode that rounds"),
                invalid(() -> Rule.at("/a").withinTime(Duration.ofMillis(-1)), "PT-0.001S", "0 or more"),
                invalid(() -> Rule.at("/a").matching("(a"), "matching(\"(a\")", "Unclosed group"),
                invalid(() -> Rule.at("/a").byKey(), "byKey()", "at least"),
                invalid(() -> Rule.at("/a").byKey("id"), "byKey(\"id\")", "start with \"/\""),
                invalid(() -> Rule.at("/a").byKey("/*"), "byKey(\"/*\")", "without wildcards"),
                invalid(() -> Rule.at("/a").mapped(Map.of()), "mapped(Map.of())", "one word"),
                invalid(() -> Rule.at("/a").placeholder("any-thing"), "placeholder(\"any-thing\")", "any-string"),
                invalid(() -> Rule.at("/a").ignored().owner(" "), ".ignored().owner(\" \")", "text"),
                invalid(() -> Rule.onPrimary().rename("/a", "/a"), "rename(\"/a\", \"/a\")", "another place"),
                invalid(() -> Rule.onPrimary().rename("/a", "/a/b"), "rename(\"/a\", \"/a/b\")", "into itself"),
                invalid(() -> Rule.onPrimary().rename("/*", "/b"), "rename(\"/*\", \"/b\")", "move a key"),
                invalid(() -> Rule.onPrimary().rename("/x/*/a", "/a"), "\"/x/*/a\", \"/a\"", "move a key"),
                invalid(() -> Rule.onPrimary().rename("/x/*/a", "/y/*/a"), "\"/y/*/a\"", "within one object"),
                invalid(() -> Rule.onPrimary().rename("/**/a", "/b"), "rename(\"/**/a\"", "\"**\""),
                invalid(
                        () -> Rule.onPrimary().rename("/a", "/b").severity(Severity.MINOR),
                        "rename(\"/a\", \"/b\")",
                        "severity"));
    }

    @ParameterizedTest
    @MethodSource("invalidRules")
    void anInvalidRuleFailsWhenItIsMadeAndQuotesItself(ThrowingCallable made, String quote, String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(made)
                .withMessageContaining("rule ")
                .withMessageContaining(quote)
                .withMessageContaining(wrong);
    }

    @Test
    void twoRulesOfASetHaveDifferentNames() {
        Rule rule = Rule.at("/a").ignored().named("volatile");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RuleSet.of(rule, Rule.at("/b").ignored().named("volatile")))
                .withMessageContaining("at(\"/b\").ignored().named(\"volatile\")");
    }

    @Test
    void aSetReadsLineByLine() {
        RuleSet rules =
                RuleSet.of(Rule.at("/a").ignored()).and(Rule.at("/b").uuid().owner("shop"));

        assertThat(rules).hasToString("at(\"/a\").ignored()\nat(\"/b\").uuid().owner(\"shop\")");
        assertThat(rules.rules()).hasSize(2);
    }

    private static Arguments invalid(ThrowingCallable made, String quote, String wrong) {
        return Arguments.of(made, quote, wrong);
    }
}
