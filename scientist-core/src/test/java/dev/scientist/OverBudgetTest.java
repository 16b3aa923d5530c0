package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Verdict.Reason;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-45")
class OverBudgetTest {

    @Test
    void aComparatorOverItsLimitLeavesTheCallUncomparedForThatReason() {
        try (Scientist scientist = Scientist.builder().logging(false).build()) {
            Experiment<String> experiment = scientist.experiment(
                    "quote",
                    options -> options.start(Start.SAME_THREAD).comparator((primary, candidate) -> {
                        throw new OverBudgetException("nested deeper than 250 levels");
                    }));

            String answer = experiment.run(() -> "a", () -> "b");

            assertThat(answer).isEqualTo("a");
            assertThat(experiment.tally().count(Verdict.UNCOMPARED)).isEqualTo(1);
            assertThat(experiment.tally().count("candidate", Verdict.UNCOMPARED, Reason.OVER_BUDGET))
                    .isEqualTo(1);
        }
    }

    @Test
    @Tag("promise-14")
    void aLimitThatIsSaidDifferentlyEachTimeIsWarnedOfAHundredTimesAtMost() {
        AtomicInteger size = new AtomicInteger();
        List<String> warnings;

        try (LogLines lines = new LogLines();
                Scientist scientist = Scientist.builder().logging(false).build()) {
            Experiment<String> experiment = scientist.experiment(
                    "quote",
                    options -> options.start(Start.SAME_THREAD).comparator((primary, candidate) -> {
                        throw new OverBudgetException("an answer of " + size.incrementAndGet() + " rows");
                    }));
            for (int i = 0; i < 300; i++) {
                experiment.run(() -> "a", () -> "b");
            }
            warnings = lines.warnings();
        }

        assertThat(size).hasValue(300);
        assertThat(warnings).hasSize(100);
    }
}
