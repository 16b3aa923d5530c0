package dev.scientist.samples.observability;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.scientist.metrics.ScientistMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that the pages of the documentation name only meters, labels and values that are emitted. */
class PagesTest {

    private static final String DOCS = "../../docs/";

    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\\n(.*?)```");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)=\"(\\w+)\"");
    private static final Pattern METER =
            Pattern.compile("(?<![\\w/-])(?!scientist\\.(?:json|rules))scientist[._][a-z_.]*[a-z]");
    private static final Pattern WORD = Pattern.compile("[a-z]+(_[a-z]+)*");

    /** Words that are set as code but are no labels or values: programs, a function, an endpoint. */
    private static final Set<String> OTHER_WORDS = Set.of("increase", "check", "promtool", "prometheus");

    private static final Catalog CATALOG = Catalog.ofEveryVerdict();

    @ParameterizedTest
    @ValueSource(strings = {"README.md", DOCS + "observability.md", DOCS + "metrics.md"})
    void aPageNamesOnlyMetersThatAreEmitted(String page) throws IOException {
        Set<String> emitted = new TreeSet<>(CATALOG.metrics());
        Arrays.stream(ScientistMeter.values()).map(ScientistMeter::meterName).forEach(emitted::add);

        Set<String> named = METER.matcher(Files.readString(Path.of(page)))
                .results()
                .map(MatchResult::group)
                .collect(toCollection(TreeSet::new));

        assertThat(named).isSubsetOf(emitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", DOCS + "observability.md", DOCS + "metrics.md"})
    void aPageNamesOnlyLabelsAndValuesThatAreEmitted(String page) throws IOException {
        Set<String> emitted = new TreeSet<>(OTHER_WORDS);
        emitted.addAll(CATALOG.labels());
        CATALOG.values().values().forEach(emitted::addAll);

        List<String> words = CODE.matcher(textOf(page))
                .results()
                .map(code -> code.group(1))
                .filter(code ->
                        WORD.matcher(code).matches() && !CATALOG.metrics().contains(code))
                .toList();

        assertThat(words).isNotEmpty().isSubsetOf(emitted);
    }

    @Test
    void aConditionOnAPageCanHold() throws IOException {
        String text = textOf(DOCS + "observability.md");

        assertThat(CONDITION.matcher(text).results())
                .isNotEmpty()
                .allSatisfy(condition ->
                        assertThat(CATALOG.values().get(condition.group(1))).contains(condition.group(2)));
    }

    @Test
    void everyExpressionOnThePageIsUnderstood() throws IOException {
        String page = Files.readString(Path.of(DOCS + "observability.md"));

        List<String> expressions = BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).equals("promql"))
                .map(block -> block.group(2))
                .toList();

        assertThat(expressions)
                .hasSizeGreaterThan(5)
                .allSatisfy(expression -> assertThatCode(() -> PromQl.labelsOf(expression, CATALOG))
                        .doesNotThrowAnyException());
    }

    @Test
    void theReadmeNamesEveryRowAndCountsTheRules() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        List<String> rows = Dashboard.read().all().stream()
                .filter(Dashboard.Panel::isRow)
                .map(row -> row.title().replace(", over the chosen time", ""))
                .toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(readme).contains("| " + row + " |"));
        assertThat(Rules.recording()).hasSize(5);
        assertThat(Rules.alerts()).hasSize(7);
        assertThat(readme).contains("five recording rules, and seven alerts");
    }

    /** The text of a page without its blocks of code. */
    private static String textOf(String page) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of(page))).replaceAll("");
    }
}
