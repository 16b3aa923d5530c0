package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static dev.scientist.InlinePublisher.inline;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClosedPublisherTest {

    private static final Duration AT_ONCE = Duration.ofNanos(1);

    @AutoClose
    private final Bench bench = new Bench();

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void aPublisherIsClosedOnceAfterItHasReceivedItsLastTrial() throws InterruptedException {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().publisher(new Sink("sink", door::pass, () -> {})));
        Experiment<Integer> experiment = scientist.experiment("experiment");
        for (int i = 0; i < 3; i++) {
            experiment.run(() -> 1, () -> 1);
        }
        door.awaitArrivals(1);

        Thread closing = new Thread(scientist::close);
        closing.start();
        eventually("it waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        door.open();
        closing.join();
        scientist.close();

        assertThat(told)
                .containsExactly("sink received", "sink received", "sink received", "sink ended", "sink closed");
    }

    @Test
    void aPublisherMayFlushAsLongAsDrainingHasLeft() throws InterruptedException {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder().publisher(new Sink("sink", () -> {}, door::pass)));

        Thread closing = new Thread(scientist::close);
        closing.start();
        door.awaitArrivals(1);
        eventually("it waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        door.open();
        closing.join();

        assertThat(told).containsExactly("sink closed");
        assertThat(door.interruptions()).isZero();
    }

    @Test
    @Tag("promise-18")
    @DisplayName(
            "Promise 18: a publisher that hangs while closing is interrupted, and keeps no other one from being closed")
    void aPublisherThatHangsWhileClosingIsInterruptedAndDelaysNoOther() {
        List<Thread> before = Bench.threads();
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder()
                .closeTimeout(AT_ONCE)
                .publisher(new Sink("hung", () -> {}, door::pass))
                .publisher(new Sink("queued", () -> {}, () -> {}))
                .publisher(inline(new Sink("inline", () -> {}, () -> {}))));

        List<String> warnings;
        try (LogLines lines = new LogLines(Scientist.class)) {
            scientist.close();
            Bench.awaitNoThreadsBut(before);
            warnings = lines.warnings();
        }

        assertThat(told).containsExactlyInAnyOrder("queued closed", "inline closed");
        assertThat(door.interruptions()).isEqualTo(1);
        assertThat(warnings)
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("publisher 2 (", "was interrupted"))
                .anySatisfy(line -> assertThat(line).contains("publisher 2 (", "InterruptedException"));
    }

    @Test
    void anInlinePublisherThatHangsWhileClosingIsInterruptedToo() {
        List<Thread> before = Bench.threads();
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder()
                .closeTimeout(AT_ONCE)
                .publisher(inline(new Sink("hung", () -> {}, door::pass)))
                .publisher(new Sink("queued", () -> {}, () -> {})));

        scientist.close();
        Bench.awaitNoThreadsBut(before);

        assertThat(told).containsExactly("queued closed");
        assertThat(door.interruptions()).isEqualTo(1);
    }

    @Test
    @Tag("promise-18")
    void anInlinePublisherThatIgnoresItsInterruptKeepsNoOtherFromBeingClosed() {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder()
                .closeTimeout(AT_ONCE)
                .publisher(inline(new Sink("hung", () -> {}, door::passStubbornly)))
                .publisher(inline(new Sink("second", () -> {}, () -> {}))));

        scientist.close();

        door.awaitInterruption();
        assertThat(told).containsExactly("second closed");
    }

    @Test
    void whatAPublisherLeavesInterruptedWhileClosingEndsNoOthersFlush() throws InterruptedException {
        Door door = bench.door();
        Scientist scientist = bench.use(bench.builder()
                .publisher(new Sink("queued", () -> {}, door::pass))
                .publisher(inline(new Sink(
                        "inline", () -> {}, () -> Thread.currentThread().interrupt()))));

        List<String> warnings;
        try (LogLines lines = new LogLines(Scientist.class)) {
            Thread closing = new Thread(scientist::close);
            closing.start();
            door.awaitArrivals(1);
            eventually("the inline one is closed", () -> told.contains("inline closed"));
            door.open();
            closing.join();
            warnings = lines.warnings();
        }

        assertThat(told).containsExactly("inline closed", "queued closed");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aPublisherWhoseHashCodeThrowsIsClosedOnce() {
        List<Thread> before = Bench.threads();
        Scientist scientist = bench.use(bench.builder().publisher(new WithoutHashCode()));

        scientist.close();
        Bench.awaitNoThreadsBut(before);

        assertThat(told).containsExactly("closed");
    }

    @Test
    @Tag("promise-18")
    void aListenerThatHangsAtTheEndKeepsNoPublisherFromBeingClosedAndTakesNoneOfItsTime() {
        List<Thread> before = Bench.threads();
        Door hung = bench.door();
        Door flushing = bench.door();
        Scientist scientist = bench.use(bench.builder()
                .closeTimeout(AT_ONCE)
                .listener(new Hanging(hung))
                .publisher(new Sink("sink", () -> {}, flushing::pass)));
        scientist.experiment("experiment");

        List<String> warnings;
        try (LogLines lines = new LogLines(Scientist.class)) {
            Thread closing = new Thread(scientist::close);
            closing.start();
            flushing.awaitArrivals(1);
            flushing.open();
            Bench.awaitNoThreadsBut(before);
            warnings = lines.warnings();
        }

        assertThat(told).containsExactlyInAnyOrder("sink closed", "sink ended");
        assertThat(hung.interruptions()).isEqualTo(1);
        assertThat(warnings).singleElement().asString().contains("ended()", "was interrupted");
    }

    @Test
    @Tag("promise-18")
    void whatHangsInFrontOfATrialThatWasGivenUpKeepsNoPublisherFromBeingClosed() {
        List<Thread> before = Bench.threads();
        Door candidate = bench.door();
        Door hung = bench.door();
        Scientist scientist = bench.use(bench.builder()
                .closeTimeout(AT_ONCE)
                .publisher(inline(new Sink("hung", hung::pass, () -> {})))
                .publisher(new Sink("queued", () -> {}, () -> {})));
        Experiment<Integer> experiment = scientist.experiment("experiment");
        experiment.run(() -> 1, () -> {
            candidate.passStubbornly();
            return 1;
        });
        candidate.awaitArrivals(1);

        scientist.close();
        List<String> whenClosed = List.copyOf(told);
        candidate.open();
        Bench.awaitNoThreadsBut(before);

        assertThat(whenClosed).contains("hung closed", "queued closed").doesNotContain("hung received");
        assertThat(hung.interruptions()).isEqualTo(1);
    }

    @Test
    @Tag("promise-18")
    void aThreadThatWasInterruptedBeforeDoesNotWaitForAPublisherThatHangs() {
        Door door = bench.door();
        Scientist scientist = bench.use(
                bench.builder().closeTimeout(Duration.ofDays(1)).publisher(new Sink("sink", () -> {}, door::pass)));

        Thread.currentThread().interrupt();
        scientist.close();
        boolean isInterrupted = Thread.interrupted();
        List<String> whenClosed = List.copyOf(told);
        door.open();
        eventually("it goes on to flush", () -> told.contains("sink closed"));

        assertThat(isInterrupted).isTrue();
        assertThat(whenClosed).isEmpty();
        assertThat(door.interruptions()).isZero();
    }

    @Test
    void aPublisherThatThrowsWhileClosingIsReportedAndHurtsNobody() {
        Scientist scientist = bench.use(bench.builder()
                .publisher(inline(new Failing()))
                .publisher(new Failing())
                .publisher(new Sink("sink", () -> {}, () -> {})));
        scientist.experiment("experiment");

        List<String> warnings;
        try (LogLines lines = new LogLines(Scientist.class)) {
            scientist.close();
            warnings = lines.warnings();
        }

        assertThat(told).containsExactly("sink ended", "sink closed");
        assertThat(warnings)
                .filteredOn(line -> line.contains("while closing"))
                .hasSize(2)
                .allMatch(line -> line.contains("IllegalStateException") && !line.contains("secret"));
    }

    /** An action of a publisher, which may be interrupted. */
    private interface Step {
        void run() throws InterruptedException;
    }

    /** A publisher that lists its actions. */
    private final class Sink implements TrialPublisher {
        private final String name;
        private final Step receiving;
        private final Step closing;

        Sink(String name, Step receiving, Step closing) {
            this.name = name;
            this.receiving = receiving;
            this.closing = closing;
        }

        @Override
        public void publish(Trial<?> trial) throws InterruptedException {
            receiving.run();
            told.add(name + " received");
        }

        @Override
        public void ended(Experiment<?> experiment) {
            told.add(name + " ended");
        }

        @Override
        public void closed() throws InterruptedException {
            closing.run();
            told.add(name + " closed");
        }
    }

    /** Hangs when it is told of an end. */
    private record Hanging(Door door) implements ExperimentListener {
        @Override
        public void declared(Experiment<?> experiment) {}

        @Override
        public void ended(Experiment<?> experiment) throws InterruptedException {
            door.pass();
        }
    }

    /** A publisher that can be put into no hash table. */
    private final class WithoutHashCode implements TrialPublisher {
        @Override
        public void publish(Trial<?> trial) {}

        @Override
        public void closed() {
            told.add("closed");
        }

        @Override
        @SuppressWarnings("EqualsHashCode")
        public int hashCode() {
            throw new IllegalStateException("this has no hash code");
        }
    }

    /** Throws whatever it is told. */
    private static final class Failing implements TrialPublisher {
        @Override
        public void publish(Trial<?> trial) {}

        @Override
        public void ended(Experiment<?> experiment) {
            throw new IllegalStateException("secret");
        }

        @Override
        public void closed() {
            throw new IllegalStateException("secret");
        }
    }
}
