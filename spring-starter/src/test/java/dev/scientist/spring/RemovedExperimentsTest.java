package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentRegistry;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.decision.Evidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

@DisplayName("Nothing of an experiment that was removed is held against another one of its name")
class RemovedExperimentsTest {

    static class Ledger {
        @ParallelRun(name = "prices", candidateType = Rewrite.class)
        public List<Integer> prices(int customer) {
            return List.of(customer);
        }
    }

    static class Rewrite {
        public List<Integer> prices(int customer) {
            return List.of(customer);
        }
    }

    private final Map<String, Object> properties = new HashMap<>();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withInitializer(context -> context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("changing", properties)))
            .withPropertyValues("scientist.defaults.start=same-thread", "scientist.logging=false");

    @Test
    void whatItsMethodDeclaredIsNot() {
        runner.withBean(Ledger.class)
                .withBean(Rewrite.class)
                .withPropertyValues("scientist.experiments.prices.arguments=json")
                .run(context -> {
                    Scientist scientist = context.getBean(Scientist.class);
                    ExperimentRegistry declared = context.getBean(ExperimentRegistry.class);
                    SharingCheck sharing = context.getBean(SharingCheck.class);
                    boolean wasKnown = sharing.of("prices") != null;

                    scientist.remove(declared.find("prices").orElseThrow());
                    Experiment<String> other = scientist.experiment("prices");
                    other.run(Map.of("a", 1), Map::toString, Map::toString);

                    assertThat(wasKnown).isTrue();
                    assertThat(sharing.of("prices")).isNull();
                    assertThat(other.tally().count(Verdict.MATCHED)).isEqualTo(1);
                });
    }

    @Test
    void whatProtectedItAndItsRulesAreNot() {
        runner.run(context -> {
            Scientist scientist = context.getBean(Scientist.class);
            JsonComparator json = context.getBean(JsonComparator.class);
            Protection.OfAll protections = context.getBean(Protection.OfAll.class);
            DeclaredRules rules = context.getBean(DeclaredRules.class);
            Experiment<String> experiment =
                    scientist.experiment("prices", options -> options.comparator(json.ignoring("/issuedAt")));
            boolean wasKnown = protections.of("prices") != null && rules.rules("prices") != null;

            scientist.remove(experiment);

            assertThat(wasKnown).isTrue();
            assertThat(protections.of("prices")).isNull();
            assertThat(rules.rules("prices")).isNull();
        });
    }

    @Test
    void whatWasToBeShownOfItIsNot() {
        properties.put("scientist.experiments.prices.decision.threshold", "0.1");
        properties.put("scientist.experiments.prices.decision.candidate-version", "1.0");
        runner.run(context -> {
            Scientist scientist = context.getBean(Scientist.class);
            DecisionPolicies policies = context.getBean(DecisionPolicies.class);
            Experiment<String> first = scientist.experiment("prices");
            double before = policies.policy("prices").threshold();

            properties.put("scientist.experiments.prices.decision.threshold", "0.2");
            properties.put("scientist.experiments.prices.decision.candidate-version", "2.0");
            double whileItLives = policies.policy("prices").threshold();
            scientist.remove(first);
            scientist.experiment("prices");

            assertThat(before).isEqualTo(0.1);
            assertThat(whileItLives).isEqualTo(0.1);
            assertThat(policies.policy("prices").threshold()).isEqualTo(0.2);
            assertThat(context.getBean(Evidence.class).snapshot("prices").epochs())
                    .singleElement()
                    .satisfies(epoch -> assertThat(epoch.toString()).contains("2.0"));
        });
    }
}
