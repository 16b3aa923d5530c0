package dev.scientist.comparators;

import static dev.scientist.comparators.Comparators.elements;
import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.Experiment;
import dev.scientist.OverBudgetException;
import dev.scientist.ResultComparator;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.UncomparableException;
import dev.scientist.Verdict;
import dev.scientist.reactor.ReactiveExperiment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

class ElementsComparatorTest {

    private static final Comparators.Elements EQUAL = elements(ResultComparator.equality());

    record Line(String name, int price) {}

    @Test
    void theElementsOwnPathsStandBelowTheirIndex() throws Exception {
        Comparators.Elements comparator =
                elements(json().rules(Rule.at("/price").weighing(Severity.CRITICAL)));

        List<Difference> differences = comparator.compare(
                List.of(new Line("a", 1), new Line("b", 2)), List.of(new Line("a", 1), new Line("b", 3)));

        assertThat(differences).hasToString("[changed at /1/price [java.math.BigDecimal]]");
        assertThat(differences.get(0).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void whatOneSideHasBeyondTheOthersEndIsMissingOrUnexpected() throws Exception {
        assertThat(EQUAL.compare(List.of("a", "b", "c"), List.of("a")))
                .extracting(Difference::toString)
                .containsExactly(
                        "missing at /1 [java.lang.String -> null]", "missing at /2 [java.lang.String -> null]");
        assertThat(EQUAL.compare(List.of(), List.of("a"))).hasToString("[unexpected at /0 [null -> java.lang.String]]");
    }

    @Test
    void nullIsAnElement() throws Exception {
        assertThat(EQUAL.compare(Arrays.asList("a", null), Arrays.asList("a", null)))
                .isEmpty();
        assertThat(EQUAL.compare(Arrays.asList("a", null), List.of("a"))).hasToString("[missing at /1 [null]]");
        assertThat(EQUAL.compare(List.of("a"), Arrays.asList((String) null)))
                .hasToString("[type_changed at /0 [java.lang.String -> null]]");
    }

    static Stream<Arguments> sequences() {
        Iterable<Integer> iterable = () -> List.of(1, 2, 3).iterator();
        Stream<Object> sequences = Stream.of(
                List.of(1, 2, 3),
                iterable,
                new Integer[] {1, 2, 3},
                new int[] {1, 2, 3},
                List.of(1, 2, 3).iterator(),
                Stream.of(1, 2, 3),
                IntStream.of(1, 2, 3));
        return sequences.map(sequence -> Arguments.of(new Object[] {sequence})); // an array is one argument too
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void aSequenceIsAnythingThatHasElements(Object sequence) throws Exception {
        assertThat(EQUAL.compare(new int[] {1, 2, 4}, sequence)).hasToString("[changed at /2 [java.lang.Integer]]");
    }

    @Test
    void whatHasNoElementsIsNotCompared() {
        assertThatThrownBy(() -> EQUAL.compare(List.of(), "text"))
                .isInstanceOf(UncomparableException.class)
                .hasMessageStartingWith("the candidate's answer, a java.lang.String, has no elements");
    }

    @Test
    void aSequenceOverTheCapIsOverBudget() throws Exception {
        Comparators.Elements comparator = EQUAL.most(3);

        assertThat(comparator.compare(List.of(1, 2, 3), List.of(1, 2, 3))).isEmpty();
        assertThatThrownBy(() -> comparator.compare(List.of(1, 2, 3, 4), List.of(1, 2, 3)))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("an answer has more than 3 elements");
        assertThatThrownBy(() -> EQUAL.compare(new int[10_001], new int[10_001]))
                .isInstanceOf(OverBudgetException.class);
    }

    @Test
    void theFirstElementsOnlyAreComparedWhereAsked() throws Exception {
        Comparators.Elements comparator = EQUAL.first(2);

        assertThat(comparator.compare(List.of(0L, 1L, 7L), LongStream.iterate(0, i -> i + 1)))
                .isEmpty();
        assertThat(comparator.compare(List.of(0L), LongStream.iterate(0, i -> i + 1)))
                .hasSize(1);
        assertThat(comparator.toString()).startsWith("the first 2 elements only");
    }

    @Test
    void theReportEndsAtItsLimit() throws Exception {
        assertThat(EQUAL.compare(new int[1_000], new long[1_000])).hasSize(100);
        assertThat(EQUAL.maxDifferences(2).compare(new int[] {1, 2, 3}, new int[0]))
                .hasSize(2);
    }

    @Test
    void aStreamOfTheCandidateIsClosed() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Stream<String> unequal = Stream.of("b").onClose(closed::incrementAndGet);
        Stream<String> tooLong = Stream.generate(() -> "a").onClose(closed::incrementAndGet);

        EQUAL.compare(List.of("a"), unequal);
        assertThatThrownBy(() -> EQUAL.most(3).compare(List.of("a", "a", "a", "a"), tooLong))
                .isInstanceOf(OverBudgetException.class);

        assertThat(closed).hasValue(2);
    }

    /** The caller reads it too, and an element can be read once. */
    @Test
    void whatTheCallerReadsIsNotTakenFromIt() {
        Stream<String> stream = Stream.of("a");
        Iterator<String> iterator = List.of("a").iterator();

        assertThatThrownBy(() -> EQUAL.compare(stream, Stream.of("a")))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("whose elements can be read once, and are the caller's");
        assertThatThrownBy(() -> EQUAL.compare(stream, stream)).isInstanceOf(UncomparableException.class);
        assertThatThrownBy(() -> EQUAL.compare(iterator, List.of("a"))).isInstanceOf(UncomparableException.class);
        assertThat(stream.toList()).containsExactly("a");
        assertThat(iterator).toIterable().containsExactly("a");
    }

    @Test
    void aPrimaryThatNobodyElseReadsIsReadAndClosedWhereAsked() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Stream<String> primary = Stream.of("a", "b").onClose(closed::incrementAndGet);

        List<Difference> differences = EQUAL.consuming().compare(primary, List.of("a"));

        assertThat(differences).hasToString("[missing at /1 [java.lang.String -> null]]");
        assertThat(closed).hasValue(1);
    }

    @Test
    void sequencesOfSequencesAreCompared() throws Exception {
        List<Difference> differences =
                elements(EQUAL).compare(List.of(List.of(1), Set.of(2)), List.of(new int[] {1}, List.of(3)));

        assertThat(differences).hasToString("[changed at /1/0 [java.lang.Integer]]");
    }

    @Test
    void theElementsOfAFluxAreCompared() throws Exception {
        BlockingQueue<Trial<?>> trials = new LinkedBlockingQueue<>();
        try (Scientist scientist = Scientist.builder().publisher(trials::add).build()) {
            Experiment<List<Line>> lines = scientist.experiment(
                    "flux",
                    options -> options.candidateTimeout(Duration.ofSeconds(30)).comparator(elements(json())));

            List<Line> answer = ReactiveExperiment.ofList(lines)
                    .flux(() -> Flux.just(new Line("a", 1), new Line("b", 2)), () -> Flux.just(new Line("a", 9)))
                    .collectList()
                    .block();

            assertThat(answer).containsExactly(new Line("a", 1), new Line("b", 2));
            assertThat(trials.poll(30, TimeUnit.SECONDS)).satisfies(trial -> {
                assertThat(trial.candidates().get(0).verdict()).isEqualTo(Verdict.MISMATCHED);
                assertThat(trial.candidates().get(0).differences())
                        .extracting(Difference::path)
                        .containsExactly("/0/price", "/1");
            });
        }
    }
}
