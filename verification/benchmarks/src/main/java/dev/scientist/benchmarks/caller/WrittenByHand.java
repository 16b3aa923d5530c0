package dev.scientist.benchmarks.caller;

import dev.scientist.Implementation;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Does the least that decides and counts, as one would write it by hand: it reads a rate that may change, draws a
 * random number, counts, and calls the primary. This library does the same for a call that is not sampled.
 */
final class WrittenByHand {

    private final LongAdder skipped = new LongAdder();
    private final LongAdder started = new LongAdder();
    private volatile double rate;

    WrittenByHand(double rate) {
        this.rate = rate;
    }

    <X extends Throwable> @Nullable Answer run(Implementation<Answer, X> primary, Implementation<Answer, ?> candidate)
            throws X {
        if (ThreadLocalRandom.current().nextDouble() >= rate) {
            skipped.increment();
            return primary.call();
        }
        return both(primary, candidate);
    }

    void rate(double now) {
        rate = now;
    }

    private <X extends Throwable> @Nullable Answer both(
            Implementation<Answer, X> primary, Implementation<Answer, ?> candidate) throws X {
        started.increment();
        new Thread(() -> call(candidate)).start();
        return primary.call();
    }

    private static void call(Implementation<Answer, ?> candidate) {
        try {
            candidate.call();
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }
}
