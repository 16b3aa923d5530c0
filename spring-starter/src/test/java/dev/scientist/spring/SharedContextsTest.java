package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Scientist;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Proves that application contexts may share one registry: a parent and its child, siblings,
 * and contexts one after the other.
 */
class SharedContextsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withPropertyValues(
                    "scientist.defaults.decision.soak=0s",
                    "scientist.defaults.decision.step=from-1-to-5-percent",
                    "scientist.logging=false")
            .withBean(MeterRegistry.class, () -> registry);

    @Test
    void parentAndChildAreSummed() {
        runner.run(parent -> {
            run(quotes(parent), 2, "a");
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                    .withParent(parent)
                    .run(child -> run(quotes(child), 1, "a"));

            assertThat(calls()).isEqualTo(3);
        });

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void siblingsAreSummedAlsoWhenOneIsGone() {
        runner.run(first -> {
            runner.run(second -> {
                run(quotes(first), 1, "a");
                run(quotes(second), 2, "a");
            });
            double whenOneIsGone = calls();
            run(first.getBean(Scientist.class), 4);

            assertThat(whenOneIsGone).isEqualTo(3);
            assertThat(calls()).isEqualTo(7);
            assertThat(registry.find("scientist.in.flight").gauges())
                    .extracting(Gauge::value)
                    .containsOnly(0.0);
        });

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void ofTwoDecisionsTheOneLeastInFavourIsShown() {
        runner.run(first -> {
            run(quotes(first), 3, "a");
            double alone = decision("rollback");
            runner.run(second -> {
                run(quotes(second), 400, "b");

                assertThat(alone).isZero();
                assertThat(decision("rollback")).isEqualTo(1);
                assertThat(decision("hold")).isZero();
            });

            assertThat(decision("rollback")).isZero();
            assertThat(decision("hold")).isEqualTo(1);
            assertThat(registry.find("scientist.decision").gauges()).hasSize(4);
        });
    }

    @Test
    void anExperimentThatIsDeclaredAnewIsComparedDecidedAndProtectedAnew() {
        runner.run(context -> {
            Scientist scientist = context.getBean(Scientist.class);
            Experiment<String> old = quotes(context);
            run(old, 400, "b");
            double before = decision("rollback");

            scientist.remove(old);
            boolean isListed = !context.getBean(ExperimentRegistry.class).all().isEmpty();
            Experiment<String> next = scientist.experiment(
                    "quotes",
                    options -> options.start(Start.SAME_THREAD).comparator((one, other) -> java.util.List.of()));
            run(next, 1, "b");

            assertThat(before).isEqualTo(1);
            assertThat(isListed).isFalse();
            assertThat(context.getBean(ExperimentRegistry.class).find("quotes")).containsSame(next);
            assertThat(decision("rollback")).isZero();
            assertThat(decision("hold")).isEqualTo(1);
            assertThat(calls()).isEqualTo(401);
        });
    }

    private static Experiment<String> quotes(AssertableApplicationContext context) {
        return context.getBean(Scientist.class).experiment("quotes", options -> options.start(Start.SAME_THREAD));
    }

    private static void run(Scientist scientist, int calls) {
        run(scientist.experiment("orders", options -> options.start(Start.SAME_THREAD)), calls, "a");
    }

    private static void run(Experiment<String> experiment, int calls, String candidate) {
        for (int i = 0; i < calls; i++) {
            experiment.run(() -> "a", () -> candidate);
        }
    }

    private double calls() {
        return registry.find("scientist.trials").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    private double decision(String kind) {
        return registry.get("scientist.decision").tag("decision", kind).gauge().value();
    }
}
