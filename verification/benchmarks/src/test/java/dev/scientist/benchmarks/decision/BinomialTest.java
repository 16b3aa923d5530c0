package dev.scientist.benchmarks.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {

    @ParameterizedTest
    @CsvSource({"0, 10, 0.5, 1", "10, 10, 0.5, 0.0009765625", "5, 10, 0.5, 0.623046875", "1, 1000, 0.001, 0.632304575"})
    void theUpperTailIsThatOfTables(long k, long n, double p, double expected) {
        assertThat(Binomial.chanceOfAtLeast(k, n, p)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void bothTailsSumToOneAndTheOneTheyShare() {
        for (long k = 0; k <= 100; k++) {
            double both = Binomial.chanceOfAtLeast(k, 100, 0.3) + Binomial.chanceOfAtMost(k, 100, 0.3);
            double shared =
                    Binomial.chanceOfAtLeast(k, 100, 0.3) - (k == 100 ? 0 : Binomial.chanceOfAtLeast(k + 1, 100, 0.3));

            assertThat(both - shared).isCloseTo(1, within(1e-9));
        }
    }
}
