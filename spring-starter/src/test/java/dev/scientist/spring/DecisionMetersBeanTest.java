package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Scientist;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.metrics.DecisionMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Proves that the gauges of decisions are there where the application has a registry. */
class DecisionMetersBeanTest {

    @Test
    void theApplicationsRegistryShowsThem() {
        runner().withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            context.getBean(Scientist.class).experiment("orders");

            assertThat(context.getBean(MeterRegistry.class)
                            .get("scientist.decision")
                            .tags("experiment", "orders", "decision", "hold")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        });
    }

    @Test
    void withoutARegistryOrMicrometerOrSwitchedOffThereAreNone() {
        runner().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DecisionMeters.class));
        runner().withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Evidence.class));
        runner().withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("scientist.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DecisionMeters.class));
    }

    @Test
    void beansOfTheApplicationWin() {
        ExperimentDecisions decisions = new ExperimentDecisions(
                Evidence.builder().build(), name -> DecisionPolicy.of(Step.FROM_1_TO_5_PERCENT));
        DecisionMeters meters = new DecisionMeters(new SimpleMeterRegistry(), decisions);

        runner().withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("decisions", ExperimentDecisions.class, () -> decisions)
                .withBean("meters", DecisionMeters.class, () -> meters)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ExperimentDecisions.class)).isSameAs(decisions);
                    assertThat(context.getBean(DecisionMeters.class)).isSameAs(meters);
                });
    }

    private static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));
    }
}
