package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.comparators.RuleProposals.Proposal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuleProposalsTest {

    static Stream<Arguments> noise() {
        return Stream.of(
                noise(
                        "/at",
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T00:00:03Z",
                        "at(\"/at\").withinTime(Duration.parse(\"PT5S\"))"),
                noise(
                        "/at",
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T01:00:00+01:00",
                        "withinTime(Duration.parse(\"PT0S\"))"),
                noise("/at", "2026-01-01", "2026-01-02", "withinTime(Duration.parse(\"PT24H\"))"),
                noise("/items/7/id", UUID.randomUUID(), UUID.randomUUID(), "at(\"/items/*/id\").uuid()"),
                noise("/id", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAX", "at(\"/id\").ulid()"),
                noise("/etag", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf84270", "hash()"),
                noise("/code", "EUR", "eur", "at(\"/code\").ignoringCase()"),
                noise("/note", null, "", "at(\"/note\").blankAsMissing()"),
                noise("/note", "", List.of(), "at(\"/note\").blankAsMissing()"),
                noise("/a*b", "EUR", "eur", "at(\"/a~2b\").ignoringCase()"),
                noise(
                        "/total",
                        new BigDecimal("10.00"),
                        new BigDecimal("10.0043"),
                        "at(\"/total\").within(\"0.005\")"));
    }

    @ParameterizedTest
    @MethodSource("noise")
    void theStrictestRuleThatHidesTheNoiseIsProposed(
            String path, @Nullable Object primary, @Nullable Object candidate, String rule) {
        RuleProposals proposals = RuleProposals.create();

        proposals.observe(List.of(Difference.of(path, Kind.CHANGED, text(primary), text(candidate))));

        assertThat(proposals.proposals()).singleElement().satisfies(proposal -> {
            assertThat(proposal.rule().toString()).contains(rule);
            assertThat(proposal.share()).isEqualTo(1);
            assertThat(hides(proposal.rule(), text(primary), text(candidate))).isTrue();
        });
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                noise("/total", new BigDecimal("10.00"), new BigDecimal("11.00"), ""),
                noise("/total", BigDecimal.ZERO, BigDecimal.ONE, ""),
                noise("/status", "PAID", "OPEN", ""),
                noise("/status", "PAID", null, ""),
                noise("/at", "2026-01-01", "2026-02-01", ""),
                noise("/flag", true, false, ""));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatMayMatterIsNeverProposedToBeHidden(
            String path, @Nullable Object primary, @Nullable Object candidate, String none) {
        RuleProposals proposals = RuleProposals.create();

        IntStream.range(0, 100)
                .forEach(i -> proposals.observe(List.of(Difference.of(path, Kind.CHANGED, primary, candidate))));

        assertThat(proposals.proposals()).isEmpty();
        assertThat(none).isEmpty();
    }

    @Test
    void theOrderOfAnArrayIsProposedToBeIgnored() {
        RuleProposals proposals = RuleProposals.create();

        proposals.observe(List.of(Difference.of("/orders/3/tags", Kind.REORDERED, List.of(1, 2), List.of(2, 1))));

        assertThat(proposals.proposals())
                .singleElement()
                .extracting(Proposal::rule)
                .hasToString("at(\"/orders/*/tags\").anyOrder()");
    }

    @Test
    void textsThatNeverComeAgainAreProposedForALook() {
        RuleProposals proposals = RuleProposals.create();

        IntStream.range(0, 5)
                .forEach(i -> proposals.observe(List.of(
                        Difference.of("/session", Kind.CHANGED, "p-" + i, "c-" + i),
                        Difference.of("/status", Kind.CHANGED, "PAID", "OPEN"))));

        assertThat(proposals.proposals()).singleElement().satisfies(proposal -> {
            assertThat(proposal.rule()).hasToString("at(\"/session\").presenceOnly()");
            assertThat(proposal.evidence()).contains("look first");
        });
    }

    @Test
    void theShareCountsDisagreementsThatWouldBeNoneAndTheFirstProposalHidesMost() {
        RuleProposals proposals = RuleProposals.create();
        Difference id = Difference.of("/id", Kind.CHANGED, text(UUID.randomUUID()), text(UUID.randomUUID()));
        Difference code = Difference.of("/code", Kind.CHANGED, "a", "A");

        IntStream.range(0, 6).forEach(i -> proposals.observe(List.of(id)));
        IntStream.range(0, 3).forEach(i -> proposals.observe(List.of(id, code)));
        proposals.observe(List.of(Difference.of("/total", Kind.CHANGED, 1, 2)));

        assertThat(proposals.proposals())
                .extracting(proposal -> proposal.rule().toString())
                .containsExactly("at(\"/id\").uuid()", "at(\"/code\").ignoringCase()");
        assertThat(proposals.proposals().get(0).share()).isEqualTo(0.6, within(1e-9));
        assertThat(proposals.proposals().get(0).touched()).isEqualTo(0.9, within(1e-9));
        assertThat(proposals.proposals().get(1).share()).isZero();
        assertThat(proposals.proposals().get(0).evidence())
                .isEqualTo(
                        "a UUID on both sides: 9 of 9 differences there, in 9 of 10 disagreements, 6 of which have no"
                                + " other difference");
    }

    @Test
    @Tag("promise-14")
    void placesAndDisagreementsAreBounded() {
        RuleProposals proposals = RuleProposals.create();

        for (int i = 0; i < 3_000; i++) {
            proposals.observe(List.of(Difference.of("/key" + (i % 1_000) + "x", Kind.CHANGED, "a", "A")));
        }

        assertThat(proposals.proposals()).hasSize(256);
        assertThat(proposals.proposals().get(0).share()).isEqualTo(0.001, within(1e-9));
    }

    @Test
    void aLongReportIsNeverHiddenByOneRule() {
        RuleProposals proposals = RuleProposals.create();
        List<Difference> differences = new ArrayList<>();
        IntStream.range(0, 101).forEach(i -> differences.add(Difference.of("/a/" + i, Kind.CHANGED, "a", "A")));

        proposals.observe(differences);

        assertThat(proposals.proposals())
                .singleElement()
                .extracting(Proposal::share)
                .isEqualTo(0.0);
    }

    @Test
    void keysThatAreAddressesOrAccountsAreInNoProposal() {
        RuleProposals proposals = RuleProposals.create();

        proposals.observe(List.of(
                Difference.of("/accounts/DE89370400440532013000/ada@example.org/@type", Kind.CHANGED, "a", "A")));

        assertThat(proposals.proposals())
                .extracting(proposal -> proposal.rule().toString())
                .containsExactly("at(\"/accounts/*/*/@type\").ignoringCase()");
    }

    @Test
    void numbersBeyondTheLimitFailNoPublisher() {
        RuleProposals proposals = RuleProposals.create();

        proposals.observe(List.of(Difference.of("/n", Kind.CHANGED, new BigDecimal("1E+1000000000"), BigDecimal.ONE)));

        assertThat(proposals.proposals()).isEmpty();
    }

    @Test
    @Tag("promise-13")
    void noValueIsInAProposal() {
        RuleProposals proposals = RuleProposals.create();

        proposals.observe(List.of(
                Difference.of("/name", Kind.CHANGED, "Ada Secret", "ADA SECRET"),
                Difference.of("/whole", Kind.CHANGED, Map.of("k", "Secret"), Map.of())));

        assertThat(proposals.proposals().toString()).doesNotContainIgnoringCase("secret");
    }

    private static boolean hides(Rule rule, @Nullable Object primary, @Nullable Object candidate) {
        return rule.place().effect().accepts(primary, candidate);
    }

    private static Arguments noise(String path, @Nullable Object primary, @Nullable Object candidate, String rule) {
        return Arguments.of(path, primary, candidate, rule);
    }

    private static @Nullable Object text(@Nullable Object value) {
        return value instanceof UUID uuid ? uuid.toString() : value;
    }
}
