package dev.scientist;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets programs that tests start wait with a limit, and report what they waited for in vain. */
final class Waiting {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private Waiting() {}

    static Thread start(Runnable body) {
        Thread thread = new Thread(body, "waited for");
        thread.start();
        return thread;
    }

    static void join(Thread thread, String what, List<String> wrong) throws InterruptedException {
        thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        if (thread.isAlive()) {
            wrong.add("not so: " + what);
            for (StackTraceElement frame : thread.getStackTrace()) {
                System.out.println("    at " + frame);
            }
        }
    }

    static void until(String what, BooleanSupplier holds, List<String> wrong) {
        long startedAt = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startedAt > PATIENCE_NANOS) {
                wrong.add("not so: " + what);
                return;
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
