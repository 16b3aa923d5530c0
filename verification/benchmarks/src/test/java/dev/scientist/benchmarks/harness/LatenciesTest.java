package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void aPercentileIsALatencyThatWasSeen() {
        Latencies latencies = new Latencies(100);

        LongStream.rangeClosed(1, 100).map(i -> 101 - i).forEach(latencies::add);

        assertThat(latencies.percentile(0.5)).isEqualTo(50);
        assertThat(latencies.percentile(0.99)).isEqualTo(99);
        assertThat(latencies.percentile(1)).isEqualTo(100);
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        Latencies latencies = new Latencies(2);

        LongStream.of(1, 2, 3).forEach(latencies::add);

        assertThat(latencies.isFull()).isTrue();
        assertThat(latencies.size()).isEqualTo(2);
        assertThat(latencies.percentile(1)).isEqualTo(2);
    }

    @Test
    void latenciesOfSeveralThreadsArePutTogether() {
        Latencies one = new Latencies(2);
        Latencies all = new Latencies(4);
        one.add(1);

        all.add(3);
        all.addAll(one);

        assertThat(all.size()).isEqualTo(2);
        assertThat(all.percentile(0.5)).isEqualTo(1);
    }

    @Test
    void nothingHasNoPercentile() {
        Latencies latencies = new Latencies(1);

        assertThatIllegalStateException().isThrownBy(() -> latencies.percentile(0.5));
    }
}
