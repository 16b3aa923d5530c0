package dev.scientist;

import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("promise-18")
@DisplayName("A Scientist that was drained starts nothing, has nothing in flight, and has not ended yet")
class DrainedScientistTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Scientist told(Duration closeTimeout) {
        return bench.use(bench.builder().closeTimeout(closeTimeout).publisher(new TrialPublisher() {
            @Override
            public void declared(Experiment<?> experiment) {
                heard.add("declared " + experiment.name());
            }

            @Override
            public void publish(Trial<?> trial) {
                heard.add(trial.candidates().get(0).verdict().tag());
            }

            @Override
            public void ended(Experiment<?> experiment) {
                heard.add("ended " + experiment.name());
            }

            @Override
            public void closed() {
                heard.add("closed");
            }
        }));
    }

    @Test
    void whatIsInFlightIsWaitedFor() throws InterruptedException {
        Door door = bench.door();
        Scientist scientist = told(Duration.ofSeconds(20));
        Experiment<String> experiment = scientist.experiment("experiment");
        experiment.run(() -> "a", () -> {
            door.pass();
            return "a";
        });
        door.awaitArrivals(1);

        Thread draining = new Thread(scientist::drain);
        draining.start();
        eventually("it is draining", () -> !scientist.isEnabled());
        experiment.run(() -> "a", () -> "b");
        door.open();
        draining.join();

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "skipped/shutdown", 1L));
        assertThat(experiment.tally().inFlight()).isZero();
        assertThat(heard).containsExactly("declared experiment", "matched");
    }

    @Test
    void whatDoesNotEndInTimeIsCancelledBeforeItFails() {
        Door door = bench.door();
        Scientist scientist = told(Duration.ofNanos(1));
        Experiment<String> experiment = scientist.experiment("experiment");
        experiment.run(() -> "a", () -> {
            door.passStubbornly();
            throw new IllegalStateException("what it works with is gone");
        });
        door.awaitArrivals(1);

        scientist.drain();
        door.open();
        Bench.settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/cancelled", 1L));
    }

    @Test
    void experimentsCanStillBeDeclared() {
        Scientist scientist = told(Duration.ofSeconds(20));
        scientist.drain();
        scientist.enable();

        Experiment<String> late = scientist.experiment("late");
        String value = late.run(() -> "a", () -> "b");

        assertThat(value).isEqualTo("a");
        assertThat(verdicts(late)).isEqualTo(Map.of("skipped/shutdown", 1L));
        assertThat(heard).containsExactly("declared late");
    }

    @Test
    void publishersHearOfTheEndWhenItIsClosed() {
        Scientist scientist = told(Duration.ofSeconds(20));
        scientist.experiment("experiment");

        scientist.drain();
        scientist.drain();
        scientist.close();
        scientist.close();

        assertThat(heard).containsExactly("declared experiment", "ended experiment", "closed");
    }

    @Test
    void closingWaitsForWhoDrains() throws InterruptedException {
        Door door = bench.door();
        Scientist scientist = told(Duration.ofSeconds(20));
        Experiment<String> experiment = scientist.experiment("experiment");
        experiment.run(() -> "a", () -> {
            door.pass();
            return "a";
        });
        door.awaitArrivals(1);
        Thread draining = new Thread(scientist::drain);
        draining.start();
        eventually("it is draining", () -> !scientist.isEnabled());

        Thread closing = new Thread(scientist::close);
        closing.start();
        eventually("it waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        door.open();
        closing.join();
        draining.join();

        assertThat(heard).containsExactly("declared experiment", "matched", "ended experiment", "closed");
    }
}
