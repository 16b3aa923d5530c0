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
 * <p>A meter that is built or looked up passes the filters, once they have changed, the first time it is asked for. So
 * a filter that comes in when all meters have been made sees the first question for each of them, however it is put.
 */
final class CountingRegistry extends SimpleMeterRegistry {

    private final LongAdder lookups = new LongAdder();

    /** From now on questions count. */
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

    /** How many durations were recorded, all timers together. */
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
