package dev.scientist.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Scientist;
import dev.scientist.spring.StarterConfigurations;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Proves when an application has the endpoint. */
class ExperimentsEndpointAutoConfigurationTest {

    private final WebApplicationContextRunner runner =
            new WebApplicationContextRunner().withConfiguration(StarterConfigurations.all());

    private final WebApplicationContextRunner exposed =
            runner.withPropertyValues("management.endpoints.web.exposure.include=experiments");

    @Test
    void exposedItIsThere() {
        exposed.run(context -> assertThat(context)
                .hasSingleBean(ExperimentsEndpoint.class)
                .hasSingleBean(ProposedRules.class)
                .hasSingleBean(SentKeysCheck.class));
    }

    @Test
    void asLongAsNobodyExposesItItIsNotThere() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(Scientist.class)
                .doesNotHaveBean(ExperimentsEndpoint.class)
                .doesNotHaveBean(ProposedRules.class));
    }

    @Test
    void itGoesWithTheLibrarysSwitch() {
        exposed.withPropertyValues("scientist.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ExperimentsEndpoint.class));
    }

    @Test
    void itGoesWithItsOwnSwitch() {
        exposed.withPropertyValues("management.endpoint.experiments.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(ExperimentsEndpoint.class));
    }

    @Test
    void withoutTheActuatorItIsNotThere() {
        exposed.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context ->
                        assertThat(context).hasSingleBean(Scientist.class).doesNotHaveBean(ExperimentsEndpoint.class));
    }

    @Test
    void theApplicationsOwnEndpointWins() {
        exposed.withBean("scientistExperimentsEndpoint", String.class, () -> "own")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ExperimentsEndpoint.class)
                        .doesNotHaveBean(SentKeysCheck.class));
    }

    @Test
    void anApplicationWithItsOwnScientistHasNoEndpoint() {
        exposed.withBean("own", Scientist.class, Scientist::create)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ExperimentsEndpoint.class));
    }
}
