package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static dev.scientist.InlinePublisher.inline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that what a candidate changes on its thread, such as the name or the interrupt flag, is undone afterwards. */
@Tag("promise-10")
class CleanThreadTest {

    private static final ThreadLocal<String> UNKNOWN = new ThreadLocal<>();

    @AutoClose
    private final Bench bench = new Bench();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private void look(String who) {
        Thread thread = Thread.currentThread();
        boolean isNamed = !thread.getName().equals("renamed");
        boolean isLoaded = thread.getContextClassLoader() == getClass().getClassLoader();
        seen.add(who + " " + isNamed + " " + isLoaded + " " + thread.getPriority() + " " + thread.isInterrupted());
    }

    @SuppressWarnings("ThreadPriorityCheck") // what a candidate may do
    private static void leave() {
        Thread thread = Thread.currentThread();
        thread.setName("renamed");
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setContextClassLoader(null);
        thread.interrupt();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Promise 10: name, class loader, priority and interrupt are as before after every candidate")
    void whatIsKnownIsPutBackAfterEveryCandidate(Start start) {
        Experiment<Integer> experiment =
                bench.experiment(options -> options.start(start).comparator((primary, candidate) -> {
                    look("sees");
                    leave();
                    return List.of();
                }));

        for (int i = 0; i < 20; i++) {
            experiment.run(() -> 1, () -> {
                look("sees");
                leave();
                return 1;
            });
            settle(experiment);
        }
        look("sees");

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 20L));
        assertThat(seen).hasSize(41).containsOnly("sees true true 5 false");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Promise 10: no hook of a trial finds what another has left on its thread")
    void noHookFindsWhatAnotherHasLeft(Start start) {
        bench.use(bench.builder().publisher(inline(this::publish)).publisher(inline(this::publish)));
        Experiment<Integer> experiment = bench.experiment(options -> options.candidates("a", "b")
                .start(start)
                .comparator((primary, candidate) -> {
                    lookAndLeave("comparator");
                    return List.of();
                })
                .release(answer -> lookAndLeave("release")));

        experiment.call().candidate("a", () -> 1).candidate("b", () -> 1).run(() -> 1);
        settle(experiment);

        assertThat(seen)
                .hasSize(6)
                .containsOnly(
                        "comparator true true 5 false", "publisher true true 5 false", "release true true 5 false");
    }

    @Test
    @DisplayName("Promise 10: a publisher with a backlog finds its thread as if each trial were its first")
    void aBacklogsNextDeliveryFindsNothingOfTheLast() {
        Door door = bench.door();
        bench.use(bench.builder().publisher(trial -> {
            publish(trial);
            Thread.interrupted();
            door.pass();
        }));
        Experiment<Integer> experiment = bench.experiment();

        experiment.run(() -> 1, () -> 1);
        door.awaitArrivals(1);
        experiment.run(() -> 1, () -> 1);
        settle(experiment);
        door.open();
        eventually("both are published", () -> seen.size() == 2);

        assertThat(seen).containsOnly("publisher true true 5 false");
    }

    private void publish(Trial<?> trial) {
        lookAndLeave("publisher");
    }

    private void lookAndLeave(String who) {
        look(who);
        leave();
    }

    @Test
    @DisplayName("Promise 10: with fresh threads even what nobody knows of is gone afterwards")
    void onFreshThreadsEvenAThreadLocalIsGone() {
        bench.use(bench.builder().freshThreads(true));
        Experiment<Integer> experiment = bench.experiment();

        for (int i = 0; i < 20; i++) {
            int number = i;
            experiment.run(() -> 1, () -> {
                seen.add("finds " + UNKNOWN.get());
                UNKNOWN.set("left by " + number);
                return 1;
            });
            settle(experiment);
        }

        assertThat(seen).hasSize(20).containsOnly("finds null");
    }
}
