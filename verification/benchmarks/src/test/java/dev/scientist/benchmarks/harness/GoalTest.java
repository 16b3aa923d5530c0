package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GoalTest {

    @Test
    void theMedianDecides() {
        Goal met = Goal.atMost("G0", "claim", new Spread(1, 10, 99, 11), 10, "ns");
        Goal unmet = Goal.atMost("G0", "claim", new Spread(1, 10.1, 99, 11), 10, "ns");

        assertThat(met.met()).isTrue();
        assertThat(unmet.met()).isFalse();
    }

    @Test
    void anExactCountMustHoldInEveryRound() {
        Goal met = Goal.exactly("G0", "claim", new Spread(0.99, 1, 1.01, 11), 1, 0.02, "");
        Goal above = Goal.exactly("G0", "claim", new Spread(1, 1, 1.2, 11), 1, 0.02, "");
        Goal below = Goal.exactly("G0", "claim", new Spread(0.5, 1, 1, 11), 1, 0.02, "");

        assertThat(met.met()).isTrue();
        assertThat(above.met()).isFalse();
        assertThat(below.met()).isFalse();
    }

    @Test
    void aBrokenConditionUndoesAGoalAndSaysSo() {
        Goal goal = Goal.atMost("G0", "claim", Spread.once(1), 10, "ns").note("by the way");

        Goal undone = goal.butOnlyIf(false, "nothing was sampled");

        assertThat(undone.met()).isFalse();
        assertThat(undone.note()).isEqualTo("by the way; nothing was sampled");
    }

    @Test
    void whatIsNoFigureIsNoResult() {
        Spread divided = Spread.once(0.0 / 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Goal.atMost("G0", "claim", divided, 1, "times"))
                .withMessageContaining("claim");
    }

    @Test
    void whatCouldNotBeMeasuredIsNotMet() {
        Goal goal = Goal.unmeasured("G0", "its process ended with 1");

        assertThat(goal.met()).isFalse();
        assertThat(goal.isMeasured()).isFalse();
    }
}
