package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.Decision.Kind;
import dev.scientist.decision.Decision.Reason;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests decisions from calls in which the primary ran twice. */
class PairedDecisionTest {

    private static final DecisionPolicy LAST =
            DecisionPolicy.of(Step.TO_CANDIDATE_ONLY).with(policy -> policy.latency(LatencyPolicy.NONE));

    @Test
    void noiseOfThePrimaryIsNotHeldAgainstTheCandidate() {
        Stratum noisy = Sums.paired(Stratum.ALL, 100_000, Sums.pairs(100_000, new Split(5, 20, 39_995)));

        Decision decision = Decision.decide(Sums.of(noisy), Sums.POLICY);

        assertThat(decision.kind()).isEqualTo(Kind.ADVANCE);
        assertThat(decision.reasons().get(0).sentence())
                .isEqualTo(
                        "getPrice differs alone in 5, and the primary alone from itself in 20, of 100 000 calls that "
                                + "ran twice (-0.015 %); the true excess is below 0.1 % with 99.5 % confidence at any time, 0.1 % "
                                + "is needed");
    }

    @Test
    @Tag("promise-16")
    @DisplayName("Promise 16: less noise at one place does not pay for a defect at another")
    void lessNoiseAtOnePlaceDoesNotPayForADefectAtAnother() {
        Place order = Sums.place("/order", 0, 6_400, 0);
        Place price = Sums.place("/price", 1_600, 0, 400);
        Stratum masked = Sums.paired("DE", 20_000, Sums.pairs(20_000, new Split(1_600, 6_000, 400), order, price));

        Decision decision = Decision.decide(Sums.of(masked), Sums.POLICY);

        assertThat(decision.kind()).isEqualTo(Kind.HOLD);
        assertThat(decision.reasons().get(0).code()).isEqualTo(Code.RATE_ABOVE);
        assertThat(decision.reasons().get(0).sentence())
                .startsWith(
                        "getPrice [DE] differs alone at /price in 1 600, and the primary alone from itself in 0, of "
                                + "20 000 calls that ran twice (8 %); the true excess is above 0.1 %");
    }

    @Test
    @Tag("promise-16")
    @DisplayName("Promise 16: two ways to show one thing share the chance of being wrong")
    void twoWaysToShowOneThingShareTheChanceOfBeingWrong() {
        double half = Math.log(2 / Sums.POLICY.alpha());
        long plain = first(n -> EProcess.lnBelow(n, 0, 0.001) >= half);
        long paired = first(n -> EProcess.lnPairedBelow(n, 1, 1, 0.001) >= half);

        assertThat(advances(Sums.paired(Stratum.ALL, plain - 1, Sums.pairs(1, Split.NONE))))
                .isFalse();
        assertThat(advances(Sums.paired(Stratum.ALL, plain, Sums.pairs(1, Split.NONE))))
                .isTrue();
        assertThat(advances(Sums.paired(Stratum.ALL, paired - 1, Sums.pairs(paired - 1, new Split(1, 1, 9)))))
                .isFalse();
        assertThat(advances(Sums.paired(Stratum.ALL, paired, Sums.pairs(paired, new Split(1, 1, 9)))))
                .isTrue();
    }

    private static boolean advances(Stratum stratum) {
        return Decision.decide(Sums.of(stratum), Sums.POLICY).kind() == Kind.ADVANCE;
    }

    private static long first(LongPredicate holds) {
        return LongStream.iterate(100, n -> n + 1).filter(holds).findFirst().orElseThrow();
    }

    @Test
    @Tag("promise-16")
    void pairsWithoutNoiseExcuseNothing() {
        Stratum failing = Stratum.builder(Stratum.ALL)
                .candidateFailed(10_000)
                .pairs(Sums.pairs(500, new Split(500, 0, 0)))
                .build();
        Stratum diluted = Stratum.builder(Stratum.ALL)
                .matched(1_050_000)
                .candidateFailed(50_000)
                .pairs(Sums.pairs(6_000, Split.NONE))
                .build();
        Stratum minor = Stratum.builder(Stratum.ALL)
                .matched(10_000)
                .minor(90_000)
                .pairs(Pairs.builder().n(10_000).any(new Split(9_000, 0, 0)).build())
                .build();

        assertThat(List.of(failing, diluted, minor))
                .allSatisfy(stratum -> assertThat(
                                Decision.decide(Sums.of(stratum), Sums.POLICY).reasons())
                        .extracting(Reason::code)
                        .contains(Code.RATE_ABOVE));
    }

    @Test
    @Tag("promise-16")
    void noiseExcusesNothingWhereThePrimaryDidNotRunTwice() {
        Stratum unlike = Stratum.builder(Stratum.ALL)
                .matched(95_000)
                .major(600)
                .candidateFailed(50_000)
                .pairs(Sums.pairs(6_000, new Split(0, 0, 600)))
                .build();

        assertThat(Decision.decide(Sums.of(unlike), Sums.POLICY).reasons())
                .extracting(Reason::code)
                .contains(Code.RATE_ABOVE);
    }

    @Test
    void beforeThereArePairsNothingFailsThatMayBeNoise() {
        Stratum early = Sums.paired(Stratum.ALL, 2_000, Sums.pairs(3, Split.NONE));
        Stratum differing = Stratum.builder(Stratum.ALL)
                .matched(1_980)
                .major(20)
                .pairs(Sums.pairs(3, Split.NONE))
                .build();

        assertThat(List.of(early, differing))
                .allSatisfy(stratum -> assertThat(
                                Decision.decide(Sums.of(stratum), Sums.POLICY).reasons())
                        .extracting(Reason::code)
                        .containsExactly(Code.RATE_UNDECIDED));
    }

    @Test
    void minorNoiseIsNoFaultOfTheCandidateEither() {
        Split split = new Split(250, 260, 750);
        Place at = Place.of("/at", Split.NONE, split);
        Stratum minor = Stratum.builder(Stratum.ALL)
                .matched(90_000)
                .minor(10_000)
                .pairs(Pairs.builder().n(10_000).any(split).places(List.of(at)).build())
                .build();

        assertThat(Decision.decide(Sums.of(minor), Sums.POLICY.with(policy -> policy.threshold(0.005)))
                        .kind())
                .isEqualTo(Kind.ADVANCE);
    }

    @Test
    @Tag("promise-15")
    void pairsOfWhichTooManyAreMissingShowNothing() {
        Pairs some = Pairs.builder()
                .n(10_000)
                .missed(102)
                .grave(new Split(1, 1, 998))
                .any(new Split(1, 1, 998))
                .build();
        Stratum incomplete = Sums.paired(Stratum.ALL, 100_000, some);

        Decision decision = Decision.decide(Sums.of(incomplete), Sums.POLICY);

        assertThat(decision)
                .hasToString(
                        "HOLD: getPrice could hold the primary against itself in 10 000 of 10 102 calls (98.99 %) that "
                                + "were to run it twice, 99 % is needed, because they are not missed at random; where "
                                + "there was no permit raise maxConcurrent, where they were late candidateTimeout; one that fails "
                                + "makes no pair");
    }

    @Test
    void aPlaceThatIsMostlyNoisyIsNeverPassed() {
        Place at = Sums.place("/issuedAt", 0, 0, 90_000);
        Place rate = Sums.place("/rate", 3, 4, 26);
        Pairs pairs = Sums.pairs(100_000, new Split(3, 4, 90_000), at, rate);
        EvidenceSnapshot noisy = Sums.of(Sums.paired("JP", 100_000, pairs), Sums.stratum("DE", 100_000, 0));

        Decision decision = Decision.decide(noisy, Sums.POLICY);
        Decision waived = Decision.decide(noisy, Sums.POLICY.with(policy -> policy.waived(Set.of("JP"))));

        assertThat(decision.kind()).isEqualTo(Kind.HOLD);
        assertThat(decision.reasons())
                .extracting(Reason::code, Reason::stratum)
                .containsExactly(
                        tuple(Code.UNVERIFIED_PATH, null),
                        tuple(Code.UNVERIFIED_PATH, "JP"),
                        tuple(Code.VOLATILE_PATH, null),
                        tuple(Code.VOLATILE_PATH, null));
        assertThat(decision.reasons().get(0).sentence())
                .startsWith(
                        "getPrice: the primary differs from itself at /issuedAt in 90 000 of 100 000 calls that ran "
                                + "twice (90 %), at least 89.")
                .endsWith("say by a rule what does not matter");
        assertThat(waived).isEqualTo(decision);
    }

    @Test
    @Tag("promise-16")
    void aDefectThatNoiseHidesIsNotPassedByWaivers() {
        Place at = Sums.place("/at", 0, 0, 500);
        Place price = Sums.place("/price", 0, 0, 500);
        EvidenceSnapshot hidden = Sums.of(
                Duration.ofDays(8), Sums.paired(Stratum.ALL, 500, Sums.pairs(500, new Split(0, 0, 500), at, price)));
        Set<String> all = Set.of(Stratum.ALL);

        assertThat(Decision.decide(hidden, LAST.with(policy -> policy.waived(all)))
                        .reasons())
                .extracting(Reason::code)
                .contains(Code.COVERAGE);
        assertThat(Decision.decide(hidden, LAST).reasons())
                .extracting(Reason::sentence)
                .noneMatch(sentence -> sentence.contains(", or waive"));
        assertThat(Decision.decide(hidden, Sums.POLICY.with(policy -> policy.waived(all)))
                        .kind())
                .isEqualTo(Kind.HOLD);
    }

    @Test
    void aNoisyStratumThatIsWaivedStandsAsideInTheLastStep() {
        Pairs pairs = Sums.pairs(1_000, new Split(0, 0, 900), Sums.place("/at", 0, 0, 900));
        EvidenceSnapshot noisy = Sums.of(
                Duration.ofDays(8),
                Sums.paired("JP", 1_000, pairs),
                Sums.paired("DE", 100_000, Sums.pairs(9_000, Split.NONE)));

        assertThat(Decision.decide(noisy, LAST).kind()).isNotEqualTo(Kind.PROMOTE);
        assertThat(Decision.decide(noisy, LAST.with(policy -> policy.waived(Set.of("JP"))))
                        .kind())
                .isEqualTo(Kind.PROMOTE);
    }

    @Test
    void aNoisyPairOfARareStratumMutesNoAlarm() {
        EvidenceSnapshot broken = Sums.with(
                Sums.of(
                        Sums.paired("US", 10_000_000, Sums.pairs(10_000, Split.NONE)),
                        Sums.paired("GL", 2, Sums.pairs(2, new Split(0, 1, 0)))),
                recent(
                        Bucket.builder(0).n(1_000).pairs(1, Split.NONE).build(),
                        Bucket.builder(0)
                                .n(1_000)
                                .k(200)
                                .failed(200)
                                .pairs(1, Split.NONE)
                                .build()));

        assertThat(Decision.decide(broken, LAST).kind()).isEqualTo(Kind.ROLLBACK);
    }

    @Test
    void callsThatFailRaiseAnAlarmHoweverNoisyThePrimaryIs() {
        EvidenceSnapshot broken = Sums.with(
                Sums.of(Sums.paired("US", 10_000_000, Sums.pairs(1_000, new Split(0, 0, 450)))),
                recent(
                        Bucket.builder(0)
                                .n(1_000)
                                .k(450)
                                .pairs(100, new Split(0, 0, 45))
                                .build(),
                        Bucket.builder(0)
                                .n(1_000)
                                .k(500)
                                .failed(100)
                                .pairs(90, new Split(0, 0, 40))
                                .build()));

        assertThat(Decision.decide(broken, LAST).reasons())
                .extracting(Reason::sentence)
                .first()
                .isEqualTo(
                        "getPrice has risen above 0.5 % calls that failed, were late or could not be compared: 600 of 6 000 "
                                + "in the latest 1 min; 600 calls failed, were late or could not be compared");
    }

    @Test
    void noiseThatHasJustRisenIsNoAlarmAndADefectIs() {
        Stratum usual = Sums.paired("US", 10_000_000, Sums.pairs(500_000, new Split(30, 30, 0)));
        Bucket quiet = Bucket.builder(0).n(1_000).pairs(50, Split.NONE).build();
        EvidenceSnapshot onBothSides = Sums.with(
                Sums.of(usual),
                recent(
                        quiet,
                        Bucket.builder(0)
                                .n(1_000)
                                .k(100)
                                .pairs(50, new Split(5, 5, 0))
                                .build()));
        EvidenceSnapshot onOne = Sums.with(
                Sums.of(usual),
                recent(
                        quiet,
                        Bucket.builder(0)
                                .n(1_000)
                                .k(100)
                                .pairs(50, new Split(5, 0, 0))
                                .build()));

        assertThat(Decision.decide(onBothSides, LAST).kind()).isNotEqualTo(Kind.ROLLBACK);
        assertThat(Decision.decide(onOne, LAST).reasons().get(0).sentence())
                .isEqualTo(
                        "getPrice has risen above 0.5 % bad calls beyond noise: 30 of 300 that ran twice in the latest 1 min");
    }

    @Test
    void noiseThatNoPairHasSeenYetIsNoBadBeginning() {
        Stratum noisy = Sums.paired(Stratum.ALL, 35, Sums.pairs(2, Split.NONE));
        Stratum unlucky = Stratum.builder(Stratum.ALL)
                .matched(31)
                .major(4)
                .pairs(Sums.pairs(2, Split.NONE))
                .build();
        Stratum failing = Stratum.builder(Stratum.ALL)
                .matched(31)
                .candidateFailed(4)
                .pairs(Sums.pairs(2, Split.NONE))
                .build();
        Stratum wrong = Stratum.builder(Stratum.ALL)
                .matched(23)
                .major(12)
                .pairs(Sums.pairs(35, new Split(12, 0, 0)))
                .build();

        assertThat(List.of(noisy, unlucky)).noneMatch(PairedDecisionTest::isBadBeginning);
        assertThat(List.of(failing, wrong)).allMatch(PairedDecisionTest::isBadBeginning);
    }

    private static boolean isBadBeginning(Stratum stratum) {
        return Decision.decide(Sums.of(stratum), LAST).reasons().stream()
                .anyMatch(reason -> reason.code() == Code.FIRST_CONTACT);
    }

    @Test
    @Tag("promise-16")
    void oneMajorDifferenceExemptsNoPlaceFromTheMinorQuestion() {
        Place order = Place.of("/order", Split.NONE, new Split(0, 60_000, 0));
        Place price = Place.of("/price", new Split(1, 0, 0), new Split(10_000, 0, 0));
        Pairs pairs = Pairs.builder()
                .n(200_000)
                .grave(new Split(1, 0, 0))
                .any(new Split(7_000, 57_000, 3_000))
                .places(List.of(order, price))
                .build();
        Stratum masked = Stratum.builder(Stratum.ALL)
                .matched(189_999)
                .major(1)
                .minor(10_000)
                .pairs(pairs)
                .build();

        Reason first = Decision.decide(Sums.of(masked), Sums.POLICY).reasons().get(0);

        assertThat(first.code()).isEqualTo(Code.RATE_ABOVE);
        assertThat(first.sentence()).startsWith("getPrice differs alone at /price in 10 000");
    }

    @Test
    @Tag("promise-16")
    void lessNoisePaysForNothingThatWasNotSeenYet() {
        Stratum early =
                Sums.paired(Stratum.ALL, 400, Sums.pairs(400, new Split(0, 120, 0), Sums.place("/order", 0, 120, 0)));
        DecisionPolicy policy = Sums.POLICY.with(changed -> changed.threshold(0.01));

        Decision decision = Decision.decide(Sums.of(early), policy);

        assertThat(EProcess.lnPairedBelow(400, 0, 120, 0.01)).isGreaterThan(Math.log(200));
        assertThat(Decision.decide(Sums.of(Sums.stratum(Stratum.ALL, 400, 0)), policy)
                        .kind())
                .isEqualTo(Kind.HOLD);
        assertThat(decision.kind()).isEqualTo(Kind.HOLD);
        assertThat(decision.reasons().get(0).sentence())
                .startsWith(
                        "getPrice differs alone at any other place in 0 of 400 calls that ran twice (0 %); 1 % is needed");
    }

    @Test
    @Tag("promise-16")
    void minorDefectsDoNotHideBehindGraveNoise() {
        Split noise = new Split(0, 0, 40_000);
        Place eta = Place.of("/eta", noise, noise);
        Place label = Place.of("/label", Split.NONE, new Split(20_000, 0, 0));
        Stratum hidden = Sums.paired(
                Stratum.ALL,
                200_000,
                Pairs.builder()
                        .n(200_000)
                        .grave(noise)
                        .any(noise)
                        .places(List.of(eta, label))
                        .build());

        Reason first = Decision.decide(Sums.of(hidden), Sums.POLICY).reasons().get(0);

        assertThat(first.code()).isEqualTo(Code.RATE_ABOVE);
        assertThat(first.sentence()).startsWith("getPrice differs alone at /label in 20 000");
    }

    @Test
    void whatIsMissingInARareStratumDoesNotHoldTheLastStep() {
        Stratum most = Sums.paired("DE", 100_000, Sums.pairs(10_000, Split.NONE));
        Stratum rare = Sums.paired("FO", 10, Pairs.builder().n(9).missed(1).build());

        Decision decision = Decision.decide(Sums.of(Duration.ofDays(8), most, rare), LAST);

        assertThat(decision.kind()).isEqualTo(Kind.PROMOTE);
    }

    @Test
    void withoutPairsAnAlarmIsRaisedAsEver() {
        Pairs missed = Pairs.builder().missed(1_000).build();
        Stratum wrong = Stratum.builder(Stratum.ALL).major(1_000).pairs(missed).build();

        assertThat(Decision.decide(Sums.of(wrong), LAST).kind()).isEqualTo(Kind.ROLLBACK);
    }

    @Test
    @Tag("promise-16")
    void lessNoisePaysForNoExceptions() {
        Place whole = Sums.place("", 0, 40_000, 0);
        Place failed = Sums.place(Place.FAILED, 10_000, 0, 0);
        Stratum failing =
                Sums.paired(Stratum.ALL, 200_000, Sums.pairs(200_000, new Split(8_000, 38_000, 2_000), whole, failed));

        Reason first = Decision.decide(Sums.of(failing), Sums.POLICY).reasons().get(0);

        assertThat(first.code()).isEqualTo(Code.RATE_ABOVE);
        assertThat(first.sentence()).startsWith("getPrice fails alone in 10 000");
    }

    @Test
    @Tag("promise-16")
    void beyondTheNumberOfPlacesNoNoisePaysAndNoneIsHeldAgainstTheCandidate() {
        Place beyond = Sums.place(Place.BEYOND, 1_000, 60_000, 0);
        Stratum many = Sums.paired(Stratum.ALL, 200_000, Sums.pairs(200_000, new Split(500, 59_500, 500), beyond));

        Decision decision = Decision.decide(Sums.of(many), Sums.POLICY);

        assertThat(decision.kind()).isEqualTo(Kind.HOLD);
        assertThat(decision.reasons().get(0).code()).isEqualTo(Code.RATE_UNDECIDED);
        assertThat(decision.reasons().get(0).sentence())
                .startsWith(
                        "getPrice differs alone at places beyond the number of those that are told apart in 1 000 of "
                                + "200 000 calls that ran twice (0.5 %)");
    }

    @Test
    @Tag("promise-15")
    void pairsThatAreAllMissingAreSaidToBe() {
        Stratum none = Stratum.builder(Stratum.ALL)
                .matched(49_600)
                .major(400)
                .pairs(Pairs.builder().missed(50_000).build())
                .build();
        Stratum minor = Stratum.builder(Stratum.ALL)
                .matched(990_000)
                .minor(10_000)
                .pairs(Pairs.builder()
                        .n(100_000)
                        .missed(900_000)
                        .any(new Split(10, 10, 990))
                        .build())
                .build();

        assertThat(List.of(none, minor))
                .allSatisfy(stratum -> assertThat(
                                Decision.decide(Sums.of(stratum), Sums.POLICY).reasons())
                        .extracting(Reason::code)
                        .contains(Code.INCOMPLETE));
    }

    @Test
    void anUnbiasedCandidateHearsWhatItReallyTakes() {
        Stratum unbiased = Sums.paired(Stratum.ALL, 100_000, Sums.pairs(100_000, new Split(8_995, 9_000, 1_000)));

        assertThat(Decision.decide(Sums.of(unbiased), Sums.POLICY)
                        .reasons()
                        .get(0)
                        .sentence())
                .contains(" more calls that run twice if all are equal")
                .contains(" if as many differ as before");
    }

    @Test
    void anEndpointThatNeverAgreesWithItselfIsUnverifiedAndNotRolledBack() {
        Pairs always = Sums.pairs(1_000, new Split(0, 0, 1_000), Sums.place("/at", 0, 0, 1_000));
        EvidenceSnapshot noisy = Sums.with(
                Sums.of(Duration.ofDays(8), Sums.paired(Stratum.ALL, 1_000, always)),
                recent(
                        Bucket.builder(0)
                                .n(10)
                                .k(10)
                                .pairs(10, new Split(0, 0, 10))
                                .build(),
                        Bucket.builder(0)
                                .n(10)
                                .k(10)
                                .pairs(10, new Split(0, 0, 10))
                                .build()));

        Decision decision = Decision.decide(noisy, LAST);

        assertThat(decision.kind()).isEqualTo(Kind.HOLD);
        assertThat(decision.reasons()).extracting(Reason::code).contains(Code.UNVERIFIED_PATH);
    }

    /** An hour of one kind of bucket, and then a minute of another one. */
    private static List<Bucket> recent(Bucket usual, Bucket latest) {
        return IntStream.range(0, 366)
                .mapToObj(i -> at(10L * i, i < 360 ? usual : latest))
                .toList();
    }

    private static Bucket at(long start, Bucket like) {
        return Bucket.builder(start)
                .n(like.n())
                .k(like.k())
                .failed(like.failed())
                .pairs(like.paired(), like.split())
                .build();
    }
}
