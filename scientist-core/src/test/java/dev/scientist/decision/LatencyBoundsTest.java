package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyBoundsTest {

    private static final double ALPHA = 0.01;

    @Test
    void theUpperBoundIsTheSmallestEdgeWithEvidenceForIt() {
        Histogram latencies = uniform(20_000);

        long upper = LatencyBounds.upper(LatencyHistograms.latency(latencies, 0), 0.95, ALPHA);

        assertThat(EProcess.lnBelow(20_000, slowerThan(latencies, upper), 0.05)).isGreaterThanOrEqualTo(Math.log(100));
        assertThat(EProcess.lnBelow(20_000, slowerThan(latencies, upper - 1), 0.05))
                .isLessThan(Math.log(100));
    }

    @Test
    void theLowerBoundIsTheLargestEdgeWithEvidenceForIt() {
        Histogram latencies = uniform(20_000);

        long lower = LatencyBounds.lower(LatencyHistograms.latency(latencies, 0), 0.95, ALPHA);

        assertThat(EProcess.lnAbove(20_000, slowerThan(latencies, lower), 0.05)).isGreaterThanOrEqualTo(Math.log(100));
        assertThat(EProcess.lnAbove(20_000, slowerThan(latencies, lower + 1), 0.05))
                .isLessThan(Math.log(100));
    }

    @Test
    void theBoundsEncloseTheQuantileMoreCloselyWithMoreCalls() {
        Histogram few = uniform(2_000);
        Histogram many = uniform(200_000);

        long narrow = width(many);
        long wide = width(few);

        assertThat(narrow).isPositive().isLessThan(wide / 3);
    }

    @Test
    void aCallThatNeverAnsweredIsSlowerThanEverything() {
        Histogram latencies = uniform(20_000);

        long with = LatencyBounds.upper(LatencyHistograms.latency(latencies, 400), 0.95, ALPHA);
        long tooMany = LatencyBounds.upper(LatencyHistograms.latency(latencies, 4_000), 0.95, ALPHA);
        long without = LatencyBounds.upper(LatencyHistograms.latency(latencies, 0), 0.95, ALPHA);

        assertThat(with).isGreaterThan(without);
        assertThat(tooMany).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutDataNothingIsBounded() {
        Histogram empty = new Histogram(3);

        long upper = LatencyBounds.upper(LatencyHistograms.latency(empty, 0), 0.5, ALPHA);
        long lower = LatencyBounds.lower(LatencyHistograms.latency(empty, 0), 0.5, ALPHA);

        assertThat(upper).isEqualTo(Long.MAX_VALUE);
        assertThat(lower).isZero();
    }

    @Test
    void histogramsOfTwoInstancesAddUpToThatOfOne() {
        Histogram one = uniform(5_000);
        Histogram other = uniform(7_000);
        Histogram sum = new Histogram(3);
        sum.add(one);
        sum.add(other);
        other.add(one);

        long merged = LatencyBounds.upper(LatencyHistograms.latency(sum, 3), 0.99, ALPHA);

        assertThat(merged).isEqualTo(LatencyBounds.upper(LatencyHistograms.latency(other, 3), 0.99, ALPHA));
    }

    @Test
    void wrongArgumentsAreNamed() {
        Histogram empty = new Histogram(3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyBounds.upper(LatencyHistograms.latency(empty, -1), 0.5, ALPHA))
                .withMessage("unanswered must be 0 or more but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyBounds.lower(LatencyHistograms.latency(empty, 0), 1, ALPHA))
                .withMessage("quantile must be between 0 and 1, exclusive, but was 1.0");
    }

    private static long width(Histogram latencies) {
        return LatencyBounds.upper(LatencyHistograms.latency(latencies, 0), 0.95, ALPHA)
                - LatencyBounds.lower(LatencyHistograms.latency(latencies, 0), 0.95, ALPHA);
    }

    private static long slowerThan(Histogram latencies, long edge) {
        return latencies.getTotalCount() - latencies.getCountBetweenValues(0, edge);
    }

    /** Latencies from 0 to 2 000, each in a bucket of its own. */
    private static Histogram uniform(int calls) {
        SplittableRandom random = new SplittableRandom(99);
        Histogram latencies = new Histogram(3);
        for (int i = 0; i < calls; i++) {
            latencies.recordValue(random.nextLong(2_000));
        }
        return latencies;
    }
}
