package dev.scientist.samples.shop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTest {

    @ParameterizedTest
    @CsvSource({
        "100, 30, 100, 10, true",
        "100, 29, 100, 10, false", // not three times
        "100, 11, 100, 1, true",
        "100, 10, 100, 1, false", // not ten milliseconds more
        "29, 99, 100, 1, false", // too few to tell
        "100, 99, 29, 1, false",
        "100, 1, 100, 99, false" // faster
    })
    void clearlySlowerIsThreeTimesAndTenMillisecondsMoreOverThirtyRuns(
            long count, long millis, long primaryCount, long primaryMillis, boolean expected) {
        Latency candidate = new Latency(count, Duration.ofMillis(millis), Duration.ofSeconds(1));
        Latency primary = new Latency(primaryCount, Duration.ofMillis(primaryMillis), Duration.ofSeconds(1));

        assertThat(candidate.isClearlySlowerThan(primary)).isEqualTo(expected);
    }
}
