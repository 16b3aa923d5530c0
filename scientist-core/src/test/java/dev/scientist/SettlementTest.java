package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static final Outcome<String> RETURNED = new Outcome.Returned<>("a", Duration.ZERO);
    private static final Outcome<String> LATE = new Outcome.TimedOut<>(Duration.ZERO);

    @Test
    void theFirstOutcomeStands() {
        Settlement<String> settlement = new Settlement<>();

        boolean first = settlement.settle(LATE);
        boolean second = settlement.settle(RETURNED);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(settlement.outcome()).isSameAs(LATE);
    }

    @Test
    void nothingIsKnownBeforeTheFirst() {
        Settlement<String> settlement = new Settlement<>();

        assertThat(settlement.outcome()).isNull();
    }

    @Test
    void ofTwoThreadsAtOnceExactlyOneWinsAndItsOutcomeStands() {
        int rounds = 10_000;
        List<Settlement<Integer>> settlements = IntStream.range(0, rounds)
                .mapToObj(i -> new Settlement<Integer>())
                .toList();
        AtomicInteger wins = new AtomicInteger();
        AtomicInteger liars = new AtomicInteger();

        Race.run(rounds, 2, (round, racer) -> {
            Settlement<Integer> settlement = settlements.get(round);
            Outcome<Integer> own = new Outcome.Returned<>(racer, Duration.ZERO);
            boolean won = settlement.settle(own);
            wins.addAndGet(won ? 1 : 0);
            liars.addAndGet(won == (settlement.outcome() == own) ? 0 : 1);
        });

        assertThat(wins).hasValue(rounds);
        assertThat(liars).hasValue(0);
    }
}
