package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MismatchBoundsTest {

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
}
