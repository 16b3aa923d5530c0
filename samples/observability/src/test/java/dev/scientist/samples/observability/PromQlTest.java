package dev.scientist.samples.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {

    private final Catalog catalog = new Catalog(List.of(
            new Sample("calls_total", Map.of("verdict", "matched", "side", "primary"), 1),
            new Sample("calls_total", Map.of("verdict", "skipped", "side", "primary"), 1),
            new Sample("times_bucket", Map.of("side", "primary", "le", "1.0"), 1),
            new Sample("depth", Map.of("side", "primary"), 1)));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "depth; instance job side",
                "rate(calls_total{verdict=\"matched\"}[5m]); instance job side verdict",
                "sum(depth); ''",
                "sum by (side) (increase(calls_total[$__range])) * 2; side",
                "100 * (sum by (side) (depth)); side",
                "histogram_quantile(0.99, sum by (side, le) (rate(times_bucket[1h]))); side",
                "sum by (verdict) (rate(calls_total[5m])) / on() group_left() sum(rate(calls_total[5m])); verdict",
                "sum by (verdict) (rate(calls_total[5m])) > 0.5 and sum by (verdict) (calls_total) > 1; verdict",
                "sum by (verdict, side) (calls_total) / on(side) group_left sum by (side) (calls_total); side verdict"
            })
    void theLabelsOfAnExpressionAreKnown(String expression, String labels) {
        Set<String> found = PromQl.labelsOf(expression, catalog);

        assertThat(String.join(" ", new java.util.TreeSet<>(found))).isEqualTo(labels);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "calls_totals; is not emitted",
                "calls_total{verdict=\"equal\"}; verdict is never",
                "calls_total{colour=\"red\"}; has no label colour",
                "sum by (colour) (calls_total); by [colour] is asked of",
                "sum by (verdict) (sum by (side) (calls_total)); by [verdict] is asked of",
                "rate(depth[5m]); is of a counter over a range",
                "rate(calls_total); is of a counter over a range",
                "calls_total[5m]; it comes to a RANGE",
                "sum(rate(calls_total[5m]) + calls_total[5m]); stands at a range",
                "histogram_quantile(0.9, sum by (side) (rate(times_bucket[5m]))); is of buckets by le",
                "sum by (side) (depth) / sum(depth); the right side of / has the labels",
                "sum by (verdict) (calls_total) / on(side) group_left() sum by (side) (depth); the left side of /",
                "sum by (verdict) (calls_total) / on() sum(depth); the left side of /",
                "sum(depth) / on(side) 2; a number has no labels to match",
                "sum(depth; it ends too early",
                "sum(depth)); it goes on after its end",
                "sum(depth) sum; it goes on after its end",
                "depth{side=primary}; a matcher was expected",
                "depth offset 5m; it goes on after its end",
                "label_replace(depth); the function label_replace",
                "depth @ 5; it is not understood from: @ 5",
                "1; it comes to a NUMBER"
            })
    void whatIsWrongOrNotUnderstoodIsRefused(String expression, String why) {
        assertThatThrownBy(() -> PromQl.labelsOf(expression, catalog))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void everySelectorIsFound() {
        List<Selector> selectors =
                PromQl.selectorsIn("sum(rate(calls_total{verdict!=\"skipped\"}[5m])) / sum(depth)", catalog);

        assertThat(selectors)
                .containsExactly(
                        new Selector("calls_total", List.of(new Selector.Matcher("verdict", "!=", "skipped"))),
                        new Selector("depth", List.of()));
    }

    @Test
    void aLineThatIsNoSampleIsRefused() {
        assertThatThrownBy(() -> Sample.read("depth{side=primary} 1")).hasMessageContaining("not the labels");
        assertThatThrownBy(() -> Sample.read("Depth 1 2 3")).hasMessageContaining("not a line");
    }
}
