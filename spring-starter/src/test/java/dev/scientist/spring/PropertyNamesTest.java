package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

/** Proves that an experiment finds its properties, whatever its name is and however they are written. */
class PropertyNamesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource({
        "PricingService.quote,    scientist.experiments.PricingService.quote.sample-rate",
        "PricingService.quote,    scientist.experiments.pricing-service.quote.sample-rate",
        "PricingService.quote,    scientist.experiments.pricingservice.quote.sampleRate",
        "PricingService.quote,    scientist.experiments[PricingService.quote].sample-rate",
        "pricing.quote,           scientist.experiments.pricing.quote.sample-rate",
        "pricing.quote,           scientist.experiments.[pricing.quote].sample_rate",
        "pricing_quote,           scientist.experiments.pricing_quote.sample-rate",
        "pricing-quote,           scientist.experiments.pricing-quote.sample-rate",
        "pricing quote,           scientist.experiments[pricing quote].sample-rate",
        "GET /quotes,             scientist.experiments[GET /quotes].sample-rate",
        "2.quote,                 scientist.experiments.2.quote.sample-rate",
        "prix.\u4fa1\u683c,       scientist.experiments[prix.\u4fa1\u683c].sample-rate",
        "a..b,                    scientist.experiments[a..b].sample-rate"
    })
    void aNameIsFoundPlainRelaxedOrInBrackets(String name, String key) {
        runner.withPropertyValues(key + "=0.1")
                .run(context ->
                        assertThat(rate(context.getBean(Scientist.class), name)).isEqualTo(0.1));
    }

    @ParameterizedTest
    @CsvSource({
        "PricingService.quote,    SCIENTIST_EXPERIMENTS_PRICINGSERVICE_QUOTE_SAMPLE_RATE",
        "PricingService.quote,    SCIENTIST_EXPERIMENTS_PRICINGSERVICE_QUOTE_SAMPLERATE",
        "pricing.quote,           SCIENTIST_EXPERIMENTS_PRICING_QUOTE_SAMPLE_RATE",
        "pricing.quote,           SCIENTIST_EXPERIMENTS_PRICING_QUOTE_SAMPLERATE",
        "pricing-quote,           SCIENTIST_EXPERIMENTS_PRICINGQUOTE_SAMPLERATE"
    })
    void aVariableOfTheEnvironmentIsFound(String name, String variable) {
        runner.withInitializer(Variables.of(variable, "0.1"))
                .run(context ->
                        assertThat(rate(context.getBean(Scientist.class), name)).isEqualTo(0.1));
    }

    @Test
    void aYamlFileIsWrittenAsOneWould() {
        String yaml = """
                scientist.experiments:
                  pricing.quote:
                    sample-rate: 0.1
                  pricing:
                    sample-rate: 0.2
                    vat:
                      sample-rate: 0.3
                  PricingService.quote.sample-rate: 0.4
                  "[PricingService.vat]":
                    sample-rate: 0.5
                """;

        runner.withInitializer(Yaml.of(yaml)).run(context -> {
            Scientist scientist = context.getBean(Scientist.class);

            assertThat(Stream.of(
                                    "pricing.quote",
                                    "pricing",
                                    "pricing.vat",
                                    "PricingService.quote",
                                    "PricingService.vat")
                            .map(name -> rate(scientist, name)))
                    .containsExactly(0.1, 0.2, 0.3, 0.4, 0.5);
        });
    }

    @Test
    void theFirstSourceDecidesHoweverItIsWritten() {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new MapPropertySource(
                                "file", Map.of("scientist.experiments[PricingService.quote].sample-rate", "0.2"))))
                .withInitializer(Variables.of("SCIENTIST_EXPERIMENTS_PRICINGSERVICE_QUOTE_SAMPLE_RATE", "0.1"))
                .run(context -> assertThat(rate(context.getBean(Scientist.class), "PricingService.quote"))
                        .isEqualTo(0.1));
    }

    @Test
    void aNameMayBeTheBeginningOfAnother() {
        runner.withPropertyValues(
                        "scientist.experiments.pricing.sample-rate=0.1",
                        "scientist.experiments.pricing.quote.sample-rate=0.2",
                        "scientist.experiments.pricing.quote.vat.enabled=false",
                        "scientist.experiments.pricing.comparator.sample-rate=0.3",
                        "scientist.experiments.pricing.start.sample-rate=0.4")
                .run(context -> {
                    Scientist scientist = context.getBean(Scientist.class);

                    assertThat(Stream.of("pricing", "pricing.quote", "pricing.comparator", "pricing.start", "other")
                                    .map(name -> rate(scientist, name)))
                            .containsExactly(0.1, 0.2, 0.3, 0.4, 1.0);
                    assertThat(scientist
                                    .experiment("pricing.quote.vat")
                                    .settings()
                                    .isEnabled())
                            .isFalse();
                });
    }

    @Test
    void aListMayBeWrittenInAnyForm() {
        runner.withPropertyValues(
                        "scientist.experiments.pricing.quote.comparator.ignore[0]=/issuedAt",
                        "scientist.experiments.pricing.quote.comparator.ignore[1]=/id",
                        "scientist.experiments[Vat.quote].comparator.ignore=/issuedAt,/id")
                .run(context -> {
                    Scientist scientist = context.getBean(Scientist.class);

                    assertThat(verdict(scientist, "pricing.quote")).isEqualTo(Verdict.MATCHED);
                    assertThat(verdict(scientist, "Vat.quote")).isEqualTo(Verdict.MATCHED);
                });
    }

    @Test
    void aValueMayComeFromAnotherProperty() {
        runner.withPropertyValues("rate=0.25", "scientist.experiments.pricing.quote.sample-rate=${rate}")
                .run(context -> assertThat(rate(context.getBean(Scientist.class), "pricing.quote"))
                        .isEqualTo(0.25));
    }

    private static double rate(Scientist scientist, String name) {
        return scientist.experiment(name).settings().sampleRate();
    }

    private static Verdict verdict(Scientist scientist, String name) {
        Experiment<Map<String, String>> experiment =
                scientist.experiment(name, options -> options.start(Start.SAME_THREAD));
        experiment.run(() -> Map.of("issuedAt", "1", "id", "a"), () -> Map.of("issuedAt", "2", "id", "b"));
        return Stream.of(Verdict.values())
                .filter(verdict -> experiment.tally().count(verdict) == 1)
                .findFirst()
                .orElseThrow();
    }
}
