package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.scientist.Tally.Hook;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExperimentListenerTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void aListenerIsToldOnceOfEachExperimentAndOfItsEnd() {
        Scientist scientist = bench.use(bench.builder().listener(new Telling("listener", told)));

        Experiment<String> removed = scientist.experiment("removed");
        scientist.experiment("left");
        scientist.remove(removed);
        scientist.remove(removed);
        scientist.close();
        scientist.close();

        assertThat(told)
                .containsExactly(
                        "listener: removed declared",
                        "listener: left declared",
                        "listener: removed ended",
                        "listener: left ended");
    }

    @Test
    void aListenerMayBeALambda() {
        Scientist scientist =
                bench.use(bench.builder().listener(experiment -> told.add(experiment.name() + " declared")));

        scientist.experiment("experiment");

        assertThat(told).containsExactly("experiment declared");
    }

    @Test
    void listenersAreToldBeforePublishersAndInTheirOrder() {
        Scientist scientist = bench.use(bench.builder()
                .publisher(new Publishing("publisher", told))
                .listener(new Telling("first", told))
                .listener(new Telling("second", told)));

        scientist.experiment("experiment");

        assertThat(told)
                .containsExactly(
                        "first: experiment declared", "second: experiment declared", "publisher: experiment declared");
    }

    @Test
    @Tag("promise-2")
    @DisplayName("Promise 2: a listener that throws reaches nobody, and is reported once")
    void aListenerThatThrowsReachesNobodyAndIsReportedOnce() {
        Scientist scientist =
                bench.use(bench.builder().listener(new Failing()).listener(new Telling("listener", told)));

        Experiment<Integer> experiment;
        List<String> warnings;
        try (LogLines lines = new LogLines()) {
            experiment = scientist.experiment("experiment");
            experiment.run(() -> 1, () -> 1);
            settle(experiment);
            scientist.remove(experiment);
            warnings = lines.warnings();
        }

        assertThat(told).containsExactly("listener: experiment declared", "listener: experiment ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(experiment.tally().hookFailures(Hook.LISTENER)).isEqualTo(2);
        assertThat(warnings).singleElement().asString().contains("listener 1 (").doesNotContain("secret");
    }

    @Test
    void whatIsAddedSeveralTimesIsToldOnce() {
        TrialPublisher publisher = new Publishing("publisher", told);
        ExperimentListener listener = new Telling("listener", told);
        Scientist scientist = bench.use(bench.builder()
                .listener(publisher)
                .listener(listener)
                .listener(listener)
                .publisher(publisher));

        scientist.experiment("experiment");

        assertThat(told).containsExactly("listener: experiment declared", "publisher: experiment declared");
    }

    @Test
    void aPublisherThatIsAddedOnlyAsAListenerIsRefused() {
        Scientist.Builder builder = bench.builder().listener(new Publishing("publisher", told));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("Publishing", "would receive no trial", "publisher(...)");
    }

    @Test
    void nobodyIsToldOfAnExperimentWhoseOptionsCloseTheScientist() {
        Scientist scientist = bench.use(bench.builder().publisher(new Publishing("publisher", told)));

        assertThatIllegalStateException()
                .isThrownBy(() -> scientist.experiment("experiment", options -> scientist.close()))
                .withMessageContainingAll("experiment", "closed");
        assertThat(told).isEmpty();
    }

    @Test
    void anExperimentCannotBeRemovedWhileItIsBeingDeclared() {
        AtomicReference<Scientist> scientist = new AtomicReference<>();
        List<Boolean> removed = new CopyOnWriteArrayList<>();
        scientist.set(bench.use(bench.builder()
                .listener(experiment -> removed.add(scientist.get().remove(experiment)))));

        Experiment<String> experiment = scientist.get().experiment("experiment");
        boolean isRemovedLater = scientist.get().remove(experiment);

        assertThat(removed).containsExactly(false);
        assertThat(isRemovedLater).isTrue();
    }

    /** A listener that lists its calls. */
    private static class Telling implements ExperimentListener {
        private final String name;
        private final List<String> told;

        Telling(String name, List<String> told) {
            this.name = name;
            this.told = told;
        }

        @Override
        public void declared(Experiment<?> experiment) {
            told.add(name + ": " + experiment.name() + " declared");
        }

        @Override
        public void ended(Experiment<?> experiment) {
            told.add(name + ": " + experiment.name() + " ended");
        }
    }

    /** A listener that lists its calls, and is a publisher too. */
    private static final class Publishing extends Telling implements TrialPublisher {
        Publishing(String name, List<String> told) {
            super(name, told);
        }

        @Override
        public void publish(Trial<?> trial) {}
    }

    /** Throws whatever it is told. */
    private static final class Failing implements ExperimentListener {
        @Override
        public void declared(Experiment<?> experiment) {
            throw new LinkageError("secret");
        }

        @Override
        public void ended(Experiment<?> experiment) {
            throw new IllegalStateException("secret");
        }
    }
}
