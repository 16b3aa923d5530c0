package dev.scientist.benchmarks.caller;

import dev.scientist.Implementation;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The least that decides and counts: what one would write by hand to do for a call that is not sampled what this
 * library does for it. A rate that may change, a random number, a counter, the primary.
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
