package dev.scientist.benchmarks.caller;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A registry that counts how often it is asked for a meter.
 *
 * <p>After a change of the filters, each meter passes them again when it is next built or looked up. So a filter that
 * is added when all meters exist sees the first request for each of them, in whatever way it is made.
 */
final class CountingRegistry extends SimpleMeterRegistry {

    private final LongAdder lookups = new LongAdder();

    /** Begins to count. */
    void startCounting() {
        config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                lookups.increment();
                return id;
            }
        });
        lookups.reset();
    }

    long lookups() {
        return lookups.sum();
    }

    /** The number of durations that all timers together recorded. */
    long recorded() {
        return super.getMeters().stream()
                .filter(Timer.class::isInstance)
                .mapToLong(meter -> ((Timer) meter).count())
                .sum();
    }

    @Override
    public List<Meter> getMeters() {
        lookups.increment();
        return super.getMeters();
    }

    @Override
    public void forEachMeter(Consumer<? super Meter> consumer) {
        lookups.increment();
        super.forEachMeter(consumer);
    }
}
