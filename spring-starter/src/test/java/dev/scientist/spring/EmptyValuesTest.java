package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Scientist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Proves that a property with an empty value is not taken for a missing property. */
class EmptyValuesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource({
        "scientist.defaults.sample-rate, write 0 to sample nothing",
        "scientist.experiments.quotes.sample-rate, write 0 to sample nothing",
        "scientist.experiments[pricing.quotes].sample-rate, write 0 to sample nothing",
        "scientist.defaults.candidate-timeout, write a value",
        "scientist.defaults.enabled, write a value",
        "scientist.defaults.start, write a value",
        "scientist.defaults.effects, write a value",
        "scientist.defaults.max-concurrent, write a value",
        "scientist.defaults.comparator.tolerance, write a value",
        "scientist.defaults.decision.threshold, write a value",
        "scientist.defaults.decision.latency.factor, write a value",
        "scientist.experiments.quotes.decision.soak, write a value",
        "scientist.close-timeout, write a value"
    })
    void anEmptyValueStopsTheApplication(String property, String remedy) {
        runner.withPropertyValues(property + "=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessage(
                                property + " must have a value but was \"\"; " + remedy + ", or remove the property"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scientist.max-concurrent", "scientist.pool-share", "scientist.virtual-threads"})
    void whereThereIsNoValueForNothingSpringBootStopsIt(String property) {
        runner.withPropertyValues(property + "=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("Could not bind properties to 'ScientistProperties'"));
    }

    @Test
    void aRuleWithoutAnEndStopsTheApplication() {
        runner.withPropertyValues(
                        "scientist.defaults.comparator.rules[0].at=/id",
                        "scientist.defaults.comparator.rules[0].ignored=true",
                        "scientist.defaults.comparator.rules[0].named=ids",
                        "scientist.defaults.comparator.rules[0].owner=pricing",
                        "scientist.defaults.comparator.rules[0].reason=made anew",
                        "scientist.defaults.comparator.rules[0].expires=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith(
                                "scientist.defaults.comparator.rules[0].expires must have a value but was \"\""));
    }

    @Test
    void anEmptyVariableStopsTheApplication() {
        runner.withPropertyValues("scientist.defaults.sample-rate=${RATE:}")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("write 0 to sample nothing"));
    }

    @Test
    void whatASourceInFrontSaysCounts() {
        runner.withSystemProperties("scientist.defaults.sample-rate=0.25")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new org.springframework.core.env.MapPropertySource(
                                "last", java.util.Map.of("scientist.defaults.sample-rate", ""))))
                .run(context -> assertThat(context.getBean(Scientist.class)
                                .experiment("quotes")
                                .settings()
                                .sampleRate())
                        .isEqualTo(0.25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scientist.experiments.quotes.circuit-breaker",
                "scientist.experiments.quotes.decision.stratum",
                "scientist.experiments.quotes.comparator.ignore",
                "scientist.experiments.quotes.decision.waived",
                "scientist.defaults.decision.latency.quantiles",
                "scientist.candidate-pools"
            })
    void anEmptyTextOrListIsAValue(String property) {
        runner.withPropertyValues(property + "=").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Scientist.class).experiment("quotes").name())
                    .isEqualTo("quotes");
        });
    }
}
