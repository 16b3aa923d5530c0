package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("When and where a candidate is started")
class StartTest {

    @AutoClose
    private final Bench bench = new Bench();

    @ParameterizedTest
    @EnumSource(names = {"POLLED", "IMMEDIATE"})
    void theCandidateRunsBesideThePrimary(Start start) {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        String value = experiment.run(
                () -> {
                    door.awaitArrivals(1); // ends only when the candidate runs
                    return "a";
                },
                () -> {
                    door.pass();
                    return "a";
                });
        door.open();
        settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_PRIMARY", "SAME_THREAD"})
    void theCandidateRunsAfterThePrimary(Start start) {
        List<String> order = new CopyOnWriteArrayList<>();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        for (int i = 0; i < 50; i++) {
            experiment.run(
                    () -> {
                        order.add("primary starts");
                        Thread.onSpinWait();
                        order.add("primary ends");
                        return "a";
                    },
                    () -> {
                        order.add("candidate");
                        return "a";
                    });
            settle(experiment);
        }

        assertThat(order).hasSize(150);
        assertThat(order.subList(0, 3)).containsExactly("primary starts", "primary ends", "candidate");
        assertThat(order.subList(147, 150)).containsExactly("primary starts", "primary ends", "candidate");
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void theCandidateRunsOnADaemonOfTheScientist(Start start) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        experiment.run(() -> "a", () -> {
            thread.set(Thread.currentThread());
            return "a";
        });
        settle(experiment);

        assertThat(thread.get().getName()).startsWith("scientist-worker-");
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void inSameThreadModeTheVerdictIsThereWhenTheCallReturns() {
        Experiment<String> experiment = bench.experiment(options -> options.start(Start.SAME_THREAD));

        experiment.run(() -> "a", () -> "b");

        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L));
        assertThat(experiment.tally().inFlight()).isZero();
        assertThat(bench.seen.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void overheadIsMeasuredOnAShareOfTheCalls(Start start) {
        Experiment<String> experiment =
                bench.experiment(options -> options.start(start).sampleRate(0.5));

        for (int i = 0; i < 20_000; i++) {
            experiment.run(() -> "a", () -> "a");
        }
        settle(experiment);

        // One call in 64 is chosen at random: 312 with a standard error of 18; 140 is about ten standard errors below.
        assertThat(experiment.tally().measuredCalls()).isBetween(140L, 490L);
        assertThat(experiment.tally().overheadNanos()).isZero();
    }
}
