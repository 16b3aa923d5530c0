package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.decision.Evidence;
import dev.scientist.metrics.MicrometerPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** Proves that the names of the starter's beans are its own, so that an application may give any name to its beans. */
class BeanNamesTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("management.endpoints.web.exposure.include=experiments")
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    private final ApplicationContextRunner withStarter = application
            .withConfiguration(StarterConfigurations.all())
            .withConfiguration(AutoConfigurations.of(
                    ClassUtils.resolveClassName("dev.scientist.spring.testing.RecordingAutoConfiguration", null)));

    @Test
    void everyBeanOfTheStarterCarriesItsName() {
        List<String> without = new ArrayList<>();
        application.run(context -> without.addAll(Arrays.asList(context.getBeanDefinitionNames())));

        withStarter.run(context -> assertThat(context.getBeanDefinitionNames())
                .filteredOn(name -> !without.contains(name))
                .hasSizeGreaterThan(20)
                .allMatch(name -> name.startsWith("scientist")
                        || name.startsWith("dev.scientist.") // a configuration class
                        || name.startsWith("org.springframework."))); // Spring's proxy creator, which serves all advice
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evidence",
                "jsonComparator",
                "scientist",
                "mismatchReservoir",
                "micrometerPublisher",
                "recordingPublisher",
                "experimentsEndpoint"
            })
    void anApplicationMayUseTheName(String name) {
        withStarter
                .withBean(name, String.class, () -> "the application's own")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Scientist.class)
                        .hasSingleBean(Evidence.class)
                        .hasSingleBean(JsonComparator.class)
                        .hasSingleBean(MismatchReservoir.class)
                        .hasSingleBean(MicrometerPublisher.class)
                        .hasBean("scientistExperimentsEndpoint"));
    }

    @Test
    void aBeanOfTheTypeReplacesTheStartersWhateverItsName() {
        Evidence evidence = Evidence.builder().build();
        MismatchReservoir reservoir = MismatchReservoir.create();

        withStarter
                .withBean("evidence", Evidence.class, () -> evidence)
                .withBean("kept", MismatchReservoir.class, () -> reservoir)
                .run(context -> {
                    assertThat(context).hasNotFailed().getBean(Evidence.class).isSameAs(evidence);
                    assertThat(context).getBean(MismatchReservoir.class).isSameAs(reservoir);
                });
    }
}
