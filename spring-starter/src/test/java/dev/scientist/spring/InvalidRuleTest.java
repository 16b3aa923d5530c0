package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.Rule;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that a wrong rule stops the application, with a message that quotes it and says where it is set. */
class InvalidRuleTest {

    private static final String QUOTES = "scientist.experiments.quotes.comparator.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withBean("sameLength", BiPredicate.class, () -> (one, other) -> true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            at: price, ignored: true               | [0].at              | rule at("price")
            at: /a, within: -1                     | [0].within          | rule at("/a").within("-1")
            at: "", ignored: true                  | [0].ignored         | must be about a part of the document
            at: /a, ignored: false                 | [0].ignored         | must be true
            at: /a, scale: {digits: 2}             | [0].scale           | must have digits and rounding
            at: /a, matching: "["                  | [0].matching        | rule at("/a").matching("[")
            at: /a, by-key: id                     | [0].by-key          | rule at("/a").byKey("id")
            at: /a, placeholder: any               | [0].placeholder     | rule at("/a").placeholder("any")
            at: /a, ignored: true, owner: " "      | [0].owner           | rule at("/a").ignored().owner(" ")
            at: /a                                 | [0]                 | but says nothing
            at: /a, ignored: true, any-order: true | [0]                 | but says ignored and any-order
            ignored: true                          | [0]                 | must say where it holds
            at: /a, side: primary, ignored: true     | [0]                 | must say where it holds
            at: /a, within: 1, zone: UTC           | [0]                 | must have within-time
            at: /a, transform: sameLength          | [0]                 | the document of one side
            side: primary, ignored: true             | [0]                 | must say at which places
            side: primary                            | [0]                 | must say what becomes of the document
            side: candidate, rename: {from: /a}      | [0].rename          | must have from and to
            side: candidate, rename: {from: /a, to: /a/b} | [0].rename     | rule onCandidate().rename("/a", "/a/b")
            side: candidate, rename: {from: /a, to: /b}, severity: minor | [0].severity | must not have a severity
            side: primary, transform: sameLength     | [0].transform       | must be the name of a bean of type java.util.function.UnaryOperator
            at: /a, accepting: sameLenght          | [0].accepting       | must be the name of a bean of type java.util.function.BiPredicate
            """)
    void aRuleThatIsNoneStopsTheApplication(String entry, String place, String message) {
        for (String block : List.of("scientist.defaults.", "scientist.experiments.not.declared.")) {
            String yaml = "# rules\n" + block + "comparator.rules:\n- {" + entry + "}\n";

            runner.withInitializer(Yaml.of(yaml)).run(context -> {
                FailureAnalysis analysis = InvalidPropertyTest.analysisOf(context.getStartupFailure());

                assertThat(analysis.getDescription())
                        .contains("Property: " + block + "comparator.rules" + place + "\n", "Value: \"", message)
                        .contains("Origin: ", "application.yaml", " 3:");
                assertThat(analysis.getAction()).isNotBlank();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"scientist.defaults.", "scientist.experiments.quotes.", "scientist.experiments[Vat.quote]."})
    void aWordThatNoRuleHasStopsTheApplication(String block) {
        runner.withPropertyValues(
                        block + "comparator.rules[0].at=/a",
                        block + "comparator.rules[0].ignored=true",
                        block + "comparator.rules[0].expire=2027-01-01T00:00:00Z")
                .run(context -> {
                    FailureAnalysis analysis = InvalidPropertyTest.analysisOf(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .contains("comparator.rules[0].expire", "\"2027-01-01T00:00:00Z\"", "nothing that a rule");
                    assertThat(analysis.getAction()).isEqualTo("Write \"expires\", if that was meant.");
                });
    }

    @Test
    void aValueThatCannotBeReadStopsTheApplication() {
        runner.withPropertyValues(QUOTES + "rules[0].at=/a", QUOTES + "rules[0].expires=soon")
                .run(context -> assertThat(InvalidPropertyTest.analysisOf(context.getStartupFailure())
                                .getDescription())
                        .contains("Property: " + QUOTES + "rules[0].expires", "Value: \"soon\""));
    }

    @Test
    void aNameThatIsTakenStopsTheApplication() {
        runner.withPropertyValues(
                        QUOTES + "rules[0].at=/a",
                        QUOTES + "rules[0].ignored=true",
                        QUOTES + "rules[0].named=noise",
                        QUOTES + "rules[1].at=/b",
                        QUOTES + "rules[1].ignored=true",
                        QUOTES + "rules[1].named=noise")
                .run(context -> assertThat(InvalidPropertyTest.analysisOf(context.getStartupFailure())
                                .getDescription())
                        .contains("Property: " + QUOTES + "rules[1]", "must have a name of its own"));
    }

    @Test
    void aRemedyNamesTheBeanThatWasMeant() {
        runner.withPropertyValues(QUOTES + "rules[0].at=/a", QUOTES + "rules[0].accepting=sameLenght")
                .run(context -> assertThat(InvalidPropertyTest.analysisOf(context.getStartupFailure())
                                .getAction())
                        .contains("\"sameLength\""));
    }

    /** An application whose own comparator takes no rules. */
    @Configuration(proxyBeanMethods = false)
    static class OwnComparator {
        @Bean
        Experiment<String> quotes(Scientist scientist) {
            return scientist.experiment("quotes", options -> options.comparator((primary, candidate) -> List.of()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ignore, /a",
        "any-order, /a",
        "tolerance, 0.1",
        "max-differences, 3",
    })
    void aComparatorOfTheCodeThatTakesNoRulesStopsTheApplication(String key, String value) {
        runner.withUserConfiguration(OwnComparator.class)
                .withPropertyValues(QUOTES + key + "=" + value)
                .run(context -> {
                    FailureAnalysis analysis = InvalidPropertyTest.analysisOf(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .contains("Property: " + QUOTES + key, "needs a comparator that takes rules")
                            .contains(OwnComparator.class.getName());
                    assertThat(analysis.getAction()).contains("set comparator.type to json or objects");
                });
    }

    @Test
    void aTypeReplacesAComparatorOfTheCodeThatTakesNoRules() {
        runner.withUserConfiguration(OwnComparator.class)
                .withPropertyValues(QUOTES + "type=json", QUOTES + "ignore=/a")
                .run(context -> assertThat(context.getBean(DeclaredRules.class).rules("quotes"))
                        .hasToString("at(\"/a\").ignored()"));
    }

    /** An application that compares documents under a rule with a name. */
    @Configuration(proxyBeanMethods = false)
    static class OwnRules {
        @Bean
        Experiment<String> quotes(Scientist scientist, JsonComparator json) {
            return scientist.experiment(
                    "quotes",
                    options -> options.comparator(
                            json.rules(Rule.at("/a").ignored().named("noise"))));
        }
    }

    @Test
    void aNameThatTheCodeHasTakenStopsTheApplication() {
        runner.withUserConfiguration(OwnRules.class)
                .withPropertyValues(
                        QUOTES + "rules[0].at=/b", QUOTES + "rules[0].ignored=true", QUOTES + "rules[0].named=noise")
                .run(context -> assertThat(InvalidPropertyTest.analysisOf(context.getStartupFailure())
                                .getDescription())
                        .contains("Property: " + QUOTES + "rules[0]", "must have a name of its own"));
    }
}
