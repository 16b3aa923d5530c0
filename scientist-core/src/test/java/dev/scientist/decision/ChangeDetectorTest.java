package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeDetectorTest {

    @Test
    void theStateHasItsReferenceValues() {
        ChangeDetector detector = ChangeDetector.above(0.005);
        List<Double> sums = new ArrayList<>();
        for (long bad : new long[] {0, 0, 1, 3}) {
            detector = detector.next(100, bad);
            sums.add(detector.lnSum());
        }

        assertThat(sums.get(0)).isCloseTo(-0.891300932, within(1e-9));
        assertThat(sums.get(1)).isCloseTo(-0.318349298, within(1e-9));
        assertThat(sums.get(2)).isCloseTo(0.391850924, within(1e-9));
        assertThat(sums.get(3)).isCloseTo(2.501026598, within(1e-9));
    }

    @Test
    void aGoodPastDoesNotHideABreak() {
        ChangeDetector detector = ChangeDetector.above(0.005);
        for (int bucket = 0; bucket < 100_000; bucket++) {
            detector = detector.next(100, 0);
        }
        int buckets = 0;
        while (!detector.isAlarm(777_600)) {
            detector = detector.next(100, 20);
            buckets++;
        }

        assertThat(buckets).isLessThanOrEqualTo(2);
    }

    @Test
    void anOutageThatHitsBothSidesIsNoAlarm() {
        ChangeDetector paired = ChangeDetector.pairedAbove(0.005);
        for (int bucket = 0; bucket < 1_000; bucket++) {
            paired = paired.next(100, 30, 30);
        }
        boolean both = paired.isAlarm(777_600);
        for (int bucket = 0; bucket < 5; bucket++) {
            paired = paired.next(100, 30, 2);
        }

        assertThat(both).isFalse();
        assertThat(paired.isAlarm(777_600)).isTrue();
    }

    @Test
    void aBucketWithoutCallsLeavesTheEvidenceOnlyOneStepOlder() {
        ChangeDetector empty = ChangeDetector.above(0.01).next(0, 0);

        double sum = empty.lnSum();

        assertThat(sum).isCloseTo(0, within(1e-12)); // (0 + 1) x 1
    }

    @Test
    void theNextStateLeavesThisOneAsItIs() {
        ChangeDetector before = ChangeDetector.above(0.01).next(10, 1);

        ChangeDetector after = before.next(10, 5);

        assertThat(before).isEqualTo(ChangeDetector.above(0.01).next(10, 1)).isNotEqualTo(after);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangeDetector.above(0))
                .withMessageContaining("p must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangeDetector.above(0.1).next(3, 4))
                .withMessage("k must be between 0 and n = 3 but was 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangeDetector.above(0.1).isAlarm(0.5))
                .withMessage("a must be at least 1 but was 0.5");
        assertThatIllegalStateException()
                .isThrownBy(() -> ChangeDetector.above(0.1).next(3, 1, 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> ChangeDetector.pairedAbove(0.1).next(3, 1));
    }
}
