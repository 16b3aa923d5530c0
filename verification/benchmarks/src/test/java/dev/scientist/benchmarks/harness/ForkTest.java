package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForkTest {

    @Test
    void aPartRunsInAProcessOfItsOwn() throws Exception {
        Suite suite = new OwnAndFailing();

        List<Goal> goals = Fork.measure(suite, 0, new Effort(true, 1));

        assertThat(goals).hasSize(1);
        assertThat(goals.get(0).measured())
                .isNotEqualTo((double) ProcessHandle.current().pid());
        assertThat(goals.get(0).isMeasured()).isTrue();
    }

    @Test
    void aPartThatFailsIsAnUnmetGoal() throws Exception {
        Suite suite = new OwnAndFailing();

        List<Goal> goals = Fork.measure(suite, 1, new Effort(true, 1));

        assertThat(goals).containsExactly(Goal.unmeasured("failing", "its process ended with 1"));
    }

    /** Has a part that tells in which process it ran, and a part that ends its process. */
    public static final class OwnAndFailing implements Suite {
        public OwnAndFailing() {}

        @Override
        public String name() {
            return "own and failing";
        }

        @Override
        public List<Part> parts() {
            return List.of(
                    Part.of("own", "own process", OwnAndFailing::own),
                    Part.of("failing", "fails", OwnAndFailing::fail));
        }

        private static List<Goal> own(Effort effort) {
            return List.of(Goal.atMost(
                    "own", "process", Spread.count(ProcessHandle.current().pid()), 1, ""));
        }

        private static List<Goal> fail(Effort effort) {
            System.exit(1);
            return List.of();
        }
    }
}
