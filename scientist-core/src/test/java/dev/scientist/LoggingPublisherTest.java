package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoggingPublisherTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @AutoClose
    private final Bench bench = new Bench();

    @AutoClose
    private final LogLines lines = new LogLines();

    private Experiment<Object> logged(String name, ResultComparator<Object> comparator) {
        if (bench.seen.count() == 0) {
            bench.use(bench.builder().logging(true));
        }
        return bench.scientist().experiment(name, options -> options.comparator(comparator));
    }

    @Test
    @Tag("promise-13")
    @DisplayName("Promise 13: a new kind of mismatch is logged once, and without values")
    void eachNewKindIsWarnedOfOnceWithoutValues() {
        Experiment<Object> experiment = logged("pricing", ResultComparator.equality());

        for (int i = 0; i < 5; i++) {
            experiment.run(() -> "secret of the primary", () -> "secret of the candidate");
        }
        experiment.run(() -> "secret of the primary", () -> {
            throw new IllegalStateException("secret message");
        });
        settle(experiment);
        eventually("all is logged", () -> lines.all().size() == 6);

        assertThat(lines.warnings())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "experiment pricing: candidate: mismatched, changed (whole answer) [java.lang.String]"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("experiment pricing: candidate: candidate_failed, error (whole answer)")
                        .contains("IllegalStateException"));
        assertThat(lines.debugs()).hasSize(4);
        assertThat(lines.all()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void aCandidateThatHasANameIsNamed() {
        bench.use(bench.builder().logging(true));
        Experiment<String> experiment = bench.experiment(options -> options.candidates("rewrite", "vendor"));

        experiment.call().candidate("rewrite", () -> "b").run(() -> "a");
        eventually("it is logged", () -> !lines.all().isEmpty());

        assertThat(lines.warnings())
                .singleElement()
                .asString()
                .startsWith("experiment experiment: candidate rewrite: mismatched, changed (whole answer)");
    }

    @Test
    void nothingIsSaidOfACallThatMatchesOrIsIgnored() {
        bench.use(bench.builder().logging(true));
        Experiment<String> experiment = bench.experiment(options -> options.ignore(
                IgnoreRule.<String>named("all").owner("team").reason("known").when((p, c) -> true)));

        experiment.run(() -> "a", () -> "a");
        experiment.run(() -> "a", () -> "b");
        settle(experiment);
        bench.scientist().close();

        assertThat(lines.all()).isEmpty();
    }

    @Test
    @Tag("promise-14")
    @DisplayName("Promise 14: the log is bounded whatever the traffic contains")
    void afterTwoHundredKindsNothingMoreIsWarnedOf() {
        Experiment<Object> experiment = logged(
                "wild",
                (primary, candidate) -> List.of(Difference.of("/" + name(primary), Difference.Kind.CHANGED, 1, 2)));

        IntStream.range(0, 300).forEach(i -> {
            experiment.run(() -> i, () -> -1);
            settle(experiment);
        });
        eventually("all is logged", () -> lines.all().size() == 300);

        assertThat(lines.warnings()).hasSize(200);
    }

    /** A path segment that no pattern recognises as varying. */
    private static String name(Object number) {
        return "field" + number;
    }

    @Test
    void twoExperimentsAreReportedEachOnItsOwn() {
        bench.use(bench.builder().logging(true));
        Experiment<String> first = bench.scientist().experiment("first");
        Experiment<String> second = bench.scientist().experiment("second");

        first.run(() -> "a", () -> "b");
        second.run(() -> "a", () -> "b");
        eventually("both are logged", () -> lines.all().size() == 2);

        assertThat(lines.warnings())
                .anySatisfy(line -> assertThat(line).contains("first"))
                .anySatisfy(line -> assertThat(line).contains("second"));
    }

    @Test
    void aScientistLogsUnlessToldOtherwise() {
        try (Scientist scientist = Scientist.create()) {
            Experiment<String> experiment = scientist.experiment(
                    "by default", options -> options.candidateTimeout(LONG).comparisonTimeout(LONG));
            experiment.run(() -> "a", () -> "b");
            settle(experiment);
        }

        assertThat(lines.warnings()).singleElement().asString().contains("by default");
    }
}
