package dev.scientist;

import static dev.scientist.Bench.attempt;
import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.Tally.Hook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Comparing, ignoring, cleaning: cases 21 to 28")
class ComparingTest {

    private static final Instant NEW_YEAR = Instant.parse("2030-01-01T00:00:00Z");

    @AutoClose
    private final Bench bench = new Bench();

    @ParameterizedTest
    @MethodSource("brokenComparators")
    @Tag("case-21")
    void aComparatorThatFailsMakesTheCallUncompared(ResultComparator<Object> comparator) {
        Experiment<String> experiment = bench.experiment(options -> options.comparator(comparator));
        List<String> values = new ArrayList<>();

        List<String> warnings;
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 3; i++) {
                values.add(experiment.run(() -> "primary", () -> "candidate"));
            }
            settle(experiment);
            warnings = lines.warnings();
        }

        assertThat(values).containsOnly("primary");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/comparator_failed", 3L));
        assertThat(experiment.tally().hookFailures(Hook.COMPARATOR)).isEqualTo(3);
        assertThat(warnings).singleElement().asString().contains("comparator").doesNotContain("secret");
        assertThat(bench.seen.count()).isEqualTo(3);
    }

    static Stream<Named<ResultComparator<Object>>> brokenComparators() {
        return Stream.of(
                Named.of("throws", (primary, candidate) -> {
                    throw new IllegalStateException("secret");
                }),
                Named.of("throws a checked exception", (primary, candidate) -> {
                    throw new Exception("secret");
                }),
                Named.of("throws an error", (primary, candidate) -> {
                    throw new LinkageError("secret");
                }),
                Named.of("returns null", (primary, candidate) -> null),
                Named.of("returns a null difference", (primary, candidate) -> Arrays.asList((Difference) null)),
                Named.of(
                        "returns a difference and a null",
                        (primary, candidate) -> Bench.listOf(Difference.of("/a", Difference.Kind.CHANGED, 1, 2), null)),
                Named.of("returns a list that throws", (primary, candidate) -> new ThrowingList()));
    }

    private static final class ThrowingList extends java.util.AbstractList<Difference> {
        @Override
        public Difference get(int index) {
            throw new IllegalStateException("secret");
        }

        @Override
        public int size() {
            return 1;
        }
    }

    @Test
    @Tag("case-21")
    void aBrokenDifferenceOfOneCandidateDoesNotTakeTheVerdictOfAnother() {
        Experiment<String> experiment = bench.experiment(options -> options.candidates("broken", "sound")
                .comparator((primary, candidate) ->
                        candidate.equals("broken") ? Arrays.asList((Difference) null) : List.of()));

        experiment
                .call()
                .candidate("broken", () -> "broken")
                .candidate("sound", () -> "sound")
                .run(() -> "primary");
        settle(experiment);

        assertThat(verdicts(experiment, "broken")).isEqualTo(Map.of("uncompared/comparator_failed", 1L));
        assertThat(verdicts(experiment, "sound")).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().candidates()).hasSize(2);
    }

    @Test
    @Tag("case-21")
    void aComparatorOverItsBudgetMakesTheCallUncomparedAndIsInterrupted() {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.maxConcurrent(1)
                .comparisonTimeout(Duration.ofMillis(50))
                .comparator((primary, candidate) -> {
                    door.passStubbornly();
                    return List.of(Difference.of("", Difference.Kind.CHANGED, primary, candidate));
                }));

        String value = experiment.run(() -> "primary", () -> "candidate");
        door.awaitArrivals(1);
        bench.ticker.advance(Duration.ofMillis(51));
        door.awaitInterruption();
        bench.seen.await(1); // by another worker, after it was counted
        int inFlightWhileItCompares = experiment.tally().inFlight();
        door.open();
        settle(experiment);

        assertThat(value).isEqualTo("primary");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/over_budget", 1L));
        assertThat(inFlightWhileItCompares).isEqualTo(1);
        assertThat(bench.seen.onlyCandidate().reason()).isEqualTo(Verdict.Reason.OVER_BUDGET);
        assertThat(bench.seen.onlyCandidate().differences()).isEmpty();
    }

    @Test
    @Tag("case-21")
    void aHungComparisonDoesNotHoldUpTheNext() {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
            if (primary.equals("hang")) {
                door.passStubbornly();
            }
            return List.of();
        }));

        experiment.run(() -> "hang", () -> "hang");
        door.awaitArrivals(1);
        for (int i = 0; i < 20; i++) {
            experiment.run(() -> "quick", () -> "quick");
        }
        eventually(
                "the others give their permits back", () -> experiment.tally().inFlight() == 1);

        assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(20);
    }

    @Test
    @Tag("case-22")
    void theComparatorIsNeverAskedAboutASideThatThrew() {
        AtomicInteger asked = new AtomicInteger();
        IllegalStateException ofPrimary = new IllegalStateException("primary");
        IllegalStateException ofCandidate = new IllegalStateException("candidate");
        AtomicReference<List<Throwable>> seenByErrorComparator = new AtomicReference<>();
        Experiment<String> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
                    asked.incrementAndGet();
                    return List.of();
                })
                .errorComparator((primary, candidate) -> {
                    seenByErrorComparator.set(List.of(primary, candidate));
                    return List.of();
                }));

        experiment.run(() -> "value", () -> raise(ofCandidate));
        attempt(() -> experiment.run(() -> raise(ofPrimary), () -> "value"));
        attempt(() -> experiment.run(() -> raise(ofPrimary), () -> raise(ofCandidate)));
        settle(experiment);

        assertThat(asked).hasValue(0);
        assertThat(seenByErrorComparator.get()).containsExactly(ofPrimary, ofCandidate);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("candidate_failed", 1L, "primary_failed", 1L, "matched", 1L));
    }

    @Test
    @Tag("case-22")
    void anErrorComparatorThatThrowsMakesTheCallUncompared() {
        Experiment<String> experiment = bench.experiment(options -> options.errorComparator((primary, candidate) -> {
            throw new IllegalStateException("secret");
        }));
        IllegalStateException ofPrimary = new IllegalStateException("primary");

        Throwable caught = catchThrowable(
                () -> experiment.run(() -> raise(ofPrimary), () -> raise(new IllegalStateException("candidate"))));
        settle(experiment);

        assertThat(caught).isSameAs(ofPrimary);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/comparator_failed", 1L));
        assertThat(experiment.tally().hookFailures(Hook.ERROR_COMPARATOR)).isEqualTo(1);
    }

    private static String raise(RuntimeException error) {
        throw error;
    }

    private static <V> IgnoreRule<V> rule(String name, BiPredicate<? super Outcome<V>, ? super Outcome<V>> condition) {
        return IgnoreRule.<V>named(name).owner("team").reason("known").when(condition);
    }

    @Test
    @Tag("case-23")
    void ignoreRulesAreAskedInOrderAndAThrowingOneCountsAsNo() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Experiment<String> experiment = bench.experiment(options -> options.ignore(rule("first", (p, c) -> {
                    asked.add("first");
                    return false;
                }))
                .ignore(rule("second", (p, c) -> {
                    asked.add("second");
                    throw new IllegalStateException("secret");
                }))
                .ignore(rule("third", (p, c) -> asked.add("third")))
                .ignore(rule("fourth", (p, c) -> asked.add("fourth"))));

        experiment.run(() -> "a", () -> "b");
        settle(experiment);

        assertThat(asked).containsExactly("first", "second", "third");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("ignored", 1L));
        assertThat(bench.seen.onlyCandidate().ignoredBy()).isEqualTo("third");
        assertThat(experiment.tally().hookFailures(Hook.IGNORE_RULE)).isEqualTo(1);
    }

    @Test
    @Tag("case-23")
    void whereEveryRuleThrowsTheMismatchStands() {
        Experiment<String> experiment = bench.experiment(options -> options.ignore(rule("first", (p, c) -> {
            throw new AssertionError("secret");
        })));

        experiment.run(() -> "a", () -> "b");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L));
    }

    @Test
    @Tag("case-24")
    void anIgnoredDifferenceIsNeitherMatchedNorMismatchedAndHidesNoOther() {
        Experiment<String> experiment = bench.experiment(options -> options.candidates("tolerated", "wrong")
                .ignore(rule("spelling", (p, c) -> "grey".equals(c.valueOrNull()))));

        experiment
                .call()
                .candidate("tolerated", () -> "grey")
                .candidate("wrong", () -> "black")
                .run(() -> "gray");
        settle(experiment);

        assertThat(verdicts(experiment, "tolerated")).isEqualTo(Map.of("ignored", 1L));
        assertThat(verdicts(experiment, "wrong")).isEqualTo(Map.of("mismatched", 1L));
        assertThat(bench.seen.only().disagreements())
                .extracting(Trial.Candidate::name)
                .containsExactly("wrong");
    }

    @Test
    @Tag("case-25")
    void rulesSeeValuesAndThrowablesAndCountWhatTheyHid() {
        IllegalStateException ofPrimary = new IllegalStateException("primary");
        IllegalArgumentException ofCandidate = new IllegalArgumentException("candidate");
        Experiment<String> experiment = bench.experiment(options -> options.ignore(
                        rule("values", (p, c) -> "a".equals(p.valueOrNull()) && "b".equals(c.valueOrNull())))
                .ignore(rule("candidate fails", (p, c) -> p.isReturned() && c.errorOrNull() == ofCandidate))
                .ignore(rule("primary fails", (p, c) -> p.errorOrNull() == ofPrimary && c.isReturned()))
                .ignore(rule("both fail", (p, c) -> p.errorOrNull() == ofPrimary && c.errorOrNull() == ofCandidate)));

        experiment.run(() -> "a", () -> "b");
        experiment.run(() -> "a", () -> "b");
        experiment.run(() -> "a", () -> raise(ofCandidate));
        attempt(() -> experiment.run(() -> raise(ofPrimary), () -> "b"));
        attempt(() -> experiment.run(() -> raise(ofPrimary), () -> raise(ofCandidate)));
        experiment.run(() -> "a", () -> "c");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("ignored", 5L, "mismatched", 1L));
        assertThat(experiment.tally().ignoreRules())
                .containsExactly("both fail", "candidate fails", "primary fails", "values");
        assertThat(experiment.tally().ignored("values")).isEqualTo(2);
        assertThat(experiment.tally().ignored("candidate fails")).isEqualTo(1);
        assertThat(experiment.tally().ignored("primary fails")).isEqualTo(1);
        assertThat(experiment.tally().ignored("both fail")).isEqualTo(1);
        assertThat(experiment.tally().differences(Difference.Kind.CHANGED, Difference.Severity.MAJOR))
                .isEqualTo(1);
    }

    @Test
    @Tag("case-25")
    void anExpiredRuleStopsHidingAndSaysSo() {
        AtomicReference<Instant> now = new AtomicReference<>(NEW_YEAR.minusNanos(1));
        Scientist scientist = bench.use(bench.builder().instants(now::get));
        Experiment<String> experiment = scientist.experiment(
                "experiment",
                options -> options.ignore(IgnoreRule.<String>named("temporary")
                        .owner("pricing")
                        .reason("ticket 4711")
                        .expires(NEW_YEAR)
                        .when((p, c) -> true)));

        List<String> warnings;
        try (LogLines lines = new LogLines()) {
            experiment.run(() -> "a", () -> "b");
            settle(experiment);
            now.set(NEW_YEAR);
            experiment.run(() -> "a", () -> "b");
            experiment.run(() -> "a", () -> "b");
            settle(experiment);
            warnings = lines.warnings();
        }

        assertThat(verdicts(experiment)).isEqualTo(Map.of("ignored", 1L, "mismatched", 2L));
        assertThat(experiment.tally().ignored("temporary")).isEqualTo(1);
        assertThat(warnings).singleElement().asString().contains("temporary", "pricing", "2030-01-01", "expired");
    }

    @Test
    @Tag("case-25")
    void anotherFailingRuleDoesNotSilenceAnExpiredOne() {
        Scientist scientist = bench.use(bench.builder().instants(() -> NEW_YEAR));
        Experiment<String> experiment = scientist.experiment(
                "experiment",
                options -> options.ignore(rule("broken", (p, c) -> {
                            throw new IllegalStateException("secret");
                        }))
                        .ignore(expired("old"))
                        .ignore(expired("older")));

        List<String> warnings;
        try (LogLines lines = new LogLines()) {
            experiment.run(() -> "a", () -> "b");
            experiment.run(() -> "a", () -> "b");
            settle(experiment);
            warnings = lines.warnings();
        }

        assertThat(warnings).hasSize(3);
        assertThat(warnings).filteredOn(line -> line.contains("'old'")).hasSize(1);
        assertThat(warnings).filteredOn(line -> line.contains("'older'")).hasSize(1);
    }

    private static IgnoreRule<String> expired(String name) {
        return IgnoreRule.<String>named(name)
                .owner("team")
                .reason("known")
                .expires(NEW_YEAR)
                .when((p, c) -> true);
    }

    @Test
    @Tag("case-26")
    void aCleanerShapesWhatIsPublishedAndNeverWhatIsCompared() {
        Experiment<String> experiment = bench.experiment(options -> options.cleaner(value -> "<cleaned>"));

        String value = experiment.run(() -> "secret a", () -> "secret b");
        settle(experiment);

        assertThat(value).isEqualTo("secret a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo("<cleaned>");
        assertThat(bench.seen.onlyCandidate().outcome().valueOrNull()).isEqualTo("<cleaned>");
        assertThat(bench.seen.onlyCandidate().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.primary()).isNull();
            assertThat(difference.candidate()).isNull();
            assertThat(difference.primaryType()).isEqualTo("java.lang.String");
        });
    }

    @Test
    @Tag("case-26")
    void aCleanerIsNotCalledForNullOrForASideThatThrew() {
        List<String> cleaned = Collections.synchronizedList(new ArrayList<>());
        Experiment<String> experiment = bench.experiment(options -> options.cleaner(value -> {
            cleaned.add(value);
            return value;
        }));

        experiment.run(() -> null, () -> null);
        experiment.run(() -> null, () -> raise(new IllegalStateException("candidate")));
        attempt(() -> experiment.run(() -> raise(new IllegalStateException("primary")), () -> null));
        settle(experiment);

        assertThat(cleaned).isEmpty();
        assertThat(bench.seen.count()).isEqualTo(3);
    }

    @Test
    @Tag("case-26")
    void whereTheCleanerThrowsTheValueIsLeftOutAndTheVerdictStands() {
        Experiment<String> experiment = bench.experiment(options -> options.cleaner(value -> {
            throw new IllegalStateException("secret");
        }));

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isNull();
        assertThat(bench.seen.onlyCandidate().outcome().valueOrNull()).isNull();
        assertThat(experiment.tally().hookFailures(Hook.CLEANER)).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("untouchables")
    @Tag("case-27")
    void valuesThatCannotBeTouchedAreUncompared(Supplier<Object> untouchable) {
        Object ofPrimary = untouchable.get();
        Object ofCandidate = untouchable.get();
        Experiment<Object> experiment = bench.experiment();

        Object value = experiment.run(() -> ofPrimary, () -> ofCandidate);
        settle(experiment);

        assertThat(value == ofPrimary).isTrue();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/comparator_failed", 1L));
        assertThat(bench.seen.only().toString()).contains("uncompared(comparator_failed)");
    }

    static Stream<Named<Supplier<Object>>> untouchables() {
        return Stream.of(
                Named.of("equals throws", Bench.Hostile::new),
                Named.of("cyclic list", () -> {
                    List<Object> list = new ArrayList<>();
                    list.add(list);
                    return list;
                }),
                Named.of("cyclic map", () -> {
                    Map<String, Object> map = new HashMap<>();
                    map.put("self", map);
                    return map;
                }),
                Named.of("cyclic array", () -> {
                    Object[] array = new Object[1];
                    array[0] = array;
                    return array;
                }),
                Named.of("lazy, usable on its own thread only", Lazy::new));
    }

    private static final class Lazy {
        private final Thread owner = Thread.currentThread();

        @Override
        public boolean equals(Object other) {
            if (Thread.currentThread() != owner) {
                throw new IllegalStateException("no session");
            }
            return other instanceof Lazy;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    @Test
    @Tag("case-27")
    void aComparatorThatGetsTheWrongTypeIsUncomparedOnly() {
        Experiment<String> experiment = bench.experiment(options ->
                options.comparator((primary, candidate) -> primary.length() == candidate.length()
                        ? List.of()
                        : List.of(Difference.of("", Difference.Kind.CHANGED, primary, candidate))));
        @SuppressWarnings({"unchecked", "rawtypes"}) // as an unchecked cast in a user's code would do
        Implementation<String, RuntimeException> wrong = (Implementation) () -> 42;

        String value = experiment.run(() -> "a", wrong);
        settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/comparator_failed", 1L));
    }

    @Test
    @Tag("case-28")
    @Tag("promise-9")
    @DisplayName("Promise 9: with a snapshot, values are compared as they were when handed to the caller")
    void whatTheCallerChangesAfterwardsIsNotCompared() {
        Door door = bench.door();
        Experiment<List<Integer>> experiment = bench.experiment(options -> options.snapshot(ArrayList::new));

        List<Integer> value = experiment.run(() -> Bench.listOf(1, 2), () -> {
            door.pass();
            return Bench.listOf(1, 2);
        });
        value.clear();
        door.open();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo(List.of(1, 2));
    }

    @Test
    @Tag("case-28")
    @Tag("promise-9")
    @DisplayName("Promise 9: the caller gets its own value, not the snapshot")
    void theCallerGetsItsOwnValueAndNotTheSnapshot() {
        List<Integer> own = Bench.listOf(1, 2);
        Experiment<List<Integer>> experiment = bench.experiment(options -> options.snapshot(ArrayList::new));

        List<Integer> value = experiment.run(() -> own, () -> List.of(1, 2));
        settle(experiment);

        assertThat(value).isSameAs(own);
        assertThat(bench.seen.only().primary().valueOrNull()).isNotSameAs(own);
    }

    @ParameterizedTest
    @MethodSource("brokenSnapshots")
    @Tag("case-28")
    void aSnapshotThatFailsMakesTheCallUncompared(java.util.function.UnaryOperator<String> snapshot) {
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(snapshot));

        String value = experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/snapshot_failed", 1L));
        assertThat(experiment.tally().hookFailures(Hook.SNAPSHOT)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("brokenSnapshots")
    @Tag("case-28")
    void aCandidateThatThrowsHasFailedWhateverTheSnapshot(java.util.function.UnaryOperator<String> snapshot) {
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(snapshot));

        experiment.run(() -> "a", () -> {
            throw new IllegalStateException("candidate");
        });
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("candidate_failed", 1L));
        assertThat(bench.seen.onlyCandidate().differences())
                .singleElement()
                .matches(difference -> difference.kind() == Difference.Kind.ERROR && difference.primary() == null);
    }

    /** The value belongs to the caller, which may change it at any time. */
    @ParameterizedTest
    @MethodSource("brokenSnapshots")
    @Tag("promise-9")
    void aValueWithoutASnapshotIsNotPublished(java.util.function.UnaryOperator<String> snapshot) {
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(snapshot));

        String value = experiment.run(() -> "a", () -> "a");
        Outcome<?> published = bench.seen.only().primary();

        assertThat(value).isEqualTo("a");
        assertThat(published.kind()).isEqualTo(Outcome.Kind.RETURNED);
        assertThat(published.valueOrNull()).isNull();
    }

    static Stream<Named<java.util.function.UnaryOperator<String>>> brokenSnapshots() {
        return Stream.of(
                Named.of("throws", value -> {
                    throw new IllegalStateException("secret");
                }),
                Named.of("throws an error", value -> {
                    throw new StackOverflowError("secret");
                }),
                Named.of("returns null", value -> null));
    }

    @Test
    void aSnapshotIsNotTakenOfNull() {
        AtomicInteger taken = new AtomicInteger();
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(value -> {
            taken.incrementAndGet();
            return value;
        }));

        experiment.run(() -> null, () -> null);
        settle(experiment);

        assertThat(taken).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void aCandidateOfAnotherTypeIsTranslatedOffTheCallersPath() {
        AtomicReference<Thread> translator = new AtomicReference<>();
        Experiment<String> experiment = bench.experiment();

        experiment
                .call()
                .candidate("candidate", () -> 42, number -> {
                    translator.set(Thread.currentThread());
                    return "number " + number;
                })
                .run(() -> "number 42");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(translator.get()).isNotSameAs(Thread.currentThread());
        assertThat(bench.seen.onlyCandidate().outcome().valueOrNull()).isEqualTo("number 42");
    }

    @Test
    void aTranslationThatThrowsMakesTheCallUncomparedAndKeepsTheForeignValueBack() {
        Experiment<String> experiment = bench.experiment();

        experiment
                .call()
                .candidate("candidate", () -> 42, number -> {
                    throw new IllegalStateException("secret");
                })
                .run(() -> "number 42");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/translation_failed", 1L));
        assertThat(bench.seen.onlyCandidate().outcome().valueOrNull()).isNull();
        assertThat(experiment.tally().hookFailures(Hook.TRANSLATION)).isEqualTo(1);
    }

    @Test
    void aTranslationIsNotCalledForNullOrForACandidateThatThrew() {
        AtomicInteger translated = new AtomicInteger();
        Experiment<String> experiment = bench.experiment();

        experiment
                .call()
                .candidate("candidate", () -> null, number -> "x" + translated.incrementAndGet())
                .run(() -> null);
        experiment
                .call()
                .candidate(
                        "candidate",
                        () -> raise(new IllegalStateException("candidate")),
                        number -> "x" + translated.incrementAndGet())
                .run(() -> null);
        settle(experiment);

        assertThat(translated).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "candidate_failed", 1L));
    }

    @Test
    void theDefaultComparatorComparesArraysDeeply() {
        Experiment<Object> experiment = bench.experiment();

        experiment.run(() -> new int[][] {{1}, {2}}, () -> new int[][] {{1}, {2}});
        experiment.run(() -> new byte[] {1}, () -> new byte[] {2});
        experiment.run(() -> 1, () -> 1L);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "mismatched", 2L));
        assertThat(experiment.tally().differences(Difference.Kind.TYPE_CHANGED, Difference.Severity.MAJOR))
                .isEqualTo(1);
    }

    @Test
    @Tag("promise-14")
    @DisplayName("Promise 14: memory is bounded: a trial keeps a thousand differences at most")
    void aTrialKeepsAThousandDifferencesAtMost() {
        Experiment<String> experiment =
                bench.experiment(options -> options.comparator((primary, candidate) -> IntStream.range(0, 5_000)
                        .mapToObj(i -> Difference.of("/" + i, Difference.Kind.CHANGED, primary, candidate))
                        .toList()));

        experiment.run(() -> "a", () -> "b");
        settle(experiment);

        assertThat(bench.seen.onlyCandidate().differences()).hasSize(1_000);
    }

    @Test
    void differencesAreCountedByKindAndSeverity() {
        Experiment<String> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> List.of(
                Difference.of("/a", Difference.Kind.MISSING, 1, null),
                Difference.of("/b", Difference.Kind.MISSING, 1, null).withSeverity(Difference.Severity.CRITICAL),
                Difference.of("/c", Difference.Kind.REORDERED, 1, 2))));

        experiment.run(() -> "a", () -> "b");
        settle(experiment);

        assertThat(experiment.tally().differences(Difference.Kind.MISSING, Difference.Severity.MAJOR))
                .isEqualTo(1);
        assertThat(experiment.tally().differences(Difference.Kind.MISSING, Difference.Severity.CRITICAL))
                .isEqualTo(1);
        assertThat(experiment.tally().differences(Difference.Kind.REORDERED, Difference.Severity.MAJOR))
                .isEqualTo(1);
        assertThat(experiment.tally().comparisons()).isEqualTo(1);
    }

    @Test
    void ofMoreDifferencesThanAreKeptTheGravestAreKept() {
        Difference minor = Difference.of("/a", Difference.Kind.CHANGED, 1, 2).withSeverity(Difference.Severity.MINOR);
        Difference critical = minor.withSeverity(Difference.Severity.CRITICAL);
        List<Difference> all = new ArrayList<>(Collections.nCopies(1_000, minor));
        all.add(critical);
        Experiment<Object> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> all));

        experiment.run(() -> "a", () -> "b");
        Bench.settle(experiment);

        assertThat(bench.seen.onlyCandidate().differences()).hasSize(1_000).startsWith(critical);
    }

    @Test
    @Tag("promise-2")
    @DisplayName("Promise 2: no comparison reaches the caller: it never compares, whichever side is last")
    void theCallerNeverComparesWhicheverSideIsLast() {
        List<Thread> comparing = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger candidatesEnded = new AtomicInteger();
        Door door = bench.door();
        Experiment<Integer> experiment = bench.experiment(options -> options.comparator((primary, candidate) -> {
                    comparing.add(Thread.currentThread());
                    return List.of();
                })
                .guard(new TestGuard().onEnded(candidatesEnded::incrementAndGet)));

        for (int i = 1; i <= 50; i++) {
            int call = i;
            experiment.run(
                    () -> {
                        eventually("the candidate is first", () -> candidatesEnded.get() == call);
                        return call;
                    },
                    () -> call);
        }
        experiment.run(() -> 0, () -> {
            door.pass(); // the primary is first
            return 0;
        });
        door.open();
        settle(experiment);

        assertThat(comparing).hasSize(51).doesNotContain(Thread.currentThread());
    }
}
