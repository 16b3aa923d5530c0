package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.decision.Stratum;
import dev.scientist.metrics.MicrometerPublisher;
import dev.scientist.metrics.ScientistMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Proves that the application's own registry shows the meters. */
class MetersTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApplicationContextRunner withRegistry = runner.withBean(MeterRegistry.class, () -> registry);

    @Test
    void theRegistryShowsEveryCall() {
        withRegistry.run(context -> {
            Experiment<String> experiment =
                    context.getBean(Scientist.class).experiment("quotes", options -> options.start(Start.SAME_THREAD));

            experiment.run(() -> "a", () -> "a");

            assertThat(registry.get("scientist.trials")
                            .tag("verdict", "matched")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void switchedOffThereAreNoMeters() {
        withRegistry
                .withPropertyValues("scientist.enabled=false")
                .run(context ->
                        assertThat(context).hasSingleBean(Scientist.class).doesNotHaveBean(MicrometerPublisher.class));
    }

    @Test
    void withoutMicrometerThereAreNoMeters() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context ->
                        assertThat(context).hasSingleBean(Scientist.class).doesNotHaveBean(MicrometerPublisher.class));
    }

    @Test
    void withoutARegistryThereAreNoMeters() {
        runner.run(context ->
                assertThat(context).hasSingleBean(Scientist.class).doesNotHaveBean(MicrometerPublisher.class));
    }

    @Test
    void theApplicationsOwnPublisherWins() {
        MicrometerPublisher own = new MicrometerPublisher(new SimpleMeterRegistry());

        withRegistry.withBean("own", MicrometerPublisher.class, () -> own).run(context -> {
            context.getBean(Scientist.class).experiment("quotes");

            assertThat(context).getBean(MicrometerPublisher.class).isSameAs(own);
            assertThat(registry.find("scientist.trials").meters()).isEmpty();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoRegistries {
        @Bean
        @Primary
        SimpleMeterRegistry first() {
            return new SimpleMeterRegistry();
        }

        @Bean
        SimpleMeterRegistry second() {
            return new SimpleMeterRegistry();
        }
    }

    @Test
    void ofSeveralRegistriesThePrimaryOneIsUsed() {
        runner.withUserConfiguration(TwoRegistries.class).run(context -> {
            context.getBean(Scientist.class).experiment("quotes");

            assertThat(context.getBean("first", MeterRegistry.class).getMeters())
                    .isNotEmpty();
            assertThat(context.getBean("second", MeterRegistry.class).getMeters())
                    .isEmpty();
        });
    }

    @Test
    @Tag("case-49")
    void noTagHoldsAnythingOfTheTraffic() {
        withRegistry
                .withPropertyValues("scientist.defaults.comparator.type=json")
                .run(context -> {
                    Experiment<Map<String, Object>> experiment = context.getBean(Scientist.class)
                            .experiment("quotes", options -> options.start(Start.SAME_THREAD));

                    experiment
                            .call()
                            .key("key-of-traffic")
                            .attribute("country", "attribute-of-traffic")
                            .candidate(() -> Map.of("path-of-traffic", Map.of("id-4711", "value-of-traffic")))
                            .run(() -> Map.of("path-of-traffic", Map.of("id-4711", 7)));
                    experiment.run(() -> Map.of(), () -> {
                        throw new IllegalStateException("message-of-traffic");
                    });

                    assertThat(registry.getMeters().stream()
                                    .filter(meter -> meter.getId().getName().startsWith("scientist."))
                                    .flatMap(meter -> meter.getId().getTags().stream())
                                    .map(io.micrometer.core.instrument.Tag::getValue))
                            .isNotEmpty()
                            .noneMatch(value -> value.contains("traffic") || value.contains("4711"))
                            .noneMatch(value -> value.contains("Exception") || value.contains("java."))
                            .allMatch(value -> value.matches("[a-z_]+|" + Stratum.ALL));
                    assertThat(registry.getMeters().stream()
                                    .map(meter -> meter.getId().getName())
                                    .filter(name -> name.startsWith("scientist.")))
                            .isSubsetOf(Arrays.stream(ScientistMeter.values())
                                    .map(ScientistMeter::meterName)
                                    .toList());
                });
    }
}
