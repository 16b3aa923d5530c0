package dev.scientist.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingPublisherTest {

    private final RecordingPublisher recording = new RecordingPublisher();

    private Scientist recorded() {
        Scientist.Builder builder = Scientist.builder().logging(false);
        recording.record(builder);
        return builder.build();
    }

    @Test
    void aRecordedScientistIsDeterministicWhateverItsExperimentsSay() {
        List<Thread> threads = new ArrayList<>();
        try (Scientist scientist = recorded()) {
            Experiment<Boolean> experiment = scientist.experiment(
                    "quote",
                    options -> options.start(Start.IMMEDIATE)
                            .sampleRate(0.01)
                            .sampleByKey()
                            .maxPerSecond(1));

            for (int i = 0; i < 5; i++) {
                experiment.run(() -> true, () -> threads.add(Thread.currentThread()));
            }

            assertThat(threads).hasSize(5).containsOnly(Thread.currentThread());
            assertThat(recording.trials()).hasSize(5);
        }
    }

    @Test
    void aRecordedConditionStillDecides() {
        try (Scientist scientist = recorded()) {
            Experiment<String> experiment =
                    scientist.experiment("quote", options -> options.runIf(attributes -> false));

            experiment.run(() -> "a", () -> "b");

            assertThat(experiment.tally().count(Verdict.SKIPPED)).isEqualTo(1);
            assertThat(recording.trials()).isEmpty();
        }
    }

    @Test
    void aRecorderThatTestsShareIsClearedByTaking() {
        try (Scientist scientist = recorded()) {
            Experiment<String> experiment = scientist.experiment(
                    "quote",
                    options -> options.beforeRun(attributes -> {
                        if (attributes.containsKey("unsafe")) {
                            throw new IllegalStateException("preparation");
                        }
                    }));

            experiment.run(() -> "a", () -> "b");
            experiment.call().attribute("unsafe", true).candidate(() -> "a").run(() -> "a");
            List<Trial<?>> taken = recording.takeTrials();

            assertThat(taken).hasSize(1);
            assertThat(recording.trials()).isEmpty();
            assertThatCode(recording::assertAllMatched).doesNotThrowAnyException();
        }
    }
}
