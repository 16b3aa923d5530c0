package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void quantilesLieBetweenTheNearestRanks() {
        Spread spread = Spread.of(5, 1, 4, 2, 3);

        assertThat(spread.p10()).isCloseTo(1.4, within(1e-9));
        assertThat(spread.median()).isEqualTo(3);
        assertThat(spread.p90()).isCloseTo(4.6, within(1e-9));
        assertThat(spread.rounds()).isEqualTo(5);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        Spread spread = Spread.of(10, 20);

        assertThat(spread.median()).isEqualTo(15);
    }

    @Test
    void oneFigureIsItsOwnSpread() {
        Spread spread = Spread.of(7);

        assertThat(spread).isEqualTo(Spread.once(7));
    }
}
