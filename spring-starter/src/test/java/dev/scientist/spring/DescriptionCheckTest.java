package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** Proves that a key or an attribute that is needed but not declared by an annotation is refused or warned of. */
class DescriptionCheckTest {

    @AutoClose
    private final LoggedLines log = new LoggedLines();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withBean(Orders.class);

    /** Three methods, each of which declares something else. */
    static class Orders {

        @ParallelRun(
                name = "orders.find",
                method = "again",
                attributes = {"mode = #mode", "country = #mode"})
        public String find(String mode) {
            return mode;
        }

        @ParallelRun(name = "orders.count", method = "again", key = "#mode", attributes = "mode = #mode")
        public String count(String mode) {
            return mode;
        }

        @ParallelRun(name = "orders.bare", method = "again")
        public String bare(String mode) {
            return mode;
        }

        public String again(String mode) {
            return mode;
        }
    }

    /** The description and the remedy that a user reads when the application does not start. */
    private static FailureAnalysis told(ApplicationContextRunner application) {
        FailureAnalysis[] told = new FailureAnalysis[1];
        application.run(context -> told[0] = InvalidPropertyTest.analysisOf(context.getStartupFailure()));
        return told[0];
    }

    private List<String> warnings(String about) {
        return log.at(Level.WARN).stream().filter(line -> line.contains(about)).toList();
    }

    @Test
    void aStratumThatTheMethodDoesNotDeclareStopsTheStartWithTheNearestOne() {
        FailureAnalysis told =
                told(runner.withPropertyValues("scientist.experiments.orders.find.decision.stratum=mod"));

        assertThat(told.getDescription())
                .contains(
                        "Property: scientist.experiments.orders.find.decision.stratum",
                        "Value: \"mod\"",
                        "must be one of the attributes \"mode\", \"country\" that @ParallelRun on String"
                                + " DescriptionCheckTest.Orders.find(String) declares");
        assertThat(told.getAction())
                .isEqualTo("Did you mean \"mode\"? If not, declare it in the attributes of the annotation.");
    }

    @Test
    void aStratumOfAMethodWithoutAttributesStopsTheStart() {
        FailureAnalysis told =
                told(runner.withPropertyValues("scientist.experiments.orders.bare.decision.stratum=mode"));

        assertThat(told.getDescription())
                .contains(
                        "Value: \"mode\"",
                        "must be an attribute that @ParallelRun on String DescriptionCheckTest.Orders.bare(String) declares,"
                                + " and it declares none");
        assertThat(told.getAction()).isEqualTo("Declare it in the attributes of the annotation.");
    }

    @Test
    void aStratumOfTheDefaultsIsWarnedOfWithTheMethodsThatDoNotDeclareIt() {
        runner.withPropertyValues("scientist.defaults.decision.stratum=country").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(warnings("stratum"))
                    .containsExactly(
                            "scientist.defaults.decision.stratum is \"country\", an attribute that @ParallelRun on"
                                    + " these methods does not declare, so that all calls of each are judged as one class: String"
                                    + " DescriptionCheckTest.Orders.bare(String), String DescriptionCheckTest.Orders.count(String)."
                                    + " Declare it there, or set decision.stratum of their experiments to what they declare, or to"
                                    + " nothing");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "=mode"})
    void anExperimentThatSaysItsOwnStratumIsNotWarnedOf(String own) {
        runner.withPropertyValues(
                        "scientist.defaults.decision.stratum=country",
                        "scientist.experiments.orders.count.decision.stratum" + own,
                        "scientist.experiments.orders.bare.decision.stratum=")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(warnings("stratum")).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void samplingByKeyWithoutAKeyStopsTheStartInTestsToo(boolean isRecorded) {
        ApplicationContextRunner application = isRecorded
                ? runner.withBean(
                        ScientistCustomizer.class,
                        () -> builder -> builder.customizer((name, options) -> options.sampleByKey(false)))
                : runner;

        FailureAnalysis told =
                told(application.withPropertyValues("scientist.experiments.orders.find.sample-by-key=true"));

        assertThat(told.getDescription())
                .contains(
                        "Property: scientist.experiments.orders.find.sample-by-key",
                        "Value: \"true\"",
                        "must be false where calls have no key, as those of String"
                                + " DescriptionCheckTest.Orders.find(String)");
        assertThat(told.getAction()).isEqualTo("Set key in its @ParallelRun, or remove the property.");
    }

    @Test
    void aMethodWithAKeyIsSampledByIt() {
        runner.withPropertyValues("scientist.experiments.orders.count.sample-by-key=true")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(warnings("key")).isEmpty();
                });
    }

    @Test
    void samplingByKeyOfTheDefaultsIsWarnedOfWithTheMethodsThatHaveNone() {
        runner.withPropertyValues(
                        "scientist.defaults.sample-by-key=true",
                        "scientist.experiments.orders.bare.sample-by-key=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(warnings("key"))
                            .containsExactly("all experiments are sampled by key, but @ParallelRun on these methods"
                                    + " declares none, so that none of their calls is ever sampled: String"
                                    + " DescriptionCheckTest.Orders.find(String). Set key there, or sample-by-key of their"
                                    + " experiments to false");
                });
    }

    /** A bean whose options ask for a key. */
    static class Coded {

        @ParallelRun(method = "again", options = "byKey")
        public String find(String mode) {
            return mode;
        }

        public String again(String mode) {
            return mode;
        }

        static class Options {
            @Bean
            ExperimentCustomizer<String> byKey() {
                return options -> options.sampleByKey();
            }
        }
    }

    @Test
    void samplingByKeyInCodeWithoutAKeyStopsTheStart() {
        Laboratory.application(Coded.class, Coded.Options.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(WrongWiringException.class)
                        .hasMessageContainingAll(
                                "Its options sample by key, but the annotation declares none, so that no call would ever"
                                        + " be sampled.",
                                "Set key to an expression, or leave sampleByKey out of the options."));
    }

    @Test
    void ofTheDefaultsTheCodeOfOtherOptionsIsNotToBlame() {
        runner.withBean(Coded.class)
                .withBean("byKey", ExperimentCustomizer.class, () -> options -> {})
                .withPropertyValues("scientist.defaults.sample-by-key=true")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(warnings("key")).singleElement().asString().contains("Coded.find(String)");
                });
    }
}
