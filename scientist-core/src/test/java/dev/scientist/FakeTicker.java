package dev.scientist;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that stands still until it is moved. It starts below zero, as {@code nanoTime} may. */
final class FakeTicker implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(3).toNanos());

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
