package dev.scientist.benchmarks.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountingRegistryTest {

    private final CountingRegistry registry = new CountingRegistry();

    @Test
    void aMeterThatIsKeptIsNoLookup() {
        Timer timer = registry.timer("duration", "side", "primary");
        registry.startCounting();

        timer.record(Duration.ofMillis(1));

        assertThat(registry.lookups()).isZero();
        assertThat(registry.recorded()).isOne();
    }

    @Test
    void aMeterThatIsAskedForByNameIsALookup() {
        registry.timer("duration", "side", "primary").record(Duration.ofMillis(1));
        registry.startCounting();

        registry.timer("duration", "side", "primary").record(Duration.ofMillis(1));

        assertThat(registry.lookups()).isPositive();
    }

    @Test
    void aMeterThatIsBuiltAgainIsALookup() {
        Timer.builder("duration").register(registry);
        registry.startCounting();

        Timer.builder("duration").register(registry).record(Duration.ofMillis(1));

        assertThat(registry.lookups()).isPositive();
    }

    @Test
    void aSearchIsALookup() {
        registry.timer("duration");
        registry.startCounting();

        registry.find("duration").timer();

        assertThat(registry.lookups()).isPositive();
    }
}
