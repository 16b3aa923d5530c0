package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MismatchBoundsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, .001, 0, 0",
        "1000, 0, .001, 0.656858218, -1.149125431",
        "5698, 0, .001, 4.604546332, -1.844333060",
        "5699, 0, .001, 4.605458909, -1.844398179",
        "8780, 1, .001, 4.605648797, -1.960589100",
        "100000, 100, .001, -1.865298759, -1.882865400",
        "1000000, 500, .001, 150.402495268, -3.346422959",
        "568, 0, .01, 4.609932889, -1.842707511",
    })
    void theEvidenceHasItsReferenceValues(long compared, long bad, double rate, double below, double above) {
        assertThat(MismatchBounds.logBelow(compared, bad, rate)).isCloseTo(below, within(1e-9));
        assertThat(MismatchBounds.logAbove(compared, bad, rate)).isCloseTo(above, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0, 5.686259e-3, 0",
        "10000, 0, 5.699823e-4, 0",
        "10000, 5, 1.703076e-3, 5.922887e-5",
        "100000, 50, 8.046084e-4, 2.836090e-4",
        "100000, 100, 1.420615e-3, 6.714787e-4",
    })
    void theBoundsHaveTheirReferenceValues(long compared, long bad, double upper, double lower) {
        MismatchBounds bounds = MismatchBounds.of(compared, bad, 0.01);

        assertThat(bounds.upper()).isCloseTo(upper, within(upper * 1e-6));
        assertThat(bounds.lower()).isCloseTo(lower, within(lower * 1e-6 + 1e-15));
    }

    @Test
    void withoutCallsAnyRateIsPossible() {
        assertThat(MismatchBounds.of(0, 0, 0.01)).isEqualTo(new MismatchBounds(0, 1));
    }

    @Test
    void whenAllCallsAreBadTheRateMayBeOne() {
        MismatchBounds bounds = MismatchBounds.of(100, 100, 0.01);

        assertThat(bounds.upper()).isEqualTo(1);
        assertThat(bounds.lower()).isBetween(0.9, 1.0);
    }

    @Test
    void moreCallsAtTheSameRateBringTheBoundsCloser() {
        MismatchBounds few = MismatchBounds.of(100, 30, 0.01);
        MismatchBounds many = MismatchBounds.of(10_000, 3_000, 0.01);

        assertThat(many.lower()).isBetween(few.lower(), 0.3);
        assertThat(many.upper()).isBetween(0.3, few.upper());
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MismatchBounds.of(1, 2, 0.01))
                .withMessage("bad must be between 0 and 1 but was 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MismatchBounds.of(1, 1, 0))
                .withMessage("alpha must be between 0 and 1 but was 0.0");
    }
}
