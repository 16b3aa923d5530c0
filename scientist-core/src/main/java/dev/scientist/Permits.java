package dev.scientist;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what is in flight against a limit that may change. Nobody ever waits for a permit.
 *
 * <p>Threads: any. Invariant: {@code inUse} is the number of successful acquisitions not yet released. Consequence:
 * it exceeds a limit only while a lowered limit takes effect.
 */
final class Permits {

    private final AtomicInteger inUse = new AtomicInteger();

    boolean tryAcquire(int limit) {
        int now = inUse.get();
        while (now < limit) {
            if (inUse.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inUse.get(); // lost to another caller or to a release
        }
        return false;
    }

    void release() {
        inUse.decrementAndGet();
    }

    int inUse() {
        return inUse.get();
    }
}
