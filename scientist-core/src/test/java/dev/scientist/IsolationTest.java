package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Eventually.eventually;
import static dev.scientist.InlinePublisher.inline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Proves that foreign code, such as a publisher, runs where it does not delay others. */
class IsolationTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    @Tag("promise-2")
    @DisplayName("Promise 2: a primary that returns after closing meets no publisher on its thread")
    void afterClosingNoPublisherRunsOnTheCaller() throws InterruptedException {
        Set<Thread> publishing = ConcurrentHashMap.newKeySet();
        Scientist scientist = TestScientists.builder()
                .closeTimeout(Duration.ofMillis(1))
                .publisher(inline(trial -> publishing.add(Thread.currentThread())))
                .build();
        Experiment<String> experiment = scientist.experiment("experiment");
        CountDownLatch candidateRan = new CountDownLatch(1);

        String answer = experiment.run(
                () -> {
                    candidateRan.await();
                    scientist.close();
                    return "a";
                },
                () -> {
                    candidateRan.countDown();
                    return "a";
                });
        eventually("its trial is published", () -> !publishing.isEmpty());
        settle(experiment);

        assertThat(answer).isEqualTo("a");
        assertThat(publishing).doesNotContain(Thread.currentThread());
        assertThat(experiment.tally().calls("candidate")).isEqualTo(1);
    }

    @Test
    @Tag("promise-5")
    @DisplayName("Promise 5: a guard that hangs at a deadline holds up no other experiment")
    void aGuardThatHangsAtADeadlineHoldsUpNobodyElse() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        try (Scientist scientist = TestScientists.builder().build()) {
            Experiment<String> late = scientist.experiment(
                    "late",
                    options -> options.candidateTimeout(Duration.ofMillis(5)).guard(new TestGuard().onSettled(() -> {
                                hanging.countDown();
                                awaitUninterruptibly(release);
                            })));
            Experiment<String> other = scientist.experiment("other", options -> options.candidateTimeout(LONG));

            late.run(() -> "a", () -> {
                awaitUninterruptibly(release);
                return "a";
            });
            awaitUninterruptibly(hanging);
            for (int i = 0; i < 20; i++) {
                other.run(() -> "a", () -> "a");
            }
            eventually("the other experiment goes on", () -> other.tally().count(Verdict.MATCHED) == 20);
            release.countDown();
            settle(late);

            assertThat(other.tally().count(Verdict.MATCHED)).isEqualTo(20);
            assertThat(late.tally().count(Verdict.TIMED_OUT)).isEqualTo(1);
        }
    }

    @Test
    @Tag("promise-2")
    @DisplayName("Promise 2: cancelling an asynchronous call runs no guard on the caller")
    void cancellingRunsNoGuardOnTheCaller() {
        AtomicReference<Thread> settling = new AtomicReference<>();
        try (Scientist scientist = TestScientists.builder().build()) {
            Experiment<String> experiment = scientist.experiment(
                    "experiment",
                    options -> options.start(Start.IMMEDIATE)
                            .candidateTimeout(LONG)
                            .ownedFutures(true)
                            .guard(new TestGuard().onSettled(() -> settling.set(Thread.currentThread()))));
            CountDownLatch started = new CountDownLatch(1);

            CompletableFuture<String> handed = experiment.runAsync(CompletableFuture<String>::new, () -> {
                started.countDown();
                return new CompletableFuture<>();
            });
            awaitUninterruptibly(started);
            handed.cancel(true);
            eventually("the guard hears of it", () -> settling.get() != null);

            assertThat(settling.get()).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    @Tag("promise-14")
    void aTrialWithManyDifferencesCountsOnceInThePool() {
        MismatchReservoir reservoir = MismatchReservoir.create();
        try (Scientist scientist = TestScientists.builder().publisher(reservoir).build()) {
            Experiment<String> experiment = scientist.experiment(
                    "experiment",
                    options -> options.start(Start.SAME_THREAD).comparator((primary, candidate) -> differences(300)));

            experiment.run(() -> "a", () -> "b");

            assertThat(reservoir.groups("experiment"))
                    .hasSize(101)
                    .allSatisfy(group -> assertThat(group.count()).isEqualTo(1));
        }
    }

    private static List<Difference> differences(int count) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            differences.add(Difference.of("/field-" + i, Difference.Kind.CHANGED, 1, 2));
        }
        return differences;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean isOpen = false;
        while (!isOpen) {
            try {
                latch.await();
                isOpen = true;
            } catch (InterruptedException e) {
                // ignored, as by a candidate or a guard that ignores interrupts
            }
        }
    }
}
