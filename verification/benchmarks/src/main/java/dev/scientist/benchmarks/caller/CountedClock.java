package dev.scientist.benchmarks.caller;

import dev.scientist.Scientist;
import dev.scientist.Verdict;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Counts how often the engine reads its clock on the caller's thread. It sets the package-private clock of a builder by
 * reflection.
 */
final class CountedClock implements LongSupplier {

    private final Thread caller = Thread.currentThread();
    private long readings; // by the caller's thread only

    private CountedClock() {}

    /** The mean over a number of calls that were all sampled. */
    static double readingsOfASampledCall(Sides sides, int calls) throws ReflectiveOperationException {
        CountedClock clock = new CountedClock();
        Scientist.Builder builder = Scientist.builder();
        Method ticker = Scientist.Builder.class.getDeclaredMethod("ticker", LongSupplier.class);
        ticker.setAccessible(true);
        ticker.invoke(builder, clock);
        try (OurCall ours = OurCall.in(builder, options -> options.maxConcurrent(256), sides)) {
            long before = clock.readings;
            for (int i = 0; i < calls; i++) {
                ours.call();
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(40));
            }
            ours.settle();
            if (ours.tally().count(Verdict.SKIPPED) > 0) {
                throw new IllegalStateException("not every call was sampled: " + ours.tally());
            }
            return (double) (clock.readings - before) / calls;
        }
    }

    @Override
    public long getAsLong() {
        if (Thread.currentThread() == caller) {
            readings++;
        }
        return System.nanoTime();
    }
}
