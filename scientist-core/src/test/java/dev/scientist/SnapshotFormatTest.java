package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Documents in the place of answers")
class SnapshotFormatTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final Texts texts = new Texts();

    /** A format that writes {@code toString()}. The value "?" counts as not loaded, and "!" cannot be written. */
    private static final class Texts implements SnapshotFormat {
        final Queue<Thread> writers = new ConcurrentLinkedQueue<>();
        final Queue<Boolean> underMark = new ConcurrentLinkedQueue<>();
        Runnable whileWriting = () -> {};

        @Override
        public Object write(Object answer) {
            writers.add(Thread.currentThread());
            underMark.add(Shadow.isActive());
            whileWriting.run();
            String text = answer.toString();
            if (text.contains("!")) {
                throw new UncomparableException("it would be loaded");
            }
            return new Text(text);
        }

        @Override
        public Comparison compare(Object primary, Object candidate) {
            String left = ((Text) primary).text();
            String right = ((Text) candidate).text();
            if (left.contains("?") || right.contains("?")) {
                return new Comparison(List.of(), 2);
            }
            return new Comparison(
                    left.equals(right)
                            ? List.of()
                            : List.of(Difference.of("/text", Difference.Kind.CHANGED, left, right)),
                    0);
        }

        @Override
        public String toString() {
            return "texts";
        }
    }

    private record Text(String text) {}

    @ParameterizedTest
    @EnumSource
    @Tag("promise-9")
    @DisplayName("Promise 9: what is compared was written before the caller had the answer")
    void whatIsComparedWasWrittenBeforeTheCallerHadTheAnswer(Start start) {
        Experiment<List<Integer>> experiment =
                bench.experiment(options -> options.start(start).snapshot(texts));

        List<Integer> own = experiment.run(() -> Bench.listOf(1, 2), () -> List.of(1, 2));
        own.clear();
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(bench.seen.only().primary().valueOrNull()).isEqualTo(new Text("[1, 2]"));
        assertThat(bench.seen.onlyCandidate().outcome().valueOrNull()).isEqualTo(new Text("[1, 2]"));
    }

    @Test
    void theCandidateIsWrittenOnItsWorkerUnderItsMark() {
        Queue<Thread> candidates = new ConcurrentLinkedQueue<>();
        Experiment<String> experiment =
                bench.experiment(options -> options.start(Start.AFTER_PRIMARY).snapshot(texts));

        experiment.run(() -> "a", () -> {
            candidates.add(Thread.currentThread());
            return "b";
        });
        settle(experiment);

        assertThat(texts.writers).containsExactly(Thread.currentThread(), candidates.element());
        assertThat(texts.underMark).containsExactly(false, true);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L));
        assertThat(bench.seen.onlyCandidate().differences())
                .singleElement()
                .hasToString("changed at /text [java.lang.String]");
    }

    @Test
    void whatCannotBeWrittenIsNoFaultOfEitherSide() {
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(texts));
        List<String> values = new ArrayList<>();

        values.add(experiment.run(() -> "!", () -> "a"));
        values.add(experiment.run(() -> "a", () -> "!"));
        values.add(experiment.run(() -> "!", () -> "!"));
        settle(experiment);

        assertThat(values).containsExactly("!", "a", "!");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/snapshot_failed", 3L));
        assertThat(experiment.tally().hookFailures(Hook.SNAPSHOT)).isEqualTo(4);
        assertThat(bench.seen.count()).isEqualTo(3);
    }

    @Test
    void aSideThatThrewIsSeenWhateverTheOtherOneReturned() {
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(texts));

        assertThatThrownBy(() -> experiment.run(
                        () -> {
                            throw new IllegalStateException("primary");
                        },
                        () -> "!"))
                .hasMessage("primary");
        experiment.run(() -> "a", () -> {
            throw new IllegalStateException("candidate");
        });
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("primary_failed", 1L, "candidate_failed", 1L));
    }

    @Test
    void nullIsNotWritten() {
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(texts));

        experiment.run(() -> null, () -> null);
        experiment.run(() -> null, () -> "a");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "mismatched", 1L));
    }

    @Test
    void placesThatWereNotLoadedAreCountedOnceForEachTrial() {
        Experiment<String> experiment =
                bench.experiment(options -> options.snapshot(texts).replicateRate(1));

        experiment.run(() -> "?", () -> "a");
        experiment.run(() -> "a", () -> "?");
        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 3L));
        assertThat(experiment.tally().notLoadedPlaces()).isEqualTo(4);
        assertThat(experiment.tally().notLoadedTrials()).isEqualTo(2);
        assertThat(bench.seen.all())
                .extracting(trial -> trial.candidates().get(0).notLoaded())
                .containsExactlyInAnyOrder(2, 2, 0);
    }

    @Test
    void aTranslationIsAppliedBeforeTheDocumentIsWritten() {
        Experiment<String> experiment = bench.experiment(
                options -> options.candidates("other", "failing").snapshot(texts));

        experiment
                .call()
                .candidate("other", () -> 1, number -> "number " + number)
                .candidate("failing", () -> 1, number -> {
                    throw new IllegalStateException();
                })
                .run(() -> "number 1");
        settle(experiment);

        assertThat(verdicts(experiment, "other")).isEqualTo(Map.of("matched", 1L));
        assertThat(verdicts(experiment, "failing")).isEqualTo(Map.of("uncompared/translation_failed", 1L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stagesAreWrittenWhenTheyComplete(boolean isCompleteAtOnce) {
        CompletableFuture<List<Integer>> primary = new CompletableFuture<>();
        CompletableFuture<List<Integer>> candidate = new CompletableFuture<>();
        Experiment<List<Integer>> experiment = bench.experiment(options -> options.snapshot(texts));
        List<Integer> own = Bench.listOf(1, 2);
        if (isCompleteAtOnce) {
            primary.complete(own);
            candidate.complete(List.of(1, 2));
        }

        CompletableFuture<List<Integer>> handed = experiment.runAsync(() -> primary, () -> candidate);
        CompletableFuture<Void> changed = handed.thenAccept(List::clear);
        primary.complete(own);
        candidate.complete(List.of(1, 2));
        settle(experiment);

        assertThat(changed).isCompleted();
        assertThat(handed.join()).isSameAs(own).isEmpty();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void theTimeOfWritingBelongsToNeitherSide() {
        FakeTicker ticker = new FakeTicker();
        List<Trial<?>> seen = new ArrayList<>();
        try (Scientist scientist =
                TestScientists.builder(ticker).publisher(seen::add).build()) {
            texts.whileWriting = () -> ticker.advance(Duration.ofSeconds(3));
            Experiment<String> experiment = scientist.experiment(
                    "x", options -> options.start(Start.SAME_THREAD).snapshot(texts));

            experiment.run(() -> "a", () -> {
                ticker.advance(Duration.ofSeconds(2));
                return "a";
            });
        }

        assertThat(seen).singleElement().satisfies(trial -> {
            assertThat(trial.primary().elapsed()).isZero();
            assertThat(trial.candidates().get(0).outcome().elapsed()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatWouldSeeDocumentsForAnswersIsRefused(String option, Consumer<ExperimentOptions.Builder<String>> other) {
        assertThatThrownBy(() -> bench.<String>experiment(options -> {
                    other.accept(options);
                    options.snapshot(texts);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + " must not be set beside snapshot(texts) but was ")
                .hasMessageEndingWith("give the rules to the format, or leave one of the two out");
    }

    static Stream<Arguments> others() {
        IgnoreRule<String> rule =
                IgnoreRule.<String>named("known").owner("us").reason("known").when((primary, candidate) -> true);
        Consumer<ExperimentOptions.Builder<String>> comparator =
                options -> options.comparator((primary, candidate) -> List.of());
        Consumer<ExperimentOptions.Builder<String>> ignore = options -> options.ignore(rule);
        Consumer<ExperimentOptions.Builder<String>> cleaner = options -> options.cleaner(text -> text);
        return Stream.of(
                Arguments.of("comparator", comparator),
                Arguments.of("ignore", ignore),
                Arguments.of("cleaner", cleaner));
    }

    @Test
    void ofTheTwoKindsOfSnapshotTheOneOfTheLaterLayerCounts() {
        try (Scientist scientist = TestScientists.builder()
                .defaults(options -> options.snapshot(texts).comparator(ResultComparator.equality()))
                .build()) {
            Experiment<String> copied = scientist.experiment(
                    "copied", options -> options.snapshot(text -> text).cleaner(text -> text));
            Experiment<String> written = scientist.experiment("written");

            copied.run(() -> "!", () -> "!");
            written.run(() -> "!", () -> "!");
            settle(copied);
            settle(written);

            assertThat(verdicts(copied)).isEqualTo(Map.of("matched", 1L));
            assertThat(verdicts(written)).isEqualTo(Map.of("uncompared/snapshot_failed", 1L));
        }
    }

    @Test
    void theTwoKindsOfSnapshotContradictEachOtherInOneLayer() {
        assertThatThrownBy(() -> bench.<String>experiment(
                        options -> options.snapshot(text -> text).snapshot(texts)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("snapshot was set to ");
    }

    @Test
    void aFormatTakesThePlaceOfTheComparatorOfAnEarlierLayer() {
        try (Scientist scientist = TestScientists.builder()
                .defaults(options -> options.comparator((primary, candidate) -> List.of()))
                .build()) {
            Experiment<String> experiment = scientist.experiment("x", options -> options.snapshot(texts));

            experiment.run(() -> "a", () -> "b");
            settle(experiment);

            assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L));
        }
    }
}
