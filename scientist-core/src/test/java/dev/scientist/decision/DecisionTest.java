package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Rate;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Stratum.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

    @Test
    void aHoldSaysInOneSentenceWhatIsKnownAndWhatIsMissing() {
        EvidenceSnapshot evidence = Sums.of(Duration.ofSeconds(3_648), Sums.stratum(Stratum.ALL, 9_120, 3));

        Decision decision = Decision.decide(evidence, Sums.POLICY);

        assertThat(decision)
                .hasToString("HOLD: getPrice differs in 3 of 9 120 (0.033 %); the true rate is below 0.146 % with 99 % "
                        + "confidence at any time, 0.1 % is needed; 4 120 more comparisons if all are equal, 28 min at "
                        + "2.5 per second, 13 080 if as many differ as before");
    }

    @ParameterizedTest
    @CsvSource({
        "5698, 0, HOLD",
        "5699, 0, ADVANCE",
        "8779, 1, HOLD",
        "8780, 1, ADVANCE",
        "17035, 5, ADVANCE",
        "25438, 10, HOLD",
        "25439, 10, ADVANCE"
    })
    void itAdvancesAtTheVeryComparisonThatSuffices(long n, long differ, Kind expected) {
        Decision decision = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, n, differ)), Sums.POLICY);

        assertThat(decision.kind()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 0", "5000, 0", "9120, 3", "20000, 8"})
    void whatIsMissingIsExactlyEnough(long n, long differ) {
        Rate rate = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, n + 1, differ)), Sums.POLICY)
                .reasons()
                .get(0)
                .rate();
        long enough = n + 1 + rate.missing();

        assertThat(Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, enough, differ)), Sums.POLICY)
                        .kind())
                .isEqualTo(Kind.ADVANCE);
        assertThat(Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, enough - 1, differ)), Sums.POLICY)
                        .kind())
                .isEqualTo(Kind.HOLD);
    }

    @Test
    void itNeverPassesAtARateAboveTheThreshold() {
        Reason reason = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, 10_000, 12)), Sums.POLICY)
                .reasons()
                .get(0);

        assertThat(reason.code()).isEqualTo(Code.RATE_UNDECIDED);
        assertThat(reason.rate().missingAtRate()).isNull();
        assertThat(reason.sentence()).endsWith("never if as many differ as before");
    }

    @Test
    void theRatesOfAllStrataAreKnownWhateverTheReasonsAre() {
        EvidenceSnapshot evidence =
                Sums.of(Sums.stratum("bad", 1_000, 500), Sums.stratum("good", 5_699, 0), Sums.stratum("new", 1, 0));

        SortedMap<String, Rate> rates = Decision.rates(evidence, Sums.POLICY.with(policy -> policy.pinned("for now")));

        assertThat(rates).containsOnlyKeys("bad", "good", "new");
        assertThat(rates.get("bad").lower()).isGreaterThan(0.4);
        assertThat(rates.get("good").upper()).isLessThan(0.001);
        assertThat(rates.values()).extracting(Rate::missing).containsExactly(0L, 0L, 5_698L);
    }

    @Test
    void whatIsAskedOfAgeAndCompletenessCanBeSet() {
        EvidenceSnapshot good = Sums.of(Sums.stratum(Stratum.ALL, 100_000, 0));
        EvidenceSnapshot poor = Sums.with(good, good.until().plus(Duration.ofMinutes(16)), 1_100, good.epochs());

        assertThat(Decision.decide(
                                poor,
                                Sums.POLICY.with(policy -> policy.maxAge(Duration.ofMinutes(17))
                                        .completeness(0.9)
                                        .coverage(0.5)))
                        .kind())
                .isEqualTo(Kind.ADVANCE);
    }

    @Test
    @Tag("promise-15")
    void withoutDataItHoldsAndSaysSo() {
        Decision decision = Decision.decide(Sums.of(), Sums.POLICY);

        assertThat(decision).hasToString("HOLD: getPrice was not compared yet");
    }

    @Test
    @Tag("promise-15")
    void staleEvidenceHoldsWhateverItSays() {
        EvidenceSnapshot good = Sums.of(Sums.stratum(Stratum.ALL, 100_000, 0));
        EvidenceSnapshot stale = Sums.with(good, good.until().plus(Duration.ofMinutes(16)), 0, good.epochs());

        assertThat(Decision.decide(good, Sums.POLICY).kind()).isEqualTo(Kind.ADVANCE);
        assertThat(Decision.decide(stale, Sums.POLICY))
                .hasToString("HOLD: getPrice was compared last 16 min ago, at most 15 min is allowed");
    }

    @Test
    @Tag("promise-15")
    void incompleteEvidenceHoldsWhateverItSays() {
        EvidenceSnapshot good = Sums.of(Sums.stratum(Stratum.ALL, 100_000, 0));
        EvidenceSnapshot incomplete = Sums.with(good, good.takenAt(), 1_100, good.epochs());

        assertThat(Decision.decide(incomplete, Sums.POLICY))
                .hasToString("HOLD: getPrice compared 100 000 of 101 100 calls (98.911 %) that were to be compared, "
                        + "99 % is needed, because calls are not shed at random; see the reasons of skipped calls: where they "
                        + "are saturated, raise maxConcurrent or sample less");
    }

    @Test
    @Tag("promise-15")
    void evidenceOfSeveralVersionsHoldsWhateverItSays() {
        EvidenceSnapshot good = Sums.of(Sums.stratum(Stratum.ALL, 100_000, 0));
        EvidenceSnapshot next = Sums.with(good, good.takenAt(), 0, List.of(new Epoch("7", "2", "")));

        Decision decision = Decision.decide(good.merge(next), Sums.POLICY);

        assertThat(decision.kind()).isEqualTo(Kind.HOLD);
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(Code.MIXED_VERSIONS);
    }

    @Test
    void whatIsPinnedStaysWhereItIs() {
        Decision decision = Decision.decide(
                Sums.of(Sums.stratum(Stratum.ALL, 100_000, 0)),
                Sums.POLICY.with(policy -> policy.pinned("until the audit is over")));

        assertThat(decision).hasToString("HOLD: it was pinned: until the audit is over");
    }

    @Test
    void everyStratumMustPassAndTheOneThatFailsIsNamed() {
        Decision decision = Decision.decide(
                Sums.of(Sums.stratum("gold", 100_000, 3), Sums.stratum("silver", 20_000, 90)), Sums.POLICY);

        assertThat(decision.kind()).isEqualTo(Kind.HOLD);
        assertThat(decision.reasons())
                .extracting(Reason::code, Reason::stratum)
                .containsExactly(tuple(Code.RATE_ABOVE, "silver"));
        assertThat(decision.reasons().get(0).sentence())
                .startsWith("getPrice [silver] differs in 90 of 20 000 (0.45 %); the true rate is above 0.");
    }

    @Test
    void whatFailsIsRolledBackWhereTheCandidateServes() {
        DecisionPolicy serving =
                DecisionPolicy.of(Step.FROM_1_TO_5_PERCENT).with(policy -> policy.latency(LatencyPolicy.NONE));

        Decision decision = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, 20_000, 400)), serving);

        assertThat(decision.kind()).isEqualTo(Kind.ROLLBACK);
    }

    @Test
    void aBreakIsNoticedAlthoughTheAverageIsGood() {
        EvidenceSnapshot average = Sums.of(Sums.stratum(Stratum.ALL, 10_000_000, 200));
        List<Bucket> recent = new ArrayList<>();
        IntStream.range(0, 100)
                .forEach(i -> recent.add(Bucket.builder(10L * i).n(1_000).build()));
        IntStream.range(100, 103)
                .forEach(i -> recent.add(Bucket.builder(10L * i).n(1_000).k(60).build()));
        EvidenceSnapshot broken = Sums.with(average, recent);

        assertThat(Decision.decide(average, Sums.POLICY).kind()).isEqualTo(Kind.ADVANCE);
        assertThat(Decision.decide(broken, Sums.POLICY).reasons())
                .extracting(Reason::code)
                .containsExactly(Code.RATE_ROSE);
    }

    @ParameterizedTest
    @EnumSource
    void threeBadCallsOfTheFirstTenAreEnoughToStopAtEveryStep(Step step) {
        Decision three = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, 10, 3)), DecisionPolicy.of(step));
        Decision two = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, 10, 2)), DecisionPolicy.of(step));

        assertThat(three.reasons()).extracting(Reason::code).contains(Code.FIRST_CONTACT);
        assertThat(two.reasons()).extracting(Reason::code).doesNotContain(Code.FIRST_CONTACT);
    }

    @Test
    void aSingleCriticalDifferenceHolds() {
        Stratum critical =
                Stratum.builder(Stratum.ALL).matched(99_999).critical(1).build();

        Decision decision = Decision.decide(Sums.of(critical), Sums.POLICY);

        assertThat(decision)
                .hasToString("HOLD: getPrice has a critical difference in 1 of 100 000, and a single one is too many");
    }

    @Test
    void failuresAndLateAnswersCountAndFailuresOfThePrimaryAndIgnoredDifferencesDoNot() {
        Stratum bad = Stratum.builder(Stratum.ALL)
                .matched(9_997)
                .ignored(50_000)
                .major(1)
                .candidateFailed(1)
                .primaryFailed(70)
                .timedOut(1)
                .build();

        Rate rate = Decision.decide(Sums.of(bad), Sums.POLICY).reasons().get(0).rate();

        assertThat(rate.k()).isEqualTo(3);
        assertThat(rate.n()).isEqualTo(10_000);
    }

    @Test
    void callsThatCouldNotBeComparedAreBadInAClassOfTheirOwn() {
        Stratum uncompared =
                Stratum.builder(Stratum.ALL).matched(20_000).uncompared(100).build();

        assertThat(Decision.decide(Sums.of(uncompared), Sums.POLICY)
                        .reasons()
                        .get(0)
                        .sentence())
                .startsWith("getPrice could not be compared in 100 of 20 100 (0.498 %)");
    }

    @Test
    void minorDifferencesAreToleratedTenTimesMoreOften() {
        Stratum minor = Stratum.builder(Stratum.ALL).matched(99_500).minor(500).build();
        Stratum tooMany =
                Stratum.builder(Stratum.ALL).matched(98_000).minor(2_000).build();

        assertThat(Decision.decide(Sums.of(minor), Sums.POLICY).kind()).isEqualTo(Kind.ADVANCE);
        assertThat(Decision.decide(Sums.of(tooMany), Sums.POLICY)
                        .reasons()
                        .get(0)
                        .code())
                .isEqualTo(Code.RATE_ABOVE);
    }

    @Test
    @Tag("promise-15")
    void anOutageOfThePrimaryIsNoEvidence() {
        Stratum outage = Stratum.builder(Stratum.ALL).primaryFailed(5_699).build();

        assertThat(Decision.decide(Sums.of(outage), Sums.POLICY).reasons())
                .extracting(Reason::code)
                .containsExactly(Code.NO_DATA);
    }

    @Test
    void aWaiverStandsForTheLastStepOnlyAndNeverForAll() {
        DecisionPolicy last =
                DecisionPolicy.of(Step.TO_CANDIDATE_ONLY).with(policy -> policy.latency(LatencyPolicy.NONE));
        EvidenceSnapshot rare = Sums.of(Duration.ofDays(8), Sums.stratum("DE", 1, 0), Sums.stratum("DK", 5_699, 0));
        EvidenceSnapshot one = Sums.of(Duration.ofDays(8), Sums.stratum("DE", 1, 0));

        assertThat(Decision.decide(rare, Sums.POLICY.with(policy -> policy.waived(Set.of("DE"))))
                        .kind())
                .isEqualTo(Kind.HOLD);
        assertThat(Decision.decide(rare, last.with(policy -> policy.waived(Set.of("DE"))))
                        .kind())
                .isEqualTo(Kind.PROMOTE);
        assertThat(Decision.decide(one, last.with(policy -> policy.waived(Set.of("DE"))))
                        .reasons())
                .extracting(Reason::code)
                .contains(Code.COVERAGE);
    }

    @Test
    void theLastStepNeedsStrataThatCoverTheTrafficOrAWaiver() {
        DecisionPolicy last =
                DecisionPolicy.of(Step.TO_CANDIDATE_ONLY).with(policy -> policy.latency(LatencyPolicy.NONE));
        EvidenceSnapshot rare =
                Sums.of(Duration.ofDays(8), Sums.stratum("common", 100_000, 0), Sums.stratum("rare", 1_500, 0));

        Decision uncovered = Decision.decide(rare, last);
        Decision waived = Decision.decide(rare, last.with(policy -> policy.waived(Set.of("rare"))));

        assertThat(uncovered.reasons()).extracting(Reason::code).containsExactly(Code.COVERAGE, Code.RATE_UNDECIDED);
        assertThat(waived.kind()).isEqualTo(Kind.PROMOTE);
    }

    @Test
    void itMustHaveBeenCountedForLongEnough() {
        DecisionPolicy policy = Sums.POLICY.with(changed -> changed.soak(Duration.ofHours(4)));

        Decision decision = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, 100_000, 0)), policy);

        assertThat(decision).hasToString("HOLD: getPrice was counted for 1 h, 4 h is needed");
    }

    @Test
    void aClockThatWasAheadHasMadeNothingLastLonger() {
        EvidenceSnapshot ahead = Sums.of(Duration.ofDays(8), Sums.stratum(Stratum.ALL, 100_000, 0));
        EvidenceSnapshot young = Sums.with(ahead, ahead.from().plus(Duration.ofMinutes(10)), 0, ahead.epochs());

        Decision decision = Decision.decide(young, Sums.POLICY.with(policy -> policy.soak(Duration.ofDays(7))));

        assertThat(decision).hasToString("HOLD: getPrice was counted for 10 min, 7 d is needed");
    }

    @Test
    void aStratumInWhichRulesAcceptedEveryCallHoldsNothing() {
        Stratum accepted = Stratum.builder("DE").ignored(500).build();
        Stratum outage = Stratum.builder("FR").primaryFailed(500).build();
        Stratum good = Sums.stratum("DK", 5_699, 0);

        assertThat(Decision.decide(Sums.of(accepted, good), Sums.POLICY).kind()).isEqualTo(Kind.ADVANCE);
        assertThat(Decision.decide(Sums.of(outage, good), Sums.POLICY).reasons())
                .extracting(Reason::stratum)
                .containsExactly("FR");
        assertThat(Decision.decide(Sums.of(accepted), Sums.POLICY))
                .hasToString("HOLD: getPrice was not compared yet; in 500 a rule accepted that they differ");
    }

    @Test
    void aCandidateThatIsTooSlowFailsAndOneThatIsFastEnoughPasses() {
        EvidenceSnapshot equal = Sums.of(Sums.stratum(Stratum.ALL, 100_000, 0));
        DecisionPolicy policy = Sums.POLICY.with(changed -> changed.latency(LatencyPolicy.DEFAULT));
        Latency primary = Sums.latency(100, 100_000);

        assertThat(Decision.decide(Sums.with(equal, primary, Sums.latency(131, 100_000)), policy)
                        .reasons())
                .extracting(Reason::code)
                .containsOnly(Code.SLOWER);
        assertThat(Decision.decide(Sums.with(equal, primary, Sums.latency(125, 100_000)), policy)
                        .kind())
                .isEqualTo(Kind.ADVANCE);
        assertThat(Decision.decide(equal, policy).reasons())
                .allSatisfy(reason -> assertThat(reason.code()).isEqualTo(Code.LATENCY_UNDECIDED))
                .first()
                .extracting(Reason::sentence)
                .isEqualTo(
                        "getPrice: how long calls take was not counted, and must be shown at 50 %; it needs "
                                + "org.hdrhistogram:HdrHistogram, which Micrometer brings, or a policy with LatencyPolicy.NONE");
    }

    @Test
    void theNumbersOfAReasonAreThoseOfTheTests() {
        Rate rate = Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, 10_000, 5)), Sums.POLICY)
                .reasons()
                .get(0)
                .rate();

        assertThat(rate.upper()).isCloseTo(1.703076e-3, within(1e-9));
        assertThat(rate.lower()).isCloseTo(5.922887e-5, within(1e-11));
        assertThat(rate.lnE()).isEqualTo(EProcess.lnBelow(10_000, 5, 0.001));
    }
}
