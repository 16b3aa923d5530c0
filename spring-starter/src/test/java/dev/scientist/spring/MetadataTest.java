package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentSettings;
import dev.scientist.Scientist;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Proves what the IDE shows of the properties, and that the page says the same. */
class MetadataTest {

    private static final String RESOURCE = "META-INF/spring-configuration-metadata.json";

    /** The metadata of the jar's properties, by name. */
    private static final Map<String, JsonNode> PROPERTIES = new TreeMap<>();

    private static JsonNode metadata;

    @BeforeAll
    static void read() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (URL url : Collections.list(MetadataTest.class.getClassLoader().getResources(RESOURCE))) {
            try (InputStream in = url.openStream()) {
                all.add(new ObjectMapper().readTree(in));
            }
        }
        metadata = all.stream()
                .filter(each -> each.path("properties").findValuesAsText("name").contains("scientist.enabled"))
                .findFirst()
                .orElseThrow();
        metadata.path("properties").forEach(property -> {
            String name = property.path("name").asText();
            if (name.startsWith("scientist.")) {
                PROPERTIES.put(name, property);
            }
        });
    }

    @Test
    void everyPropertyIsDescribed() {
        assertThat(PROPERTIES.values())
                .hasSizeGreaterThan(20)
                .allSatisfy(property -> assertThat(property.path("description").asText())
                        .as(property.path("name").asText())
                        .matches("(?s)[A-Z].{10,}\\."));
    }

    @Test
    void whatHasAUnitSaysSo() {
        List<String> durations = PROPERTIES.values().stream()
                .filter(property -> property.path("type").asText().equals("java.time.Duration"))
                .map(property -> property.path("description").asText())
                .toList();

        assertThat(durations)
                .hasSize(6)
                .allMatch(description -> description.contains("milliseconds where no unit is given"));
    }

    @Test
    void whatHasARangeSaysSo() {
        List<JsonNode> numbers = PROPERTIES.values().stream()
                .filter(property -> property.path("type").asText().matches("java\\.(lang\\.(Integer|Double)|math.*)"))
                // its range is any number
                .filter(property -> !property.path("name").asText().equals("scientist.advice-order"))
                .toList();

        assertThat(numbers)
                .hasSize(15)
                .allSatisfy(property ->
                        assertThat(property.path("description").asText()).containsPattern("\\d (to \\d|or more)"));
    }

    @Test
    void everyPropertySaysItsDefault() {
        List<String> silent = PROPERTIES.values().stream()
                .filter(property -> property.path("defaultValue").isMissingNode())
                .filter(property -> !property.path("description").asText().contains("Default: "))
                .map(property -> property.path("name").asText())
                .toList();

        assertThat(silent).containsExactly("scientist.experiments");
    }

    @Test
    void theDefaultsAreThoseOfAnExperiment() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .run(context -> {
                    ExperimentSettings settings = context.getBean(Scientist.class)
                            .experiment("quotes")
                            .settings();

                    assertThat(settings.isEnabled())
                            .isEqualTo(defaultOf("enabled").asBoolean(false));
                    assertThat(settings.sampleRate())
                            .isEqualTo(defaultOf("sample-rate").asDouble());
                    assertThat(settings.maxConcurrent())
                            .isEqualTo(defaultOf("max-concurrent").asInt());
                    assertThat(settings.candidateTimeout()).isEqualTo(duration(defaultOf("candidate-timeout")));
                    assertThat(settings.comparisonTimeout()).isEqualTo(duration(defaultOf("comparison-timeout")));
                });
    }

    @Test
    void theDefaultsOfADecisionAreThoseOfAPolicy() {
        DecisionPolicy policy = DecisionProperties.NONE.policy();

        assertThat(Spelling.of(policy.step()))
                .isEqualTo(defaultOf("decision.step").asText());
        assertThat(policy.maxAge()).isEqualTo(duration(defaultOf("decision.max-age")));
        assertThat(policy.completeness())
                .isEqualTo(defaultOf("decision.completeness").asDouble());
        assertThat(policy.coverage()).isEqualTo(defaultOf("decision.coverage").asDouble());
        assertThat(policy.latency())
                .isEqualTo(LatencyPolicy.of(
                        List.of(0.5, 0.95, 0.99),
                        defaultOf("decision.latency.factor").asDouble(),
                        duration(defaultOf("decision.latency.slack"))));
    }

    @Test
    void everyKeyThatIsKnownIsThere() {
        List<String> keys = PropertyKeys.ALL.stream()
                .map(key -> "scientist.defaults." + key)
                .toList();

        List<String> described = PROPERTIES.keySet().stream()
                .filter(name -> name.startsWith("scientist.defaults."))
                .toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void theValuesOfAChoiceAreHinted() {
        Map<String, List<String>> hints = StreamSupport.stream(
                        metadata.path("hints").spliterator(), false)
                .collect(Collectors.toMap(
                        hint -> hint.path("name").asText(),
                        hint -> hint.path("values").findValuesAsText("value")));

        assertThat(hints.get("scientist.defaults.sampling"))
                .containsExactlyInAnyOrderElementsOf(written(Sampling.values()));
        assertThat(hints.get("scientist.defaults.start")).containsExactlyInAnyOrderElementsOf(written(Start.values()));
        assertThat(hints.get("scientist.defaults.comparator.type"))
                .containsExactlyInAnyOrderElementsOf(written(ComparatorProperties.Type.values()));
        assertThat(hints.get("scientist.defaults.decision.step"))
                .containsExactlyInAnyOrderElementsOf(written(Step.values()));
        assertThat(PROPERTIES.keySet()).containsAll(hints.keySet());
    }

    @Test
    void thePageSaysTheSame() throws IOException {
        List<String> rows = PROPERTIES.values().stream().map(MetadataTest::row).toList();

        List<String> shown = Files.readString(page())
                .lines()
                .filter(line -> line.startsWith("| `scientist."))
                .toList();

        assertThat(shown).as("the properties in docs/spring.md").containsExactlyInAnyOrderElementsOf(rows);
    }

    private static String row(JsonNode property) {
        String name = property.path("name").asText();
        JsonNode value = property.path("defaultValue");
        return Stream.of(
                        "`" + name + "`",
                        value.isMissingNode() ? "" : "`" + value.asText() + "`",
                        property.path("description")
                                .asText()
                                .replace("*", "\\*")
                                .replace("<", "\\<"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** The page, in the folder above that of the module, wherever the tests are started. */
    private static Path page() {
        Path page = Path.of("docs", "spring.md");
        return Files.exists(page) ? page : Path.of("..").resolve(page);
    }

    private static JsonNode defaultOf(String key) {
        return PROPERTIES.get("scientist.defaults." + key).path("defaultValue");
    }

    private static Duration duration(JsonNode value) {
        return DurationStyle.detectAndParse(value.asText());
    }

    private static List<String> written(Enum<?>[] values) {
        return Stream.of(values).map(Spelling::of).toList();
    }
}
