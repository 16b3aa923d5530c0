package dev.scientist.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.ExperimentSettings.Halving;
import dev.scientist.Outcome;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import dev.scientist.decision.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetersPageTest {

    @Test
    void thePageListsEveryMeterOfTheEnumAndNoOther() throws IOException {
        List<String> expected =
                Arrays.stream(ScientistMeter.values()).map(MetersPageTest::row).toList();

        List<String> rows =
                page().lines().filter(line -> line.startsWith("| `scientist.")).toList();

        assertThat(rows).isEqualTo(expected);
    }

    @Test
    void thePageListsEveryTagValue() throws IOException {
        String page = page();

        Stream<String> values = Stream.of(
                        Arrays.stream(Verdict.values()).map(Verdict::tag),
                        Arrays.stream(Verdict.Reason.values()).map(Verdict.Reason::tag),
                        Arrays.stream(Outcome.Kind.values()).map(Outcome.Kind::tag),
                        Arrays.stream(Difference.Kind.values()).map(Difference.Kind::tag),
                        Arrays.stream(Difference.Severity.values()).map(Difference.Severity::tag),
                        Arrays.stream(Decision.Kind.values()).map(Decision.Kind::tag),
                        Arrays.stream(Halving.Cause.values()).map(Halving.Cause::tag),
                        Arrays.stream(Tally.Hook.values()).map(Tally.Hook::tag))
                .flatMap(tags -> tags);

        assertThat(values).allSatisfy(value -> assertThat(page).contains("`" + value + "`"));
    }

    private static String row(ScientistMeter meter) {
        String tags = meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        return "| `" + meter.meterName() + "` | " + meter.kind() + " | " + tags + " | " + meter.description() + " |";
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/metrics.md"));
    }
}
