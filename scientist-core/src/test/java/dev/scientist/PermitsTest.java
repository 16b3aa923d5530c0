package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final Permits permits = new Permits();

    @Test
    void noMoreAreGivenThanTheLimitAllows() {
        boolean first = permits.tryAcquire(2);
        boolean second = permits.tryAcquire(2);
        boolean third = permits.tryAcquire(2);
        permits.release();
        boolean fourth = permits.tryAcquire(2);

        assertThat(first && second && fourth).isTrue();
        assertThat(third).isFalse();
        assertThat(permits.inUse()).isEqualTo(2);
    }

    @Test
    void aLoweredLimitHoldsForTheNext() {
        permits.tryAcquire(5);
        permits.tryAcquire(5);

        boolean acquired = permits.tryAcquire(1);

        assertThat(acquired).isFalse();
        assertThat(permits.inUse()).isEqualTo(2);
    }

    @Test
    void whatComesBackAfterItWasCorrectedLeavesNoLessThanNone() {
        permits.tryAcquire(5);
        permits.correct(-1);

        permits.release();

        assertThat(permits.inUse()).isZero();
        assertThat(permits.tryAcquire(1)).isTrue();
    }

    @Test
    void theLimitHoldsAgainstManyThreadsAndAllComesBack() {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Race.run(3_000, 3, (round, racer) -> {
            if (permits.tryAcquire(2)) {
                most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                holders.decrementAndGet();
                permits.release();
            }
        });

        assertThat(most.get()).isBetween(1, 2);
        assertThat(permits.inUse()).isZero();
    }
}
