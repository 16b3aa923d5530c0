package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("A call is skipped before it is described, where that is clear already")
class SkippingTest {

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    @Tag("promise-3")
    void aCallThatIsNotSampledIsCountedAtOnce() {
        Experiment<String> experiment = bench.experiment(options -> options.sampleRate(0));

        Experiment.Call<String> call = experiment.callUnlessSkipped();

        assertThat(call).isNull();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", 1L));
    }

    @Test
    @Tag("promise-3")
    void aCallThatIsNotSampledIsCountedForEveryCandidate() {
        Experiment<String> experiment =
                bench.experiment(options -> options.candidates("one", "other").sampleRate(0));

        experiment.callUnlessSkipped();

        assertThat(experiment.tally().calls("one")).isEqualTo(1);
        assertThat(experiment.tally().calls("other")).isEqualTo(1);
        assertThat(experiment.tally().count(Verdict.SKIPPED)).isEqualTo(2);
    }

    @Test
    @Tag("promise-7")
    void theKillSwitchSkipsToo() {
        Experiment<String> experiment = bench.experiment(options -> {});
        bench.scientist().disable();

        Experiment.Call<String> call = experiment.callUnlessSkipped();

        assertThat(call).isNull();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/disabled", 1L));
    }

    @Test
    void aCallThatMayRunIsCountedWhenItHasRun() {
        Experiment<String> experiment = bench.experiment(options -> {});
        Experiment.Call<String> call = experiment.callUnlessSkipped();
        long before = experiment.tally().calls("candidate");

        String answer = call == null ? "skipped" : call.candidate(() -> "a").run(() -> "a");
        settle(experiment);

        assertThat(before).isZero();
        assertThat(answer).isEqualTo("a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    void aCallThatNeedsItsKeyIsDescribedFirst() {
        Experiment<String> experiment =
                bench.experiment(options -> options.sampleByKey().sampleRate(0));

        Experiment.Call<String> call = experiment.callUnlessSkipped();

        assertThat(call).isNotNull();
        assertThat(experiment.tally().calls("candidate")).isZero();
    }

    @Test
    @Tag("case-18")
    void theChoiceIsMadeOnceForEachCall() {
        int calls = 200_000;
        AtomicInteger passed = new AtomicInteger();
        Experiment<String> experiment = bench.experiment(
                options -> options.sampleRate(0.5).sampler((key, attributes) -> passed.incrementAndGet() < 0));

        for (int i = 0; i < calls; i++) {
            Experiment.Call<String> call = experiment.callUnlessSkipped();
            if (call != null) {
                call.candidate(() -> "a").run(() -> "a");
            }
        }

        double deviation = Math.sqrt(calls * 0.5 * 0.5);
        assertThat((double) passed.get()).isCloseTo(calls * 0.5, within(6 * deviation));
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/not_sampled", (long) calls));
    }
}
