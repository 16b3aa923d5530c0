package dev.scientist;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Lets several threads do something at the same moment, in many rounds. They wait for each other by spinning: a thread
 * that has to be woken is microseconds late, and races are decided within nanoseconds.
 */
final class Race {

    /** What one racer does in one round. */
    @FunctionalInterface
    interface Lap {
        void run(int round, int racer) throws Exception;
    }

    private static final int SPINS = 2_000;

    private final int racers;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Race(int racers) {
        this.racers = racers;
    }

    /**
     * Runs all rounds; a round starts when all racers have ended the previous one. Fails with the first exception that
     * a racer throws.
     */
    static void run(int rounds, int racers, Lap lap) {
        run(rounds, racers, (round, racer) -> {}, lap);
    }

    /** Runs all rounds as above. Before each round the first racer makes preparations, while the others wait. */
    static void run(int rounds, int racers, Lap preparation, Lap lap) {
        Race race = new Race(racers);
        List<Thread> threads = IntStream.range(0, racers)
                .mapToObj(racer -> new Thread(() -> race.compete(rounds, racer, preparation, lap), "racer-" + racer))
                .toList();
        threads.forEach(Thread::start);
        threads.forEach(Race::join);
        Throwable thrown = race.failure.get();
        if (thrown != null) {
            throw new AssertionError("a racer failed", thrown);
        }
    }

    private void compete(int rounds, int racer, Lap preparation, Lap lap) {
        try {
            for (int round = 0; round < rounds && failure.get() == null; round++) {
                meet(2 * round + 1); // all have ended the previous round
                if (racer == 0) {
                    preparation.run(round, racer);
                }
                meet(2 * round + 2);
                lap.run(round, racer);
            }
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    private void meet(int times) {
        arrived.incrementAndGet();
        int spins = 0;
        while (arrived.get() < times * racers && failure.get() == null) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1_000); // there are more racers than processors
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while racing", e);
        }
    }
}
