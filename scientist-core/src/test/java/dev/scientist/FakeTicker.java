package dev.scientist;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that stands still until it is moved. It starts below zero, as {@code nanoTime} may. */
public final class FakeTicker implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(-Duration.ofSeconds(3).toNanos());

    /** Creates a clock that is independent of others. */
    public FakeTicker() {}

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /** Moves it on. */
    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
