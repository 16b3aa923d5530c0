package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference values, and what must hold for all values. */
class EProcessTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.001, 0, 0",
        "1000, 0, 0.001, 0.656858218, -1.149125431",
        "5698, 0, 0.001, 4.604546332, -1.844333060",
        "5699, 0, 0.001, 4.605458909, -1.844398179",
        "8780, 1, 0.001, 4.605648797, -1.960589100",
        "100000, 100, 0.001, -1.865298759, -1.882865400",
        "1000000, 500, 0.001, 150.402495268, -3.346422959",
        "568, 0, 0.01, 4.609932889, -1.842707511"
    })
    void evidenceOnARateHasItsReferenceValues(long n, long k, double p, double below, double above) {
        double lnBelow = EProcess.lnBelow(n, k, p);
        double lnAbove = EProcess.lnAbove(n, k, p);

        assertThat(lnBelow).isCloseTo(below, within(1e-9));
        assertThat(lnAbove).isCloseTo(above, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"5699, 0, 0, 4.605458909", "10000, 1, 1, 6.245903221"})
    void evidenceOfASmallExcessHasItsReferenceValues(long n, long worse, long better, double expected) {
        double ln = EProcess.lnPairedBelow(n, worse, better, 0.001);

        assertThat(ln).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"8, 4.581504946", "9, 5.220320187"})
    void evidenceOfAnExcessHasItsReferenceValues(long worse, double expected) {
        double ln = EProcess.lnPairedAbove(100, worse, 0, 0);

        assertThat(ln).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 5699", "1, 8780", "2, 11142", "5, 17035", "10, 25439", "100, 142071"})
    void aTenthOfAPercentIsCertifiedAfterThisManyComparisons(long k, long n) {
        double justEnough = EProcess.lnBelow(n, k, 0.001);
        double oneLess = EProcess.lnBelow(n - 1, k, 0.001);

        assertThat(justEnough).isGreaterThanOrEqualTo(Math.log(100));
        assertThat(oneLess).isLessThan(Math.log(100));
    }

    @Test
    void evidenceOfALowRateFallsWithEachBadOneAndRisesWithComparisonsAndThreshold() {
        SplittableRandom random = new SplittableRandom(17);

        for (int i = 0; i < 2_000; i++) {
            long n = random.nextLong(1, 10_000_000);
            long k = random.nextLong(0, n);
            double p = random.nextDouble(1e-6, 0.99);
            double ln = EProcess.lnBelow(n, k, p);

            assertThat(EProcess.lnBelow(n, k + 1, p)).isLessThan(ln);
            assertThat(EProcess.lnBelow(n + 1, k, p)).isGreaterThan(ln);
            assertThat(EProcess.lnBelow(n, k, p * 1.001)).isGreaterThan(ln);
        }
    }

    @Test
    void aTrillionComparisonsAreNoMoreThanNumbers() {
        long n = 1_000_000_000_000L;

        double below = EProcess.lnBelow(n, 999_000_000L, 0.001);
        double above = EProcess.lnAbove(n, 1_001_000_000L, 0.001);

        // 10^9 bad comparisons are expected, and there are 10^6 fewer or more. The logarithm is about n times the
        // relative entropy, which is 500, less the cost of spreading the stake over several bets.
        assertThat(below).isBetween(450.0, 501.0);
        assertThat(above).isBetween(450.0, 501.0);
    }

    @Test
    void wrongArgumentsAreNamedWithTheirValue() {
        assertThatIt(() -> EProcess.lnBelow(-1, 0, 0.1)).withMessageContaining("n must be 0 or more but was -1");
        assertThatIt(() -> EProcess.lnBelow(3, 4, 0.1)).withMessage("k must be between 0 and n = 3 but was 4");
        assertThatIt(() -> EProcess.lnAbove(3, -1, 0.1)).withMessage("k must be between 0 and n = 3 but was -1");
        assertThatIt(() -> EProcess.lnAbove(3, 1, Double.NaN))
                .withMessageContaining("p must be")
                .withMessageContaining("NaN");
        assertThatIt(() -> EProcess.lnBelow(3, 1, 1))
                .withMessageContaining("p must be")
                .withMessageContaining("1.0");
        assertThatIt(() -> EProcess.lnPairedBelow(3, 2, 2, 0.1))
                .withMessageContaining("better must be between 0 and n - worse = 1 but was 2");
        assertThatIt(() -> EProcess.lnPairedAbove(3, 4, 0, 0.1))
                .withMessageContaining("worse must be between 0 and n = 3 but was 4");
        assertThatIt(() -> EProcess.lnPairedAbove(3, 0, 0, -0.1))
                .withMessageContaining("d must be")
                .withMessageContaining("-0.1");
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<IllegalArgumentException> assertThatIt(
            ThrowingCallable call) {
        return assertThatIllegalArgumentException().isThrownBy(call);
    }
}
