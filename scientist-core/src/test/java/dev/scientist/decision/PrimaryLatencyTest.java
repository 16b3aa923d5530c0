package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether the primary is slower in sampled calls. Seeded. */
class PrimaryLatencyTest {

    private static final LatencyPolicy NO_SLACK = LatencyPolicy.of(List.of(0.5, 0.99), 1, Duration.ZERO);
    private static final int RUNS = 100;
    private static final int LOOKS = 40;
    private static final int CALLS_A_LOOK = 50;

    /** The durations of calls in nanoseconds: log-normal around 2 ms, as is usual for services. */
    private static double nanos(SplittableRandom random) {
        return 2e6 * Math.exp(0.5 * random.nextGaussian());
    }

    /** The number of runs in which the primary was ever found slower, with a look after every 50 calls of each kind. */
    private static long found(PrimaryLatency prototype, DoubleUnaryOperator ofSampled) {
        return IntStream.range(0, RUNS)
                .filter(run -> isFound((PrimaryLatency) prototype.begin(), new SplittableRandom(run), ofSampled))
                .count();
    }

    private static boolean isFound(PrimaryLatency latency, SplittableRandom random, DoubleUnaryOperator ofSampled) {
        for (int look = 0; look < LOOKS; look++) {
            record(latency, random, ofSampled);
            if (latency.slower() != null) {
                return true;
            }
        }
        return false;
    }

    private static void record(PrimaryLatency latency, SplittableRandom random, DoubleUnaryOperator ofSampled) {
        for (int call = 0; call < CALLS_A_LOOK; call++) {
            latency.record(true, (long) ofSampled.applyAsDouble(nanos(random)));
            latency.record(false, (long) nanos(random));
        }
    }

    @Test
    void equalTimesAreFoundSlowerInAlphaOfTheRunsAtMostHoweverOftenOneLooks() {
        PrimaryLatency strict = new PrimaryLatency(NO_SLACK, 0.05);

        long found = found(strict, nanos -> nanos);

        assertThat(found).isLessThanOrEqualTo((long) (0.05 * RUNS));
    }

    /** The negative control: the result of a comparison of plain medians, without bounds. */
    @Test
    void withoutBoundsEqualTimesAreFoundSlowerInAlmostEveryRun() {
        long found = IntStream.range(0, RUNS)
                .filter(run -> isEverSlowerByMedians(new SplittableRandom(run)))
                .count();

        assertThat(found).isGreaterThan(RUNS / 2);
    }

    private static boolean isEverSlowerByMedians(SplittableRandom random) {
        org.HdrHistogram.Histogram sampled = new org.HdrHistogram.Histogram(3);
        org.HdrHistogram.Histogram others = new org.HdrHistogram.Histogram(3);
        for (int look = 0; look < LOOKS; look++) {
            for (int call = 0; call < CALLS_A_LOOK; call++) {
                sampled.recordValue((long) nanos(random));
                others.recordValue((long) nanos(random));
            }
            if (sampled.getValueAtPercentile(50) > others.getValueAtPercentile(50)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void equalTimesAreNotFoundSlowerByTheDefaults() {
        long found = found(new PrimaryLatency(), nanos -> nanos);

        assertThat(found).isZero();
    }

    @Test
    void whatIsWithinAQuarterIsNotFoundSlower() {
        long found = found(new PrimaryLatency(), nanos -> 1.25 * nanos);

        assertThat(found).isZero();
    }

    @Test
    void sampledCallsThatTakeTwiceAsLongAreFoundInEveryRun() {
        long found = found(new PrimaryLatency(), nanos -> 2 * nanos);

        assertThat(found).isEqualTo(RUNS);
    }

    @Test
    void ofVeryShortCallsATenthOfAMillisecondDoesNotMatter() {
        long found = found(new PrimaryLatency(), nanos -> nanos / 1_000 + 90_000);

        assertThat(found).isZero();
    }

    @Test
    void aQuickerSampledCallIsNoTrouble() {
        long found = found(new PrimaryLatency(), nanos -> nanos / 2);

        assertThat(found).isZero();
    }

    @Test
    void nothingIsFoundWithoutCallsToHoldThemAgainst() {
        PrimaryLatency latency = new PrimaryLatency();
        for (int i = 0; i < 10_000; i++) {
            latency.record(true, Duration.ofHours(2).toNanos());
        }

        String slower = latency.slower();

        assertThat(slower).isNull();
    }

    @Test
    void whatWasFoundIsSaidWithItsBounds() {
        PrimaryLatency latency = new PrimaryLatency();
        for (int i = 0; i < 500; i++) {
            latency.record(true, 4_000_000);
            latency.record(false, 2_000_000);
        }

        String slower = latency.slower();

        assertThat(slower)
                .isEqualTo("50 % of the primary's calls that are sampled take more than 4 ms, and of the others at"
                        + " most 2.01 ms, with 99 % confidence at any time");
    }
}
