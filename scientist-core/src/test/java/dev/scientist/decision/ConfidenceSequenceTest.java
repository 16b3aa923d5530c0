package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceSequenceTest {

    private static final double ALPHA = 0.01;

    @ParameterizedTest
    @CsvSource({
        "1000, 0, 5.686259e-3, 0",
        "10000, 0, 5.699823e-4, 0",
        "10000, 5, 1.703076e-3, 5.922887e-5",
        "100000, 50, 8.046084e-4, 2.836090e-4",
        "100000, 100, 1.420615e-3, 6.714787e-4"
    })
    void theBoundsHaveTheirReferenceValues(long n, long k, double upper, double lower) {
        double actualUpper = ConfidenceSequence.upper(n, k, ALPHA);
        double actualLower = ConfidenceSequence.lower(n, k, ALPHA);

        assertThat(actualUpper).isCloseTo(upper, withinPercentage(1e-4));
        assertThat(actualLower).isCloseTo(lower, withinPercentage(1e-4));
    }

    @Test
    void withoutDataTheRateCanBeAnything() {
        double upper = ConfidenceSequence.upper(0, 0, ALPHA);
        double lower = ConfidenceSequence.lower(0, 0, ALPHA);

        assertThat(upper).isEqualTo(1);
        assertThat(lower).isEqualTo(0);
    }

    @Test
    void theBoundsAreOrderedAndInsideTheUnitInterval() {
        SplittableRandom random = new SplittableRandom(4);

        for (int i = 0; i < 500; i++) {
            long n = (long) Math.pow(10, random.nextDouble(0, 12));
            long k = random.nextBoolean() ? random.nextLong(0, n + 1) : Math.min(n, random.nextLong(0, 10));
            double alpha = random.nextDouble(1e-6, 0.5);
            double upper = ConfidenceSequence.upper(n, k, alpha);
            double lower = ConfidenceSequence.lower(n, k, alpha);

            assertThat(lower).isBetween(0.0, (double) k / n);
            assertThat(upper).isBetween((double) k / n, 1.0);
        }
    }

    @Test
    void aBoundBeyondTheThresholdAndTheEvidenceAgainstItAreTheSame() {
        SplittableRandom random = new SplittableRandom(5);

        for (int i = 0; i < 500; i++) {
            long n = random.nextLong(1, 1_000_000);
            long k = random.nextLong(0, 1 + n / 500);
            double p = random.nextDouble(1e-5, 0.01);
            boolean passes = EProcess.lnBelow(n, k, p) >= Math.log(1 / ALPHA) && (double) k / n < p;
            boolean fails = EProcess.lnAbove(n, k, p) >= Math.log(1 / ALPHA) && (double) k / n > p;

            assertThat(ConfidenceSequence.upper(n, k, ALPHA) <= p).isEqualTo(passes);
            assertThat(ConfidenceSequence.lower(n, k, ALPHA) >= p).isEqualTo(fails);
        }
    }

    @Test
    void aConfidenceThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfidenceSequence.upper(10, 1, 0))
                .withMessage("alpha must be between 0 and 1, exclusive, but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfidenceSequence.lower(10, 11, 0.1))
                .withMessage("k must be between 0 and n = 10 but was 11");
    }
}
