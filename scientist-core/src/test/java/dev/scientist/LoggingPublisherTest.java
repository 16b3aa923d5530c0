package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

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
        eventually("all is logged", () -> lines.all().size() == 7);

        assertThat(lines.warnings())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "experiment pricing: candidate: mismatched, changed (whole answer) [java.lang.String]"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("experiment pricing: candidate: candidate_failed, error (whole answer)")
                        .contains("IllegalStateException"));
        assertThat(lines.debugs()).hasSize(5);
        assertThat(lines.warnings()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void atDebugEachFailureShowsClassMessageAndFirstFrames() {
        Experiment<Object> experiment = logged("pricing", ResultComparator.equality());

        for (int i = 0; i < 2; i++) {
            experiment.run(() -> "a", () -> {
                throw new IllegalStateException("no rate for\nDKK", new ArithmeticException("/ by zero"));
            });
        }
        settle(experiment);
        eventually("all is logged", () -> lines.all().size() == 4);

        assertThat(lines.debugs())
                .filteredOn(line -> line.contains("threw"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("experiment pricing: candidate_failed, candidate threw"
                                + " java.lang.IllegalStateException: no rate for?DKK at "
                                + LoggingPublisherTest.class.getName())
                        .contains("; caused by java.lang.ArithmeticException: / by zero at ")
                        .doesNotContain("\n"));
        assertThat(lines.warnings()).noneMatch(line -> line.contains("DKK"));
    }

    @Test
    void atDebugBothErrorsOfACallAreShown() {
        Experiment<Object> experiment = logged("pricing", ResultComparator.equality());

        assertThatThrownBy(() -> experiment.run(
                        () -> {
                            throw new IllegalStateException("old words");
                        },
                        () -> {
                            throw new IllegalStateException("new words");
                        }))
                .hasMessage("old words");
        settle(experiment);
        eventually("all is logged", () -> lines.all().size() == 3);

        assertThat(lines.debugs())
                .anyMatch(line -> line.contains("primary threw java.lang.IllegalStateException: old words"))
                .anyMatch(line -> line.contains("candidate threw java.lang.IllegalStateException: new words"));
    }

    @Test
    void aClassWithoutEqualsIsNamedWithWhatWouldHelp() {
        Experiment<Object> experiment = logged("pricing", ResultComparator.equality());

        experiment.run(() -> List.of(new Plain(1)), () -> List.of(new Plain(1)));
        settle(experiment);
        eventually("it is logged", () -> !lines.all().isEmpty());

        assertThat(lines.warnings())
                .singleElement()
                .asString()
                .contains("changed (whole answer)")
                .contains(Plain.class.getName() + " has no equals")
                .contains("objects()", "json()", "record");
    }

    /** A carrier that has the same trace id for every caller. */
    private static ContextCarrier tracing() {
        return () -> new ContextCarrier.Snapshot() {
            @Override
            public ContextCarrier.Scope open() {
                return () -> {};
            }

            @Override
            public String traceId() {
                return "4bf92f3577b34da6";
            }
        };
    }

    @Test
    void theLineOfADisagreementLeadsToItsRequestByPatternAndByTrace() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Logger logger = (Logger) LoggerFactory.getLogger(Experiment.class);
        OutputStreamAppender<ILoggingEvent> appender = written(logger.getLoggerContext(), written);
        bench.use(bench.builder().logging(true).contextCarrier(tracing()));
        Experiment<String> experiment = bench.experiment();
        MDC.put("requestId", "r-17");

        logger.addAppender(appender);
        experiment.run(() -> "a", () -> "b");
        MDC.clear();
        settle(experiment);
        eventually("it is logged", () -> !lines.all().isEmpty());
        bench.scientist().close();
        logger.detachAppender(appender);

        assertThat(written.toString(UTF_8))
                .startsWith("WARN r-17 experiment experiment: candidate: mismatched, changed (whole answer)"
                        + " [java.lang.String]; trace 4bf92f3577b34da6; further ones");
    }

    private static OutputStreamAppender<ILoggingEvent> written(LoggerContext context, OutputStream target) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %X{requestId} %msg%n");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(target);
        appender.start();
        return appender;
    }

    private static final class Plain {
        private final int number;

        Plain(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "number " + number;
        }
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
