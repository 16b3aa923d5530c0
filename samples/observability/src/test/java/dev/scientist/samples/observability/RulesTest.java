package dev.scientist.samples.observability;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RulesTest {

    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

    private static final Catalog CATALOG = Rules.recordedInto(Catalog.ofEveryVerdict());

    @Test
    void everyRecordedNameSaysItsLabels() {
        List<Map<String, Object>> recording = Rules.recording();

        assertThat(recording).isNotEmpty().allSatisfy(rule -> {
            String name = Rules.text(rule, "record");
            Set<String> labels = PromQl.labelsOf(name, CATALOG);
            assertThat(Set.of(name.split(":", 2)[0].split("_", -1))).as(name).isEqualTo(labels);
        });
    }

    @Test
    void everythingThatIsRecordedIsUsed() {
        Set<String> used = Rules.alerts().stream()
                .flatMap(alert -> PromQl.selectorsIn(Rules.text(alert, "expr"), CATALOG).stream())
                .map(Selector::metric)
                .collect(toSet());

        assertThat(used)
                .containsAll(Rules.recording().stream()
                        .map(rule -> Rules.text(rule, "record"))
                        .toList());
    }

    @Test
    void everyAlertAsksForWhatIsThereAndNamesOnlyLabelsThatItHas() {
        List<Map<String, Object>> alerts = Rules.alerts();

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            Set<String> labels = PromQl.labelsOf(Rules.text(alert, "expr"), CATALOG);
            Set<String> named = new TreeSet<>(
                    LABEL.matcher(Rules.map(alert.get("annotations")).toString())
                            .results()
                            .map(result -> result.group(1))
                            .toList());
            assertThat(labels).as(Rules.text(alert, "alert")).containsAll(named);
        });
    }

    @Test
    void everyAlertSaysHowUrgentItIsAndWhatToDo() {
        List<Map<String, Object>> alerts = Rules.alerts();

        assertThat(alerts).allSatisfy(alert -> {
            Map<String, Object> annotations = Rules.map(alert.get("annotations"));
            assertThat(annotations).containsOnlyKeys("summary", "description", "runbook");
            assertThat(Rules.text(annotations, "runbook"))
                    .hasSizeGreaterThan(80)
                    .endsWith(".");
            assertThat(Rules.map(alert.get("labels")).get("severity")).isIn("critical", "warning");
        });
    }

    @Test
    void everyAlertIsSeenToFireInTheUnitTestsOfTheRules() {
        String tests = Rules.read(Rules.TESTS).toString();

        assertThat(Rules.alerts())
                .allSatisfy(alert -> assertThat(tests)
                        .contains("ALERTS{alertname=\"" + Rules.text(alert, "alert") + "\", alertstate=\"firing\""));
    }

    @Test
    void theUnitTestsOfTheRulesFeedOnlyWhatIsEmitted() {
        List<String> series = Rules.list(Rules.read(Rules.TESTS), "tests").stream()
                .flatMap(test -> Rules.list(test, "input_series").stream())
                .map(input -> Rules.text(input, "series"))
                .toList();

        assertThat(series).isNotEmpty().allSatisfy(text -> {
            Sample sample = Sample.read(text.replace(", ", ",") + " 0").get(0);
            Set<String> labels = new TreeSet<>(PromQl.labelsOf(sample.metric(), CATALOG));
            labels.removeAll(Set.of("job", "instance"));
            assertThat(sample.labels().keySet()).as(text).isEqualTo(labels);
            assertThat(sample.labels())
                    .allSatisfy((label, value) -> assertThat(CATALOG.values().getOrDefault(label, Set.of(value)))
                            .as(text)
                            .contains(value));
        });
    }

    @Test
    void theShopIsScrapedWhereSpringBootServesItsMeters() {
        Map<String, Object> configuration = Rules.read(Rules.CONFIGURATION);

        assertThat(configuration.get("rule_files")).isEqualTo(List.of(Rules.FILE));
        assertThat(Rules.list(configuration, "scrape_configs")).singleElement().satisfies(job -> {
            assertThat(job).containsEntry("job_name", "shop").containsEntry("metrics_path", "/actuator/prometheus");
            assertThat(Rules.list(job, "static_configs"))
                    .isEqualTo(List.of(Map.of("targets", List.of("localhost:8080"))));
        });
    }
}
