package dev.scientist.benchmarks.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

class FlightRecordTest {

    @Test
    void aThrowableIsSeenThoughNobodyThrowsIt() throws Exception {
        Thread caller = new Thread(IllegalStateException::new, Callers.THREAD);

        try (FlightRecord record = FlightRecord.ofThrowables()) {
            caller.start();
            caller.join();
            Map<String, Long> seen = record.throwables();

            assertThat(seen).containsEntry(IllegalStateException.class.getName(), 1L);
        }
    }

    @Test
    void aThreadThatIsWokenIsSeen() throws Exception {
        ThreadPoolExecutor pool = Pools.cached();
        wake(pool);

        try (FlightRecord record = FlightRecord.ofParks()) {
            wake(pool); // from a park that began before the recording, and is not in it
            wake(pool);
            wake(pool);
            long wakeUps = record.wakeUps();
            pool.shutdownNow();

            assertThat(wakeUps).isEqualTo(2);
        }
    }

    private static void wake(ThreadPoolExecutor pool) throws Exception {
        pool.submit(() -> {}).get();
        waitUntilParked();
    }

    private static void waitUntilParked() {
        while (Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(Pools.THREAD))
                .anyMatch(thread -> thread.getState() != Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
    }
}
