package dev.scientist.samples.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Outcome;
import dev.scientist.Verdict;
import dev.scientist.metrics.ScientistMeter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final Catalog CATALOG = Catalog.ofEveryVerdict();

    @Test
    void theScrapeHasEveryValueThatALabelCanHaveAndNoOther() {
        Set<String> labels = CATALOG.values().keySet();

        assertThat(labels)
                .hasSize(8)
                .allSatisfy(label -> assertThat(CATALOG.scraped(label))
                        .isEqualTo(CATALOG.values().get(label)));
    }

    @Test
    void theScrapeHasAtLeastOneCallOfEveryVerdict() {
        Stream<Selector> verdicts = Arrays.stream(Verdict.values())
                .map(verdict -> selector("scientist_trials_total", "verdict", verdict.tag()));

        assertThat(verdicts)
                .allSatisfy(verdict -> assertThat(CATALOG.sum(verdict)).isPositive());
    }

    @Test
    void theScrapeHasAtLeastOneCandidateOfEveryOutcome() {
        Stream<Selector> outcomes = Arrays.stream(Outcome.Kind.values())
                .map(outcome -> selector("scientist_duration_seconds_count", "outcome", outcome.tag()));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(CATALOG.sum(outcome)).isPositive());
    }

    @Test
    void theScrapeHasEveryLabelOfEveryMeterAndNoOther() {
        Set<String> expected = Arrays.stream(ScientistMeter.values())
                .flatMap(meter -> meter.tags().stream())
                .collect(Collectors.toSet());
        expected.addAll(List.of("le", "job", "instance"));

        Set<String> labels = CATALOG.labels();

        assertThat(labels).isEqualTo(expected);
    }

    @Test
    void whatIsNotEmittedIsRefused() {
        assertRefused(new Selector("scientist_trials", List.of()), "is not emitted");
        assertRefused(selector("scientist_trials_total", "side", "primary"), "has no label side");
        assertRefused(selector("scientist_trials_total", "verdict", "differs"), "verdict is never \"differs\"");
        assertRefused(
                new Selector("scientist_trials_total", List.of(new Selector.Matcher("verdict", "=~", "matched|equal"))),
                "verdict is never \"equal\"");
        assertRefused(selector("scientist_trials_total", "experiment", "pricing.quote"), "are the user's own");
        assertRefused(
                new Selector(
                        "scientist_trials_total",
                        List.of(
                                new Selector.Matcher("verdict", "=", "matched"),
                                new Selector.Matcher("reason", "=", "saturated"))),
                "no series ever matches");
        assertRefused(
                new Selector("scientist_trials_total", List.of(new Selector.Matcher("experiment", "=", "$experiment"))),
                "a variable can have several values");
    }

    private void assertRefused(Selector selector, String why) {
        assertThatThrownBy(() -> CATALOG.labelsOf(selector))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static Selector selector(String metric, String label, String value) {
        return new Selector(metric, List.of(new Selector.Matcher(label, "=", value)));
    }
}
