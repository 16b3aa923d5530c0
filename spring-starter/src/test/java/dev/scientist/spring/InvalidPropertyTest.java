package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Proves that a wrong property stops the application, with a message that names key, value and rule. */
class InvalidPropertyTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scientist.max-concurrent | 0 | maxConcurrent must be at least 1",
                "scientist.max-concurrent | 100001 | maxConcurrent must be at most 100000",
                "scientist.publisher-backlog | -1 | publisherBacklog must be at least 1",
                "scientist.close-timeout | PT0S | closeTimeout must be longer than zero",
                "scientist.close-timeout | 0 | closeTimeout must be longer than zero",
                "scientist.defaults.sample-rate | 1.5 | must be between 0 and 1",
                "scientist.defaults.sample-rate | 2 | must be between 0 and 1",
                "scientist.defaults.candidate-timeout | 0 | must be longer than zero",
                "scientist.experiments.PricingService.quote.sample-rate | 2 | must be between 0 and 1",
                "scientist.experiments[Pricing.quote].candidate-timeout | 0 | must be longer than zero",
                "scientist.defaults.sample-rate | NaN | must be between 0 and 1",
                "scientist.defaults.max-per-second | 0 | must be at least 1",
                "scientist.defaults.max-elements | 0 | must be at least 1",
                "scientist.defaults.max-concurrent | -3 | must be at least 1",
                "scientist.defaults.candidate-timeout | PT0S | must be longer than zero and at most 36500 days",
                "scientist.defaults.comparison-timeout | PT-1S | must be longer than zero and at most 36500 days",
                "scientist.defaults.comparator.tolerance | -0.1 | must be 0 or more",
                "scientist.defaults.comparator.max-differences | 0 | must be at least 1",
                "scientist.defaults.comparator.ignore | issuedAt | must start with \"/\"",
                "scientist.defaults.comparator.any-order | items | must start with \"/\"",
                "scientist.defaults.replicate-rate | 2 | must be between 0 and 1",
                "scientist.defaults.decision.threshold | 0 | must be between 0 and 1, and neither of them",
                "scientist.defaults.decision.alpha | 1 | must be between 0 and 1, and neither of them",
                "scientist.defaults.decision.soak | PT-1S | must be zero or longer",
                "scientist.defaults.decision.max-age | 0 | must be longer than zero",
                "scientist.defaults.decision.completeness | 1.5 | must be between 0 and 1",
                "scientist.defaults.decision.coverage | NaN | must be between 0 and 1",
                "scientist.defaults.decision.latency.factor | 0.5 | must be 1 or more, and finite",
                "scientist.defaults.decision.latency.slack | PT-1S | must be zero or longer",
                "scientist.defaults.decision.latency.quantiles | 1.0 | must be between 0 and 1, and neither of them",
                "scientist.experiments.not.declared.decision.threshold | 2 | must be between 0 and 1",
                "scientist.experiments.not.declared.sample-rate | -1.0 | must be between 0 and 1",
                "scientist.experiments.not.declared.comparator.ignore | x | must start with \"/\"",
            })
    void aValueOutOfRangeStopsTheApplication(String key, String value, String rule) {
        runner.withPropertyValues(key + "=" + value).run(context -> {
            FailureAnalysis analysis = analysisOf(context.getStartupFailure());

            assertThat(analysis.getDescription()).contains("Property: " + key, "Value: \"" + value + "\"", rule);
            assertThat(analysis.getAction()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "scientist.defaults.sample-rate, lots",
        "scientist.experiments.not.declared.candidate-timeout, soon",
        "scientist.experiments[Not.declared].start, later",
        "scientist.defaults.decision.step, promote-it"
    })
    void aValueThatCannotBeReadStopsTheApplication(String key, String value) {
        runner.withPropertyValues(key + "=" + value).run(context -> {
            FailureAnalysis analysis = analysisOf(context.getStartupFailure());

            assertThat(analysis.getDescription())
                    .containsIgnoringCase("Property: " + key)
                    .contains("Value: \"" + value + "\"", "Reason:");
        });
    }

    @Test
    void aPlaceholderIsShownAsWhatItStandsFor() {
        runner.withPropertyValues("rate=2", "scientist.defaults.sample-rate=${rate}")
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .contains("Property: scientist.defaults.sample-rate", "Value: \"2\""));
    }

    private record FilePlace(String text) implements Origin {
        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void theMessageSaysWhereThePropertyStands() {
        Map<String, Object> file = Map.of(
                "scientist.experiments.quotes.max-concurrent",
                OriginTrackedValue.of("0", new FilePlace("line 3")),
                "scientist.experiments[Vat.quote].enabled",
                OriginTrackedValue.of("true", new FilePlace("line 7")));

        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new OriginTrackedMapPropertySource("file", file)))
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .contains("Property: scientist.experiments.quotes.max-concurrent", "Origin: line 3"));
    }

    @Test
    void aTypeThatContradictsTheRulesBesideItStopsTheApplication() {
        runner.withPropertyValues(
                        "scientist.experiments.quotes.comparator.type=equality",
                        "scientist.experiments.quotes.comparator.tolerance=1")
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getDescription())
                        .contains(
                                "scientist.experiments.quotes.comparator.type", "must be json or objects where other"));
    }

    @Test
    void aComparatorOfDocumentsWithoutJacksonStopsTheApplication() {
        runner.withClassLoader(new FilteredClassLoader("com.fasterxml.jackson.databind", "tools.jackson.databind"))
                .withPropertyValues("scientist.defaults.comparator.type=json")
                .run(context -> {
                    FailureAnalysis analysis = analysisOf(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .contains("scientist.defaults.comparator.type", "needs Jackson on the class path");
                    assertThat(analysis.getAction()).startsWith("Add jackson-databind");
                });
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualThreadsBeforeJava21StopTheApplication() {
        runner.withPropertyValues("scientist.virtual-threads=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("scientist.virtual-threads must be false on Java "
                                + Runtime.version().feature()
                                + " but was \"true\"; run on Java 21 or later, or remove the property"));
    }

    /** The analysis that Spring Boot shows instead of a stack trace. */
    static FailureAnalysis analysisOf(Throwable failure) {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, trouble) -> {});
        return analyzers.stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody can explain this", failure));
    }
}
