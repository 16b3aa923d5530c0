package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, -1_000, Long.MAX_VALUE, Long.MIN_VALUE})
    void itIsLateFromItsDeadlineOnAlsoWhereTheClockOverflows(long deadline) {
        Watch watch = Watch.ofThread(deadline, isCancelled -> {});

        List<Boolean> late = List.of(
                watch.isLate(deadline - 1_000),
                watch.isLate(deadline - 1),
                watch.isLate(deadline),
                watch.isLate(deadline + 1),
                watch.isLate(deadline + 1_000));

        assertThat(late).containsExactly(false, false, true, true, true);
    }

    @Test
    void theOwnerIsToldBeforeTheThreadIsInterrupted() {
        List<String> events = new ArrayList<>();
        Watch watch = Watch.ofThread(0, isCancelled -> events.add("late " + isCancelled));

        watch.expire(false);
        events.add("interrupted " + Thread.interrupted() + ", on its thread " + watch.isOnThread());
        watch.run();
        events.add("interrupted " + Thread.interrupted());
        watch.leaveThread();

        assertThat(events).containsExactly("late false", "interrupted false, on its thread true", "interrupted true");
    }

    @Test
    void whoHasLeftItsThreadIsToldButNotInterrupted() {
        List<String> events = new ArrayList<>();
        Watch watch = Watch.ofThread(0, isCancelled -> events.add("late " + isCancelled));

        watch.leaveThread();
        watch.expire(true);
        watch.run();
        events.add("interrupted " + Thread.interrupted() + ", on its thread " + watch.isOnThread());

        assertThat(events).containsExactly("late true", "interrupted false, on its thread false");
    }

    @Test
    void whatHasNoThreadIsToldButInterruptsNobody() {
        List<String> events = new ArrayList<>();
        Watch watch = Watch.ofNoThread(0, isCancelled -> events.add("late " + isCancelled));

        watch.expire(false);
        watch.run();
        watch.discard();
        events.add("interrupted " + Thread.interrupted() + ", on its thread " + watch.isOnThread());

        assertThat(events).containsExactly("late false", "interrupted false, on its thread false");
    }

    @Test
    void whatTheWorkLeftSetIsCleared() {
        Watch watch = Watch.ofThread(0, isCancelled -> {});

        Thread.currentThread().interrupt();
        watch.leaveThread();

        assertThat(Thread.interrupted()).isFalse();
    }

    /** The race that the state machine is for: the work leaves its thread in the moment in which it is found late. */
    @Test
    void anInterruptNeverHitsTheNextWorkOnTheSameThread() {
        int rounds = 20_000;
        AtomicReference<Watch> current = new AtomicReference<>();
        AtomicInteger told = new AtomicInteger();
        AtomicInteger hits = new AtomicInteger();

        Race.run(
                rounds,
                2,
                (round, worker) -> {
                    hits.addAndGet(Thread.interrupted() ? 1 : 0); // both have ended the round before
                    current.set(Watch.ofThread(0, isCancelled -> told.incrementAndGet()));
                },
                (round, racer) -> {
                    spin(racer == 0 ? round % 50 : round / 50 % 50);
                    if (racer == 0) {
                        current.get().leaveThread();
                        spin(20); // the next work
                        hits.addAndGet(Thread.interrupted() ? 1 : 0);
                    } else {
                        current.get().run();
                        current.get().expire(false);
                    }
                });

        assertThat(told).hasValue(rounds);
        assertThat(hits).hasValue(0);
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
