package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Scientist;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that the registry of experiments is there with the Scientist that tells it of them. */
class ExperimentRegistryBeanTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    @Test
    void itKnowsTheExperimentsOfCodeAndOfAnnotations() {
        runner.withBean(Pricing.class).run(context -> {
            context.getBean(Scientist.class).experiment("orders");

            assertThat(context.getBean(ExperimentRegistry.class).all())
                    .extracting(Experiment::name)
                    .containsExactly("orders", "prices");
        });
    }

    @Test
    void switchedOffItKnowsTheExperimentsOfCode() {
        runner.withBean(Pricing.class)
                .withPropertyValues("scientist.enabled=false")
                .run(context -> {
                    context.getBean(Scientist.class).experiment("orders");

                    assertThat(context.getBean(ExperimentRegistry.class).all())
                            .extracting(Experiment::name)
                            .containsExactly("orders");
                });
    }

    @Test
    void itNeedsNoOptionalLibrary() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ExperimentRegistry.class));
    }

    @Test
    void theApplicationsOwnWinsAndWhatTheStarterKeepsByNameIsForgottenThroughIt() {
        runner.withBean(Pricing.class).withUserConfiguration(OwnRegistry.class).run(context -> {
            ExperimentRegistry registry = context.getBean(ExperimentRegistry.class);
            AnnotatedCandidates candidates = context.getBean(AnnotatedCandidates.class);
            boolean wasKnown = candidates.of("prices") != null;

            context.getBean(Scientist.class).remove(registry.find("prices").orElseThrow());

            assertThat(context).getBeanNames(ExperimentRegistry.class).containsExactly("registry");
            assertThat(wasKnown).isTrue();
            assertThat(candidates.of("prices")).isNull();
            assertThat(registry.all()).isEmpty();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistry {
        @Bean
        ExperimentRegistry registry() {
            return ExperimentRegistry.create();
        }
    }

    static class Pricing {
        @ParallelRun(name = "prices", method = "rewritten")
        public String price() {
            return "1.00";
        }

        public String rewritten() {
            return "1.00";
        }
    }
}
