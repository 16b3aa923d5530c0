package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Scientist;
import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Proves that the YAML of docs/comparators.md can be loaded and has every key, and that the page
 * shows the message of a wrong rule.
 */
class RulesPageTest {

    private static final String TITLE = "## Rules in YAML";
    private static final int RULES = 19; // the rules of the example, without the short forms

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withBean("gramsAreKilos", BiPredicate.class, () -> (grams, kilos) -> false)
            .withBean("unwrapping", UnaryOperator.class, UnaryOperator::identity);

    @Test
    void theExampleIsLoaded() throws IOException {
        String yaml = block("```yaml\n");

        runner.withInitializer(Yaml.of(yaml)).run(context -> {
            context.getBean(Scientist.class).experiment("pricing.quote");
            RuleSet rules = context.getBean(DeclaredRules.class).rules("pricing.quote");

            assertThat(rules).isNotNull();
            assertThat(rules.rules()).hasSize(RULES + 2).extracting(Rule::owner).startsWith("platform", "pricing");
            assertThat(rules.rules().subList(RULES, RULES + 2))
                    .extracting(Rule::name)
                    .containsExactly("at(\"/debug\").ignored()", "at(\"/audit/**\").ignored()");
        });
    }

    @Test
    void theExampleHoldsEveryKey() throws IOException {
        String yaml = block("```yaml\n");

        Stream<String> keys = PropertyKeys.OF_RULE.stream().map(key -> key.replaceFirst(".*\\.", ""));

        assertThat(keys).allSatisfy(key -> assertThat(yaml).contains(key + ": "));
    }

    @Test
    void aWrongRuleIsShownAsThePageSays() throws IOException {
        String yaml = block("```yaml\n").replace("within: 0.005", "within: -0.005");
        String shown = block("```text\n").replace("class path resource", "Byte array resource");

        runner.withInitializer(Yaml.of(yaml)).run(context -> {
            FailureAnalysis analysis = InvalidPropertyTest.analysisOf(context.getStartupFailure());

            assertThat(analysis.getDescription()).isEqualTo(shown);
        });
    }

    /** The first block of the section that begins with this fence. */
    private static String block(String fence) throws IOException {
        Path page = Path.of("docs", "comparators.md");
        String text = Files.readString(Files.exists(page) ? page : Path.of("..").resolve(page));
        int begin = text.indexOf("\n" + fence, text.indexOf(TITLE)) + 1 + fence.length();
        return text.substring(begin, text.indexOf("\n```", begin));
    }
}
