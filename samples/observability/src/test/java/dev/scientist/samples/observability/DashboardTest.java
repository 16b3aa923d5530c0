package dev.scientist.samples.observability;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scientist.metrics.ScientistMeter;
import dev.scientist.samples.observability.Dashboard.Panel;
import dev.scientist.samples.observability.Dashboard.Target;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardTest {

    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
    private static final Pattern VALUES = Pattern.compile("label_values\\((?<selector>.+), (?<label>\\w+)\\)");
    private static final Set<String> UNITS = Set.of("reqps", "cps", "percentunit", "s", "short");
    private static final Set<String> OF_GRAFANA = Set.of("__rate_interval", "__range");

    private final Dashboard dashboard = Dashboard.read();
    private static final Catalog CATALOG = Catalog.ofEveryVerdict();

    @Test
    void everyExpressionAsksForWhatIsEmitted() {
        List<Target> targets = dashboard.targets();

        assertThat(targets)
                .isNotEmpty()
                .allSatisfy(target -> assertThat(PromQl.labelsOf(target.expression(), CATALOG))
                        .as(target.toString())
                        .containsAll(namesIn(LEGEND, target.legend())));
    }

    @Test
    void seriesAreToldApartByTheirLegend() {
        List<Target> drawn = dashboard.targets().stream()
                .filter(target -> !target.json().path("format").asText().equals("table"))
                .toList();

        assertThat(drawn)
                .allSatisfy(target -> assertThat(namesIn(LEGEND, target.legend()))
                        .as(target.toString())
                        .isEqualTo(PromQl.labelsOf(target.expression(), CATALOG)));
    }

    @Test
    void everyMeterIsShown() {
        Set<String> shown = dashboard.targets().stream()
                .flatMap(target -> PromQl.selectorsIn(target.expression(), CATALOG).stream())
                .map(Selector::metric)
                .collect(toSet());

        assertThat(Arrays.stream(ScientistMeter.values())
                        .map(meter -> meter.meterName().replace('.', '_')))
                .allSatisfy(name -> assertThat(shown).anyMatch(metric -> metric.startsWith(name)));
    }

    @Test
    void everyPanelSaysWhatItShowsAndInWhichUnit() {
        List<Panel> panels = dashboard.panels();

        assertThat(panels).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.description()).as(panel.toString()).endsWith(".").hasSizeBetween(20, 400);
            assertThat(panel.unit()).as(panel.toString()).isIn(UNITS);
            assertThat(panel.targets()).as(panel.toString()).isNotEmpty();
        });
        assertThat(panels).extracting(Panel::title).doesNotHaveDuplicates();
    }

    @Test
    void aPanelThatMayBeEmptySaysWhen() {
        List<Panel> panels = dashboard.panels();

        assertThat(panels)
                .anyMatch(Panel::mayBeEmpty)
                .allSatisfy(panel -> assertThat(panel.description().contains("May be empty: "))
                        .as(panel.toString())
                        .isEqualTo(panel.mayBeEmpty()));
    }

    @Test
    void everyIdIsThereOnce() {
        List<Panel> all = dashboard.all();

        assertThat(all).extracting(Panel::id).doesNotHaveDuplicates().allMatch(id -> id > 0);
        assertThat(all)
                .allSatisfy(panel -> assertThat(panel.targets())
                        .extracting(target -> target.json().path("refId").asText())
                        .doesNotHaveDuplicates()
                        .allMatch(refId -> refId.matches("[A-Z]")));
    }

    @Test
    void panelsStandSideBySideWithoutHolesAndBelowTheirRow() {
        List<Panel> all = dashboard.all();

        int area = all.stream().mapToInt(panel -> panel.at("w") * panel.at("h")).sum();
        int height = all.stream()
                .mapToInt(panel -> panel.at("y") + panel.at("h"))
                .max()
                .orElseThrow();

        assertThat(all).allSatisfy(panel -> {
            assertThat(panel.at("x")).isNotNegative();
            assertThat(panel.at("x") + panel.at("w")).isLessThanOrEqualTo(24);
            assertThat(all).filteredOn(panel::overlaps).containsExactly(panel);
        });
        assertThat(area).isEqualTo(24 * height);
        assertThat(all.get(0).isRow()).isTrue();
        assertThat(all).isSortedAccordingTo((one, other) -> Integer.compare(one.at("y"), other.at("y")));
    }

    @Test
    void everyQueryGoesToTheChosenDataSource() {
        List<JsonNode> sources = dashboard.dataSources();

        Set<JsonNode> distinct = new HashSet<>(sources);

        assertThat(distinct).hasSize(1);
        assertThat(sources.get(0).toString()).isEqualTo("{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}");
        assertThat(dashboard.panels()).allMatch(panel -> panel.json().has("datasource"));
        assertThat(dashboard.targets()).allMatch(target -> target.json().has("datasource"));
    }

    @Test
    void everyVariableIsDefinedAndUsed() {
        Set<String> defined = dashboard.variables().stream()
                .map(variable -> variable.path("name").asText())
                .collect(toCollection(TreeSet::new));

        Set<String> used = namesIn(VARIABLE, dashboard.json().toString());
        used.removeAll(OF_GRAFANA);
        used.remove("__all");

        assertThat(used).isEqualTo(defined).containsExactly("candidate", "datasource", "experiment");
    }

    @Test
    void variablesListTheValuesOfALabelThatIsEmitted() {
        List<JsonNode> asked = dashboard.variables().stream()
                .filter(variable -> variable.path("type").asText().equals("query"))
                .toList();

        assertThat(asked).hasSize(2).allSatisfy(variable -> {
            String query = variable.path("definition").asText();
            Matcher values = VALUES.matcher(query);
            assertThat(variable.path("query").path("query").asText()).isEqualTo(query);
            assertThat(values.matches()).as(query).isTrue();
            assertThat(PromQl.labelsOf(values.group("selector"), CATALOG)).contains(values.group("label"));
        });
    }

    @Test
    void itCanBeImportedTwiceWithoutBecomingTwo() {
        JsonNode json = dashboard.json();

        assertThat(json.path("uid").asText()).isEqualTo("scientist-cutover");
        assertThat(json.has("id")).isFalse();
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(39);
        assertThat(json.path("title").asText()).isNotBlank();
    }

    private static Set<String> namesIn(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).collect(toCollection(TreeSet::new));
    }
}
