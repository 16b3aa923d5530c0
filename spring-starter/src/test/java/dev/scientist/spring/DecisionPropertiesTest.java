package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.Stratum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Proves that properties choose what is counted for an experiment and what must be shown. */
class DecisionPropertiesTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    @Test
    void whereNothingIsSaidItIsTheFirstStepFromTheShadow() {
        runner.run(context -> assertThat(context.getBean(DecisionPolicies.class).policy("quotes"))
                .isEqualTo(DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT)));
    }

    @Test
    void anExperimentsKeyWinsOverThatOfTheDefaultsAndTheOthersStay() {
        runner.withPropertyValues(
                        "scientist.defaults.decision.threshold=0.002",
                        "scientist.defaults.decision.alpha=0.02",
                        "scientist.defaults.decision.latency.factor=2",
                        "scientist.defaults.decision.latency.quantiles=0.5",
                        "scientist.experiments.Quotes.decision.threshold=0.003",
                        "scientist.experiments.Quotes.decision.latency.slack=7ms")
                .run(context -> assertThat(
                                context.getBean(DecisionPolicies.class).policy("Quotes"))
                        .isEqualTo(DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT)
                                .with(policy -> policy.threshold(0.003)
                                        .alpha(0.02)
                                        .latency(LatencyPolicy.of(List.of(0.5), 2, Duration.ofMillis(7))))));
    }

    @Test
    void whatIsEmptyTakesTheDefaultAway() {
        runner.withPropertyValues(
                        "scientist.defaults.decision.pinned=until monday",
                        "scientist.defaults.decision.stratum=country",
                        "scientist.experiments.quotes.decision.pinned=",
                        "scientist.experiments.quotes.decision.stratum=",
                        "scientist.experiments.quotes.decision.latency.quantiles=")
                .run(context -> {
                    DecisionPolicies policies = context.getBean(DecisionPolicies.class);

                    assertThat(policies.policy("orders").pinned()).isEqualTo("until monday");
                    assertThat(policies.attribute("orders")).contains("country");
                    assertThat(policies.policy("quotes").pinned()).isEmpty();
                    assertThat(policies.attribute("quotes")).isEmpty();
                    assertThat(policies.policy("quotes").latency().quantiles()).isEmpty();
                });
    }

    @Test
    void callsAreCountedByTheAttributeAndUnderTheVersionsThatAreSaid() {
        runner.withPropertyValues(
                        "scientist.experiments.QuoteService.quote.decision.stratum=country",
                        "scientist.experiments.quote-service.quote.decision.candidate-version=2.0")
                .run(context -> {
                    Experiment<String> experiment = context.getBean(Scientist.class)
                            .experiment("QuoteService.quote", options -> options.start(Start.SAME_THREAD));

                    experiment
                            .call()
                            .attribute("country", "DK")
                            .candidate(() -> "a")
                            .run(() -> "a");

                    Evidence evidence = context.getBean(Evidence.class);
                    assertThat(evidence.snapshot("QuoteService.quote").strata())
                            .extracting(Stratum::name)
                            .containsExactly("DK");
                    assertThat(evidence.snapshot("QuoteService.quote").epochs())
                            .containsExactly(new Epoch("", "2.0", "equality"));
                });
    }

    @Test
    void otherRulesAreAnotherEpoch() {
        Set<String> names = new HashSet<>();
        for (String rule : List.of("ignore=/a", "ignore=/b", "ignore=/a")) {
            runner.withPropertyValues("scientist.experiments.quotes.comparator." + rule)
                    .run(context -> {
                        context.getBean(Scientist.class).experiment("quotes");
                        Epoch epoch = context.getBean(Evidence.class)
                                .snapshot("quotes")
                                .epochs()
                                .get(0);
                        names.add(epoch.rules());
                    });
        }

        assertThat(names).hasSize(2).doesNotContain("");
    }

    @Test
    void thePrimaryRunsTwiceOnTheShareThatIsSaid() {
        runner.withPropertyValues(
                        "scientist.experiments.quotes.replicate-rate=1",
                        "scientist.defaults.candidate-timeout=5m",
                        "scientist.defaults.comparison-timeout=5m")
                .run(context -> {
                    Experiment<String> experiment =
                            context.getBean(Scientist.class).experiment("quotes");

                    experiment.run(() -> "a", () -> "a");
                    context.getBean(Scientist.class).close(); // close also waits for the calls in flight

                    assertThat(context.getBean(Evidence.class)
                                    .snapshot("quotes")
                                    .strata())
                            .extracting(stratum -> stratum.pairs().n())
                            .containsExactly(1L);
                });
    }

    @Test
    void switchedOffNothingIsCounted() {
        runner.withPropertyValues("scientist.enabled=false")
                .run(context ->
                        assertThat(context).hasSingleBean(Scientist.class).doesNotHaveBean(Evidence.class));
    }

    @Test
    void theApplicationsOwnEvidenceWins() {
        Evidence own = Evidence.builder().build();

        runner.withBean("own", Evidence.class, () -> own).run(context -> {
            context.getBean(Scientist.class).experiment("quotes");

            assertThat(context).getBean(Evidence.class).isSameAs(own);
            assertThat(own.experiments()).containsExactly("quotes");
        });
    }

    @Test
    void theExampleOfThePageIsLoaded() throws IOException {
        runner.withInitializer(Yaml.of(example())).run(context -> {
            DecisionPolicies policies = context.getBean(DecisionPolicies.class);

            assertThat(policies.policy("checkout.quote"))
                    .isEqualTo(DecisionPolicy.of(Step.TO_CANDIDATE_ONLY)
                            .with(policy -> policy.threshold(0.002).waived(Set.of("GL", "FO"))));
            assertThat(policies.attribute("checkout.quote")).contains("country");
            assertThat(policies.epoch("checkout.quote")).isEqualTo(new Epoch("7.2", "2.0", ""));
            assertThat(policies.policy("pricing.quote").pinned()).isEqualTo("until the tax audit is over");
        });
    }

    @Test
    void theExampleOfThePageHoldsEveryKey() throws IOException {
        String yaml = example();

        Stream<String> keys = PropertyKeys.ALL.stream()
                .filter(key -> key.startsWith("decision.") || key.equals("replicate-rate"))
                .map(key -> key.replaceFirst(".*\\.", ""));

        assertThat(keys).hasSize(16).allSatisfy(key -> assertThat(yaml).contains(key + ": "));
    }

    private static String example() throws IOException {
        Path page = Path.of("docs", "decision.md");
        String text = Files.readString(Files.exists(page) ? page : Path.of("..").resolve(page));
        int begin = text.indexOf("```yaml\n") + "```yaml\n".length();
        return text.substring(begin, text.indexOf("\n```", begin));
    }
}
