package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Coarse on purpose: whole bytes per call, the least of several rounds. Fine figures come from the benchmarks. */
@DisplayName("What a call allocates on its caller's thread")
class AllocationTest {

    private static final int CALLS = 20_000;
    private static final int BURSTS = 1_000; // so many that the measured code has been compiled
    private static final int BURST = 32;
    // Used by reflection: the tests are compiled as part of the module of the core, which does not require
    // jdk.management.
    private static final Object THREADS = ManagementFactory.getThreadMXBean();
    private static final Method ALLOCATED = allocated();

    @AutoClose
    private final Bench bench = new Bench();

    private static Method allocated() {
        try {
            return Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java does not tell what a thread allocates", e);
        }
    }

    private static long allocatedBytes() {
        try {
            return (long) ALLOCATED.invoke(THREADS);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java does not tell what a thread allocates", e);
        }
    }

    private static long bytesPerCall(Runnable call) {
        for (int i = 0; i < 3 * CALLS; i++) {
            call.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = allocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, allocatedBytes() - before);
        }
        return least / CALLS;
    }

    private static final Implementation<String, RuntimeException> SIDE = () -> "a";

    @Test
    void aDisabledCallAllocatesNothing() {
        Experiment<String> experiment = bench.experiment(options -> options.enabled(false));

        long bytes = bytesPerCall(() -> experiment.run(SIDE, SIDE));

        assertThat(bytes).isZero();
        assertThat(verdicts(experiment).keySet()).isEqualTo(Set.of("skipped/disabled"));
    }

    @Test
    void aCallThatIsNotSampledAllocatesNothing() {
        Experiment<String> experiment = bench.experiment(options -> options.sampleRate(0));

        long bytes = bytesPerCall(() -> experiment.run(SIDE, SIDE));

        assertThat(bytes).isZero();
        assertThat(verdicts(experiment).keySet()).isEqualTo(Set.of("skipped/not_sampled"));
    }

    @Test
    void aCallThatIsTimedToHoldSampledOnesAgainstItAllocatesNothing() {
        Experiment<String> experiment = bench.experiment(
                options -> options.sampling(ExperimentOptions.Sampling.ADAPTIVE).sampleRate(0.5));
        AdaptiveSampling adaptive = ((TrialRunner<String>) experiment).adaptive();
        ExperimentSettings settings = experiment.settings();

        long bytes = bytesPerCall(() -> {
            adaptive.started(); // no trial is started, so that only this is measured
            if (adaptive.isControl(settings, -1)) {
                adaptive.took(false, settings, 1_000);
            }
        });

        assertThat(bytes).isZero();
        assertThat(adaptive.mayBeControl(settings, -1)).isFalse(); // all admitted controls have been taken
    }

    @Test
    void lookingAtArgumentsThatShareNothingAllocatesNothing() {
        ArgumentCopiers copiers = new ArgumentCopiers(Map.of());
        Object[] arguments = {"a", 1, Instant.EPOCH, Verdict.MATCHED, new long[1], Optional.class};

        long bytes = bytesPerCall(() -> copiers.uncopied(arguments));

        assertThat(bytes).isZero();
    }

    @Test
    void withholdingAnArgumentAgainAndAgainAllocatesNothing() {
        Hooks hooks = new Hooks("experiment", new Tally(List.of("candidate"), List.of(), new Permits()));
        ArgumentCopiers copiers = new ArgumentCopiers(Map.of());
        Object argument = List.of(1).iterator();

        long bytes = bytesPerCall(() -> hooks.withheldArgument(copiers.uncopied(argument)));

        assertThat(bytes).isZero();
    }

    @Test
    void aCallThatIsSkippedBeforeItIsDescribedAllocatesNothing() {
        Experiment<String> experiment = bench.experiment(options -> options.sampleRate(0));

        long bytes = bytesPerCall(experiment::callUnlessSkipped);

        assertThat(bytes).isZero();
        assertThat(verdicts(experiment).keySet()).isEqualTo(Set.of("skipped/not_sampled"));
    }

    @Test
    void aCallAfterCloseAllocatesNothing() {
        Experiment<String> experiment = bench.experiment();
        bench.scientist().close();

        long bytes = bytesPerCall(() -> experiment.run(SIDE, SIDE));

        assertThat(bytes).isZero();
        assertThat(verdicts(experiment).keySet()).isEqualTo(Set.of("skipped/shutdown"));
    }

    @Test
    void aSampledCallAllocatesTwoHundredBytesAtMost() {
        assertThat(bytesPerSampledCall(bench.experiment())).isBetween(1L, 200L);
    }

    @Test
    void anMdcOfTwoEntriesIsPaidForByASampledCall() {
        Experiment<String> experiment = bench.experiment();
        MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("spanId", "00f067aa0ba902b7");

        long bytes = bytesPerSampledCall(experiment);
        MDC.clear();

        assertThat(bytes).isBetween(1L, 400L);
    }

    @Test
    void anEmptyMdcCostsNothing() {
        long before = bytesPerSampledCall(bench.experiment());
        MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.clear();

        long after = bytesPerSampledCall(bench.scientist().experiment("with an MDC that was cleared"));

        assertThat(after).isLessThan(before + 8); // the smallest object has 16 bytes
    }

    @Test
    void anMdcCostsACallThatIsNotSampledNothing() {
        Experiment<String> experiment = bench.experiment(options -> options.sampleRate(0));
        MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");

        long bytes = bytesPerCall(() -> experiment.run(SIDE, SIDE));
        MDC.clear();

        assertThat(bytes).isZero();
    }

    /** In bursts for which there are permits, each waited for, so that no call is shed. */
    private static long bytesPerSampledCall(Experiment<String> experiment) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < BURSTS; round++) {
            settle(experiment);
            long before = allocatedBytes();
            for (int i = 0; i < BURST; i++) {
                experiment.run(SIDE, SIDE);
            }
            least = Math.min(least, allocatedBytes() - before);
        }
        settle(experiment);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", (long) BURSTS * BURST));
        return least / BURST;
    }

    @Test
    void aCallThatIsShedAllocatesTwentyFourBytesAtMost() {
        Door door = bench.door();
        Experiment<String> experiment = bench.experiment(options -> options.maxConcurrent(1));
        experiment.run(SIDE, () -> {
            door.passStubbornly();
            return "a";
        });

        long bytes = bytesPerCall(() -> experiment.run(SIDE, SIDE));

        assertThat(bytes).isBetween(0L, 24L);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/saturated", 8L * CALLS));
    }
}
