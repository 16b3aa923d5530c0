package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForkTest {

    @Test
    void aPartRunsInAProcessOfItsOwn() throws Exception {
        List<Goal> goals = Fork.measure(new OwnProcess(), new Effort(true, 1));

        assertThat(goals).hasSize(1);
        assertThat(goals.get(0).measured())
                .isNotEqualTo((double) ProcessHandle.current().pid());
        assertThat(goals.get(0).isMeasured()).isTrue();
    }

    @Test
    void aPartThatFailsIsAnUnmetGoal() throws Exception {
        List<Goal> goals = Fork.measure(new Failing(), new Effort(true, 1));

        assertThat(goals).containsExactly(Goal.unmeasured("failing", "its process ended with 1"));
    }

    /** Tells in which process it ran. */
    public static final class OwnProcess implements Part {
        public OwnProcess() {}

        @Override
        public String id() {
            return "own";
        }

        @Override
        public String title() {
            return "own process";
        }

        @Override
        public List<Goal> measure(Effort effort) {
            return List.of(Goal.atMost(
                    "own", "process", Spread.count(ProcessHandle.current().pid()), 1, ""));
        }
    }

    /** Ends its process. */
    public static final class Failing implements Part {
        public Failing() {}

        @Override
        public String id() {
            return "failing";
        }

        @Override
        public String title() {
            return "fails";
        }

        @Override
        public List<Goal> measure(Effort effort) {
            System.exit(1);
            return List.of();
        }
    }
}
