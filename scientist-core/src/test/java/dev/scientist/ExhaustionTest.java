package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Tally.Hook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What becomes of the engine where memory or stack run out")
class ExhaustionTest {

    private static final int MACHINES = 12;

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    /**
     * Runs a program in a virtual machine of its own, with the test's class path. Returns its output if it fails, and
     * an empty list if it succeeds.
     */
    private static List<String> outcome(List<String> flags, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? List.of() : List.of(String.join(" ", arguments) + ": " + output);
    }

    @Test
    @Tag("promise-2")
    @Tag("promise-3")
    @DisplayName("Promises 2, 3 and 18: callers whose stack ends anywhere in the library leave it as it was")
    void aCallerThatOverflowsHurtsNobodyElse() throws Exception {
        List<String> wrong = new ArrayList<>();

        for (int machine = 0; machine < MACHINES; machine++) {
            wrong.addAll(
                    outcome(List.of(), OverflowingCaller.class, String.valueOf(MACHINES), String.valueOf(machine)));
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    @Tag("promise-2")
    @Tag("promise-3")
    @DisplayName(
            "Promises 2, 3 and 18: an application that uses up its heap leaves the engine alive and all permits free")
    void anApplicationThatUsesUpItsHeapHurtsOnlyItself() throws Exception {
        List<String> wrong = outcome(List.of("-Xmx24m"), ExhaustedHeap.class);

        assertThat(wrong).isEmpty();
    }

    /** The library's own code fails on the caller's thread; here the clock that it reads throws. */
    @ParameterizedTest
    @EnumSource
    @Tag("promise-3")
    void aTrialThatItsCallerCannotTellIsGivenUpByOthers(ExperimentOptions.Start start) {
        Thread caller = Thread.currentThread();
        AtomicBoolean isUsedUp = new AtomicBoolean();
        bench.use(bench.builder().ticker(() -> {
            if (isUsedUp.get() && Thread.currentThread() == caller) {
                throw new StackOverflowError("as if the stack had ended");
            }
            return bench.ticker.getAsLong();
        }));
        Experiment<String> experiment = bench.experiment(options -> options.start(start));

        String value = experiment.run(
                () -> {
                    isUsedUp.set(true);
                    return "a";
                },
                () -> "a");
        isUsedUp.set(false);
        settle(experiment);

        assertThat(value).isEqualTo("a");
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
    }

    @Test
    @Tag("promise-2")
    @DisplayName(
            "Promise 2: a virtual machine's error of any hook ends no worker and reaches no handler of the process")
    void anErrorOfTheVirtualMachineIsContainedOnItsWorker() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        AtomicInteger uncaught = new AtomicInteger();
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        AtomicInteger calls = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().virtualThreads(false).publisher(trial -> {
            throw new OutOfMemoryError("card 4111");
        }));
        Experiment<String> experiment = scientist.experiment(
                "experiment",
                options -> options.comparator((a, b) -> {
                    throw new OutOfMemoryError("card 4111");
                }));

        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.incrementAndGet());
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 100; i++) {
                experiment.run(() -> "a", () -> {
                    workers.add(Thread.currentThread());
                    if (calls.incrementAndGet() % 2 == 0) {
                        throw new InternalError("card 4111");
                    }
                    return "b";
                });
                settle(experiment);
            }
            eventually("all is published", () -> experiment.tally().hookFailures(Hook.PUBLISHER) == 100);

            assertThat(uncaught).hasValue(0);
            assertThat(workers).allMatch(Thread::isAlive);
            assertThat(verdicts(experiment))
                    .isEqualTo(Map.of("candidate_failed", 50L, "uncompared/comparator_failed", 50L));
            assertThat(lines.warnings())
                    .filteredOn(line -> line.contains("candidate threw a java.lang.InternalError"))
                    .hasSize(1);
            assertThat(lines.all()).noneMatch(line -> line.contains("4111"));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** A candidate's future may be completed by any thread, and the stack of that thread may end in the library. */
    @Test
    @Tag("promise-3")
    void aFutureWhoseAnswerCannotBeWrittenThereEndsItsTrial() {
        Thread completing = Thread.currentThread();
        AtomicBoolean isUsedUp = new AtomicBoolean();
        bench.use(bench.builder().ticker(() -> {
            if (isUsedUp.get() && Thread.currentThread() == completing) {
                throw new StackOverflowError("as if the stack had ended");
            }
            return bench.ticker.getAsLong();
        }));
        Experiment<String> experiment = bench.experiment(options -> options.snapshot(new Documents()));
        CompletableFuture<String> future = new CompletableFuture<>();

        experiment.runAsync(() -> CompletableFuture.completedFuture("a"), () -> future);
        eventually("the future is followed", () -> future.getNumberOfDependents() > 0);
        isUsedUp.set(true);
        future.complete("a");
        isUsedUp.set(false);
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    private static final class Documents implements SnapshotFormat {
        @Override
        public Object write(Object answer) {
            return List.of(answer);
        }

        @Override
        public Comparison compare(Object primary, Object candidate) {
            return new Comparison(List.of(), 0);
        }
    }
}
