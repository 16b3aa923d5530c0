package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Scientist;
import dev.scientist.metrics.DecisionMeters;
import dev.scientist.metrics.MicrometerPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Proves that a switch is read in one way, as a boolean, whoever asks for it and wherever it is set. */
class SwitchesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(StarterConfigurations.all())
            .withPropertyValues("management.endpoints.web.exposure.include=experiments")
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    /** A way to give a word to an application. */
    record Way(String name, UnaryOperator<ApplicationContextRunner> given) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() {
        return Stream.of("false", "off", "no", "0", "OFF", "No", "False")
                .flatMap(word -> Stream.of(
                        new Way("property " + word, runner -> runner.withPropertyValues("scientist.enabled=" + word)),
                        new Way("argument " + word, runner -> withArgument(runner, "--scientist.enabled=" + word)),
                        new Way("variable " + word, runner -> withVariable(runner, "SCIENTIST_ENABLED", word))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void switchedOffThereAreOnlyPlainCalls(Way way) {
        way.given().apply(runner).run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(ParallelRunAdvisor.class)
                    .doesNotHaveBean(MicrometerPublisher.class)
                    .doesNotHaveBean(DecisionMeters.class)
                    .doesNotHaveBean("scientistExperimentsEndpoint")
                    .doesNotHaveBean(StructureCheck.class)
                    .doesNotHaveBean(Plans.class);
            assertThat(context.getBean(Scientist.class).isEnabled()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "on", "YES", "1"})
    void switchedOnEverythingIsThere(String word) {
        runner.withPropertyValues("scientist.enabled=" + word).run(context -> {
            assertThat(context)
                    .hasSingleBean(ParallelRunAdvisor.class)
                    .hasSingleBean(MicrometerPublisher.class)
                    .hasBean("scientistExperimentsEndpoint");
            assertThat(context.getBean(Scientist.class).isEnabled()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, disabled",
        "enabled, ''",
        "strict, maybe",
        "guard-caches, ''",
        "guard-caches, 2",
        "guard-data-sources, ja",
        "observe-candidates, never",
        "show-values, wahr",
        "show-values, ''"
    })
    void whatIsNoSwitchStopsTheApplication(String key, String word) {
        runner.withPropertyValues("scientist." + key + "=" + word)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidPropertyException.class)
                        .hasMessage("scientist." + key + " must be true or false but was \"" + word
                                + "\"; write one of them, or remove the property"));
    }

    @Test
    void otherSwitchesAreReadAlike() {
        runner.withPropertyValues(
                        "scientist.guard-caches=off",
                        "scientist.observe-candidates=0",
                        "scientist.guard-data-sources=No")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(CacheWrites.class)
                        .doesNotHaveBean(CandidateObservation.class)
                        .doesNotHaveBean(GuardedDataSources.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "on", "Yes", "1", " true "})
    void valuesAreShownWhereTheSwitchIsOnInAnyWord(String word) {
        runner.withPropertyValues("scientist.show-values=" + word)
                .run(context -> assertThat(context).hasSingleBean(ShownValues.class));
        withVariable(runner, "SCIENTIST_SHOWVALUES", word)
                .run(context -> assertThat(context).hasSingleBean(ShownValues.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "OFF", "no", "0"})
    void valuesAreNotShownWhereItIsOffInAnyWord(String word) {
        runner.withPropertyValues("scientist.show-values=" + word)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ShownValues.class));
    }

    private static ApplicationContextRunner withArgument(ApplicationContextRunner runner, String argument) {
        return runner.withInitializer(context ->
                context.getEnvironment().getPropertySources().addFirst(new SimpleCommandLinePropertySource(argument)));
    }

    private static ApplicationContextRunner withVariable(ApplicationContextRunner runner, String name, String value) {
        return runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(name, value))));
    }
}
