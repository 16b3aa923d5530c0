package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.Difference.Severity;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.IgnoreRule;
import dev.scientist.ResultComparator;
import dev.scientist.Scientist;
import dev.scientist.TestScientists;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Pairs.Place;
import dev.scientist.decision.Pairs.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Sums.FROM);
    private final FakeTicker ticker = new FakeTicker(); // both clocks stand still
    private final Evidence evidence = Evidence.builder()
            .stratum("tiers", "tier")
            .epoch("versions", new Epoch("7", "1", "rules"))
            .instantSource(now::get)
            .build();

    @AutoClose
    private final Scientist scientist =
            TestScientists.builder(ticker, now::get).publisher(evidence).build();

    @Test
    void everyVerdictIsCountedOnceAndByTheGravestDifference() {
        Experiment<String> experiment = experiment("all");
        experiment.run(() -> "a", () -> "a");
        experiment.run(() -> "a", () -> "minor");
        experiment.run(() -> "a", () -> "major");
        experiment.run(() -> "a", () -> "critical");
        experiment.run(() -> "a", () -> "known");
        experiment.run(() -> "a", () -> "unknowable");
        experiment.run(() -> "a", () -> {
            throw new IllegalStateException("candidate");
        });

        assertThat(evidence.snapshot("all").strata())
                .containsExactly(Stratum.builder(Stratum.ALL)
                        .matched(1)
                        .ignored(1)
                        .critical(1)
                        .major(1)
                        .minor(1)
                        .candidateFailed(1)
                        .uncompared(1)
                        .build());
    }

    @Test
    @Tag("promise-17")
    void theTotalsAreThoseOfTheTally() {
        Experiment<String> experiment = experiment("tiers");
        for (int i = 0; i < 1_000; i++) {
            String answer = i % 7 == 0 ? "major" : "a";
            experiment.call().attribute("tier", i % 3).candidate(() -> answer).run(() -> "a");
        }

        EvidenceSnapshot snapshot = evidence.snapshot("tiers");

        assertThat(snapshot.strata()).extracting(Stratum::name).containsExactly("0", "1", "2");
        assertThat(snapshot.compared())
                .isEqualTo(experiment.tally().calls("candidate"))
                .isEqualTo(1_000);
        assertThat(snapshot.recent())
                .containsExactly(Bucket.builder(Sums.FROM.getEpochSecond())
                        .n(1_000)
                        .k(143)
                        .build());
        assertThat(snapshot.primaryLatency().n()).isEqualTo(1_000);
        assertThat(snapshot.candidateLatency().n()).isEqualTo(1_000);
    }

    @Test
    void whatWasNotSaidByNameIsFoundByAFunction() {
        Evidence found = Evidence.builder()
                .stratum("named", "tier")
                .strata(name -> Optional.of("country"))
                .epochs(name -> new Epoch(name, "2", ""))
                .build();
        try (Scientist other = TestScientists.builder(now::get).publisher(found).build()) {
            for (String name : List.of("named", "other")) {
                other.<String>experiment(name, options -> options.start(Start.SAME_THREAD))
                        .call()
                        .attribute("tier", "gold")
                        .attribute("country", "DK")
                        .candidate(() -> "a")
                        .run(() -> "a");
            }
        }

        assertThat(found.snapshot("named").strata()).extracting(Stratum::name).containsExactly("gold");
        assertThat(found.snapshot("other").strata()).extracting(Stratum::name).containsExactly("DK");
        assertThat(found.snapshot("other").epochs()).containsExactly(new Epoch("other", "2", "equality"));
    }

    @Test
    void anEpochWithoutRulesNamesTheComparison() {
        Set<Epoch> epochs = new HashSet<>();
        for (String comparator : List.of("by name", "by name", "by name and price")) {
            Evidence started = Evidence.builder().build();
            try (Scientist other =
                    TestScientists.builder(now::get).publisher(started).build()) {
                other.experiment("quotes", options -> options.comparator(new Described(comparator)));
                epochs.addAll(started.snapshot("quotes").epochs());
            }
        }

        assertThat(epochs)
                .containsExactlyInAnyOrder(new Epoch("", "", "by name"), new Epoch("", "", "by name and price"));
    }

    @Test
    void whoOpensAnEpochForAVersionNeedNotRepeatTheRules() {
        Evidence counted = Evidence.builder().build();
        try (Scientist other =
                TestScientists.builder(now::get).publisher(counted).build()) {
            Experiment<String> quotes = other.experiment("quotes", options -> options.start(Start.SAME_THREAD));
            quotes.run(() -> "a", () -> "b");

            counted.open("quotes", Epoch.UNNAMED); // this epoch is open already
            long before = counted.snapshot("quotes").compared();
            counted.open("quotes", new Epoch("", "2", ""));

            assertThat(before).isEqualTo(1);
            assertThat(counted.snapshot("quotes").epochs()).containsExactly(new Epoch("", "2", "equality"));
            assertThat(counted.snapshot("quotes").compared()).isZero();
        }
    }

    private record Described(String description) implements ResultComparator<Object> {

        @Override
        public List<Difference> compare(Object primary, Object candidate) {
            return List.of();
        }
    }

    @Test
    @Tag("promise-14")
    void strataBeyondTheirNumberArePooled() {
        Experiment<String> experiment = experiment("tiers");
        IntStream.range(0, 500)
                .forEach(i -> experiment
                        .call()
                        .attribute("tier", "t" + i)
                        .candidate(() -> "a")
                        .run(() -> "a"));
        experiment.run(() -> "a", () -> "a");

        List<Stratum> strata = evidence.snapshot("tiers").strata();

        assertThat(strata).hasSize(Stratum.MOST + 1);
        assertThat(strata)
                .filteredOn(stratum -> stratum.name().equals(Stratum.OTHER))
                .extracting(Stratum::n)
                .containsExactly(301L);
    }

    @Test
    void anotherVersionIsAnotherEpochAndTheOldEvidenceStaysReadable() {
        Experiment<String> experiment = experiment("versions");
        experiment.run(() -> "a", () -> "major");
        evidence.open("versions", new Epoch("7", "1", "rules"));
        evidence.open("versions", new Epoch("7", "2", "rules"));
        experiment.run(() -> "a", () -> "a");

        assertThat(evidence.snapshot("versions").epochs()).containsExactly(new Epoch("7", "2", "rules"));
        assertThat(evidence.snapshot("versions").strata()).containsExactly(Sums.stratum(Stratum.ALL, 1, 0));
        assertThat(evidence.closed("versions", "candidate"))
                .extracting(EvidenceSnapshot::strata)
                .containsExactly(List.of(Sums.stratum(Stratum.ALL, 1, 1)));
    }

    @Test
    @Tag("promise-15")
    void aCallThatWasUnderWayWhenAVersionChangedIsOfTheOldOne() {
        Experiment<String> experiment = experiment("versions");
        experiment.run(
                () -> {
                    now.set(now.get().plusSeconds(3_600));
                    ticker.advance(Duration.ofHours(1));
                    evidence.open("versions", new Epoch("7", "2", "rules"));
                    return "a";
                },
                () -> "critical");

        assertThat(evidence.snapshot("versions").strata()).isEmpty();
        assertThat(evidence.closed("versions", "candidate"))
                .extracting(EvidenceSnapshot::strata)
                .containsExactly(
                        List.of(Stratum.builder(Stratum.ALL).critical(1).build()));
    }

    @Test
    @Tag("promise-15")
    void callsThatWereToRunThePrimaryTwiceAndDidNotAreMissed() {
        Experiment<String> experiment = scientist.experiment(
                "narrow",
                options -> options.start(Start.SAME_THREAD).replicateRate(1).maxConcurrent(1));
        experiment.run(() -> "a", () -> "a");

        assertThat(evidence.snapshot("narrow").strata())
                .extracting(Stratum::pairs)
                .containsExactly(Pairs.builder().missed(1).build());
    }

    @Test
    void pairsAreCountedWhereThePrimaryRanTwice() {
        AtomicInteger calls = new AtomicInteger();
        Experiment<String> experiment = scientist.experiment(
                "noisy", options -> options.start(Start.SAME_THREAD).replicateRate(1));
        for (int i = 0; i < 100; i++) {
            int call = i;
            calls.set(0);
            experiment.run(
                    () -> calls.incrementAndGet() == 2 && call % 4 == 0 ? "noise" : "a",
                    () -> call % 5 == 0 ? "defect" : "a");
        }

        Stratum stratum = evidence.snapshot("noisy").strata().get(0);

        Split split = new Split(15, 20, 5); // 20 with a defect and 25 with noise, of which 5 are the same
        assertThat(stratum.n()).isEqualTo(100);
        assertThat(stratum.pairs())
                .isEqualTo(Pairs.builder()
                        .n(100)
                        .grave(split)
                        .any(split)
                        .places(List.of(Place.of("", split, split)))
                        .build());
    }

    @Test
    @Tag("promise-15")
    void anOutageOfThePrimaryIsNoPairEither() {
        Experiment<String> experiment = scientist.experiment(
                "outage", options -> options.start(Start.SAME_THREAD).replicateRate(1));
        IllegalStateException outage = new IllegalStateException("the primary is down");
        List<Throwable> thrown = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            thrown.add(catchThrowable(() -> experiment.run(
                    () -> {
                        throw outage;
                    },
                    () -> "a")));
        }

        EvidenceSnapshot snapshot = evidence.snapshot("outage");

        assertThat(thrown).hasSize(10).containsOnly(outage);
        assertThat(snapshot.strata()).extracting(Stratum::primaryFailed).containsExactly(10L);
        assertThat(snapshot.pairs(stratum -> true)).isEqualTo(Pairs.NONE);
        assertThat(Decision.decide(snapshot, Sums.POLICY).reasons())
                .extracting(Decision.Reason::code)
                .containsExactly(Decision.Code.NO_DATA);
    }

    @Test
    void aSnapshotUnderLoadNeverHoldsMorePairsOfOneKindThanPairs() throws InterruptedException {
        Experiment<String> experiment = scientist.experiment(
                "loaded",
                options -> options.start(Start.SAME_THREAD).replicateRate(1).maxConcurrent(64));
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    for (int call = 0; call < 5_000; call++) {
                        experiment.run(() -> "a", () -> "wrong");
                    }
                }))
                .toList();
        List<Pairs> seen = new ArrayList<>();
        callers.forEach(Thread::start);
        while (callers.stream().anyMatch(Thread::isAlive)) {
            evidence.snapshot("loaded").strata().forEach(loaded -> seen.add(loaded.pairs())); // contradictions throw
        }
        for (Thread caller : callers) {
            caller.join();
        }

        Stratum stratum = evidence.snapshot("loaded").strata().get(0);

        assertThat(stratum.n()).isEqualTo(20_000);
        assertThat(seen).allSatisfy(pairs -> {
            assertThat(pairs.grave().worse()).isLessThanOrEqualTo(pairs.any().worse());
            assertThat(pairs.places())
                    .allMatch(place -> place.grave().worse() <= place.any().worse()
                            && place.any().worse() <= pairs.any().worse());
        });
        assertThat(stratum.pairs().missed()).isZero();
        assertThat(stratum.pairs().grave().worse())
                .isEqualTo(stratum.pairs().n())
                .isEqualTo(20_000);
    }

    @Test
    @Tag("promise-14")
    void placesBeyondTheirNumberAreOneMoreAndNoneIsLeftOut() {
        Experiment<String> experiment = scientist.experiment(
                "places",
                options -> options.start(Start.SAME_THREAD)
                        .replicateRate(1)
                        .comparator((primary, candidate) -> primary.equals(candidate) ? List.of() : manyPlaces()));
        experiment.run(() -> "a", () -> "b");

        Pairs pairs = evidence.snapshot("places").strata().get(0).pairs();

        assertThat(pairs.places())
                .hasSize(51)
                .allSatisfy(place -> assertThat(place.any()).isEqualTo(new Split(1, 0, 0)));
        assertThat(pairs.places()).extracting(Place::path).contains("/p0", Place.BEYOND);
    }

    private static List<Difference> manyPlaces() {
        return IntStream.range(0, 60)
                .mapToObj(i -> Difference.of("/p" + i, Kind.CHANGED, 1, 2))
                .toList();
    }

    @Test
    @Tag("promise-16")
    void aSecondRunThatFailsPaysForNoFailureOfTheCandidate() {
        AtomicInteger calls = new AtomicInteger();
        Experiment<String> experiment = scientist.experiment(
                "off its thread", options -> options.start(Start.SAME_THREAD).replicateRate(1));
        experiment.run(
                () -> {
                    if (calls.getAndIncrement() > 0) {
                        throw new IllegalStateException("no proxy here");
                    }
                    return "a";
                },
                () -> "a");

        assertThat(evidence.snapshot("off its thread").strata())
                .extracting(Stratum::pairs)
                .containsExactly(Pairs.builder().missed(1).build());
    }

    @Test
    @Tag("promise-17")
    void whatRulesAcceptIsNoNoiseAndNoPair() {
        AtomicInteger calls = new AtomicInteger();
        Experiment<String> experiment = scientist.experiment(
                "accepted",
                options -> options.start(Start.SAME_THREAD)
                        .replicateRate(1)
                        .ignore(IgnoreRule.<String>named("known")
                                .owner("pricing")
                                .reason("tests")
                                .when((primary, candidate) -> "known".equals(candidate.valueOrNull()))));
        experiment.run(() -> calls.getAndIncrement() == 0 ? "a" : "known", () -> "b");

        assertThat(evidence.snapshot("accepted").strata())
                .extracting(Stratum::pairs)
                .containsExactly(Pairs.NONE);
    }

    @Test
    @Tag("promise-17")
    void oneEvidenceForTwoScientistsForgetsNothing() {
        experiment("all").run(() -> "a", () -> "major");
        Scientist other = TestScientists.builder(now::get).publisher(evidence).build();
        Experiment<String> namesake = experiment(other, "all");
        namesake.run(() -> "a", () -> "a");
        other.close();
        namesake.run(() -> "a", () -> "a");

        assertThat(evidence.snapshot("all").strata()).containsExactly(Sums.stratum(Stratum.ALL, 2, 1));
        assertThat(evidence.snapshot("all").shed()).isEqualTo(1);
    }

    @Test
    void aClockThatGoesBackHidesNoBreak() {
        Experiment<String> experiment = experiment("all");
        for (int i = 0; i < 400; i++) {
            now.set(Sums.FROM.plus(Duration.ofDays(30)).plusSeconds(10L * i));
            experiment.run(() -> "a", () -> "a");
        }
        for (int i = 0; i < 10; i++) {
            now.set(Sums.FROM.plusSeconds(10L * i));
            experiment.run(() -> "a", () -> "major");
        }

        assertThat(evidence.snapshot("all").recent())
                .hasSize(360)
                .filteredOn(bucket -> bucket.k() == 1)
                .hasSize(10);
    }

    @Test
    @Tag("promise-15")
    void callsThatWereShedAreMissedAndThoseThatWereNotSampledAreNot() {
        Experiment<String> experiment = experiment("all");
        experiment.run(() -> "a", () -> "a");
        experiment.change(settings -> settings.sampleRate(0));
        experiment.run(() -> "a", () -> "a");
        EvidenceSnapshot notSampled = evidence.snapshot("all");
        scientist.close();
        experiment.run(() -> "a", () -> "a");

        assertThat(notSampled.shed()).isZero();
        assertThat(evidence.snapshot("all").shed()).isEqualTo(1);
        assertThat(evidence.snapshot("all").compared()).isEqualTo(1);
    }

    @Test
    void bucketsOfAnHourAreKept() {
        Experiment<String> experiment = experiment("all");
        for (int i = 0; i < 400; i++) {
            now.set(Sums.FROM.plusSeconds(10L * i + 5));
            experiment.run(() -> "a", () -> "a");
        }

        EvidenceSnapshot snapshot = evidence.snapshot("all");

        assertThat(snapshot.recent()).hasSize(360);
        assertThat(snapshot.until()).isEqualTo(Sums.FROM.plusSeconds(3_995));
    }

    @Test
    @Tag("promise-3")
    void readingChangesNothing() {
        Experiment<String> experiment = experiment("all");
        experiment.run(() -> "a", () -> "a");

        assertThat(evidence.snapshot("all")).isEqualTo(evidence.snapshot("all"));
        assertThat(evidence.experiments()).containsExactly("all");
    }

    @Test
    void anUnknownExperimentOrCandidateIsSaidSo() {
        experiment("all");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> evidence.snapshot("none"))
                .withMessage("no experiment \"none\" is counted; there is [all]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evidence.snapshot("all", "other"))
                .withMessage("experiment \"all\" has no candidate \"other\"; there is [candidate]");
    }

    private Experiment<String> experiment(String name) {
        return experiment(scientist, name);
    }

    private static Experiment<String> experiment(Scientist of, String name) {
        return of.experiment(
                name,
                options -> options.start(Start.SAME_THREAD)
                        .comparator(EvidenceTest::compare)
                        .ignore(IgnoreRule.<String>named("known")
                                .owner("pricing")
                                .reason("tests")
                                .when((primary, candidate) -> "known".equals(candidate.valueOrNull()))));
    }

    private static List<Difference> compare(String primary, String candidate) {
        if (primary.equals(candidate)) {
            return List.of();
        }
        Difference difference = Difference.of("", Kind.CHANGED, primary, candidate);
        return switch (candidate) {
            case "unknowable" -> throw new IllegalStateException("comparator");
            case "critical" ->
                List.of(difference.withSeverity(Severity.MINOR), difference.withSeverity(Severity.CRITICAL));
            case "minor" -> List.of(difference.withSeverity(Severity.MINOR));
            default -> List.of(difference);
        };
    }
}
