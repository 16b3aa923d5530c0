package dev.scientist;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. The limit is generous: it ends a hang, it measures nothing. */
public final class Eventually {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private Eventually() {}

    /** Returns as soon as the condition holds; fails with the claim if it never does. */
    public static void eventually(String claim, BooleanSupplier holds) {
        long startedAt = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startedAt > LIMIT_NANOS) {
                throw new AssertionError("still not so after 30 s: " + claim);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
