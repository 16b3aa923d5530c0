package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static dev.scientist.InlinePublisher.inline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemovalTest {

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    void anExperimentIsDeclaredAnewWithOtherOptions() {
        Scientist scientist = bench.scientist();
        Experiment<String> old = declared(scientist, ResultComparator.equality());
        old.run(() -> "a", () -> "A");

        boolean isRemoved = scientist.remove(old);
        Experiment<String> next = declared(scientist, (one, other) -> List.of());
        next.run(() -> "a", () -> "A");

        assertThat(isRemoved).isTrue();
        assertThat(verdicts(old)).isEqualTo(Map.of("mismatched", 1L));
        assertThat(verdicts(next)).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void whatIsInFlightEndsUnderTheOldOne(Start start) {
        Scientist scientist = bench.scientist();
        Door door = bench.door();
        Experiment<String> old = scientist.experiment("experiment", options -> options.start(start));
        for (int i = 0; i < 5; i++) {
            old.run(() -> "a", () -> {
                door.pass();
                return "a";
            });
        }

        scientist.remove(old);
        Experiment<String> next = scientist.experiment("experiment", options -> options.start(start));
        next.run(() -> "a", () -> "a");
        settle(next);
        long whileTheOldRan = old.tally().calls("candidate");
        door.open();
        settle(old);

        assertThat(whileTheOldRan).isZero();
        assertThat(verdicts(old)).isEqualTo(Map.of("matched", 5L));
        assertThat(verdicts(next)).isEqualTo(Map.of("matched", 1L));
    }

    @Test
    @Tag("promise-14")
    void aSleepingDispatcherIsWokenToForgetARemovedOne() {
        List<Thread> before = Bench.threads();
        Scientist scientist = bench.scientist();
        Experiment<String> experiment = bench.experiment();
        Thread dispatcher = Bench.threads().stream()
                .filter(thread -> !before.contains(thread))
                .findFirst()
                .orElseThrow();
        bench.ticker.advance(Duration.ofSeconds(2));
        eventually("it sleeps", () -> dispatcher.getState() == Thread.State.WAITING);

        scientist.remove(experiment);

        eventually("it is awake", () -> dispatcher.getState() != Thread.State.WAITING);
        bench.ticker.advance(Duration.ofSeconds(16));
        eventually("it sleeps again", () -> dispatcher.getState() == Thread.State.WAITING);
        assertThat(dispatcher.isAlive()).isTrue();
    }

    @Test
    void callsOfARemovedOneArePlainCalls() {
        Scientist scientist = bench.scientist();
        Experiment<String> removed = bench.experiment();
        AtomicBoolean isStarted = new AtomicBoolean();

        scientist.remove(removed);
        ExperimentSettings changed = removed.change(now -> now.enabled(true).sampleRate(0.5));
        String answer = removed.run(() -> "a", () -> {
            isStarted.set(true);
            return "b";
        });

        assertThat(answer).isEqualTo("a");
        assertThat(isStarted).isFalse();
        assertThat(changed.isEnabled()).isFalse();
        assertThat(verdicts(removed)).isEqualTo(Map.of("skipped/disabled", 1L));
    }

    @Test
    void onlyWhatIsThereCanBeRemoved() {
        Scientist scientist = bench.scientist();
        Scientist other = bench.use(bench.builder());
        Experiment<String> experiment = scientist.experiment("experiment");
        Experiment<String> stranger = other.experiment("experiment");

        boolean strangerRemoved = scientist.remove(stranger);
        boolean removed = scientist.remove(experiment);
        boolean removedAgain = scientist.remove(experiment);

        assertThat(strangerRemoved).isFalse();
        assertThat(stranger.settings().isEnabled()).isTrue();
        assertThat(removed).isTrue();
        assertThat(removedAgain).isFalse();
    }

    @Test
    void aNameIsFreeAgainWhereDeclaringFailed() {
        Scientist scientist = bench.scientist();
        Experiment<String> experiment = scientist.experiment("taken");

        assertThatIllegalStateException()
                .isThrownBy(() -> scientist.experiment("experiment", options -> {
                    throw new IllegalStateException("wrong options");
                }));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scientist.experiment("taken"))
                .withMessageContaining("must be unique");
        assertThat(scientist.experiment("experiment").name()).isEqualTo("experiment");
        assertThat(experiment.settings().isEnabled()).isTrue();
    }

    @Test
    void publishersAreToldOnceOfEachEnd() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Scientist scientist = bench.use(
                bench.builder().publisher(new Telling("queued", told)).publisher(inline(new Telling("inline", told))));
        Experiment<String> removed = scientist.experiment("removed");
        Experiment<String> left = scientist.experiment("left");

        scientist.remove(removed);
        scientist.remove(removed);
        scientist.close();
        scientist.close();

        assertThat(left.settings().isEnabled()).isTrue();
        assertThat(told.subList(0, 4))
                .containsExactly(
                        "inline removed ended", "queued removed ended", "inline left ended", "queued left ended");
        assertThat(told.subList(4, told.size())).containsExactlyInAnyOrder("inline closed", "queued closed");
    }

    private static Experiment<String> declared(Scientist scientist, ResultComparator<? super String> comparator) {
        return scientist.experiment(
                "experiment", options -> options.start(Start.SAME_THREAD).comparator(comparator));
    }

    /** A publisher that lists the experiments that have ended. */
    private record Telling(String name, List<String> told) implements TrialPublisher {
        @Override
        public void publish(Trial<?> trial) {}

        @Override
        public void ended(Experiment<?> experiment) {
            told.add(name + " " + experiment.name() + " ended");
        }

        @Override
        public void closed() {
            told.add(name + " closed");
        }
    }
}
