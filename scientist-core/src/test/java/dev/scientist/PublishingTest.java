package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static dev.scientist.InlinePublisher.inline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Publishing: cases 29, 30 and 32")
class PublishingTest {

    @AutoClose
    private final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("case-29")
    void onePublisherThrowsAndTheOthersStillReceive(boolean isInline) {
        AtomicInteger before = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        TrialPublisher broken = trial -> {
            throw new IllegalStateException("secret");
        };
        Scientist scientist = bench.use(bench.builder()
                .publisher(trial -> before.incrementAndGet())
                .publisher(isInline ? inline(broken) : broken)
                .publisher(trial -> after.incrementAndGet()));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        List<String> warnings;
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 10; i++) {
                experiment.run(() -> 1, () -> 1);
            }
            settle(experiment);
            eventually("all receive", () -> before.get() == 10 && after.get() == 10);
            eventually("all failures are counted", () -> experiment.tally().hookFailures(Hook.PUBLISHER) == 10);
            warnings = lines.warnings();
        }

        assertThat(bench.seen.count()).isEqualTo(10);
        assertThat(warnings).singleElement().asString().contains("publisher").doesNotContain("secret");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 10L));
    }

    @Test
    @Tag("case-29")
    void eachPublisherThatFailsIsWarnedOfOnce() {
        AtomicInteger failures = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder()
                .publisher(inline(trial -> {
                    failures.incrementAndGet();
                    throw new IllegalStateException("secret");
                }))
                .publisher(inline(trial -> {
                    failures.incrementAndGet();
                    throw new IllegalArgumentException("secret");
                })));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        List<String> warnings;
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 5; i++) {
                experiment.run(() -> 1, () -> 1);
            }
            settle(experiment);
            warnings = lines.warnings();
        }

        assertThat(failures).hasValue(10);
        assertThat(warnings)
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("publisher 2 (", "IllegalStateException"))
                .anySatisfy(line -> assertThat(line).contains("publisher 3 (", "IllegalArgumentException"));
    }

    @Test
    @Tag("case-29")
    void aPublisherThatThrowsAnErrorGetsTheNextTrialToo() {
        AtomicInteger asked = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().publisher(trial -> {
            asked.incrementAndGet();
            throw new StackOverflowError("secret");
        }));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        for (int i = 0; i < 10; i++) {
            experiment.run(() -> 1, () -> 1);
        }

        eventually("it is asked for each", () -> asked.get() == 10);
        assertThat(bench.seen.count()).isEqualTo(10);
    }

    @Test
    @Tag("case-29")
    void aPublisherThatFailsAtTheDeclarationHurtsNobody() {
        Scientist scientist = bench.use(bench.builder().publisher(new TrialPublisher() {
            @Override
            public void publish(Trial<?> trial) {}

            @Override
            public void declared(Experiment<?> experiment) {
                throw new LinkageError("secret");
            }
        }));

        Experiment<Integer> experiment = scientist.experiment("experiment");
        experiment.run(() -> 1, () -> 1);
        settle(experiment);

        assertThat(experiment.tally().hookFailures(Hook.PUBLISHER)).isEqualTo(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    @Tag("case-30")
    void aHungPublisherDelaysNobodyAndWhatItMissesIsCounted(Start start) {
        Door door = bench.door();
        AtomicInteger delivered = new AtomicInteger();
        AtomicInteger elsewhere = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder()
                .publisherBacklog(8)
                .publisher(trial -> {
                    door.passStubbornly();
                    delivered.incrementAndGet();
                })
                .publisher(trial -> elsewhere.incrementAndGet()));
        Experiment<Integer> experiment = scientist.experiment("experiment", options -> options.start(start));

        for (int i = 0; i < 100; i++) {
            int answer = i;
            experiment.run(() -> answer, () -> answer);
            settle(experiment); // one after the other, so that the publisher that works can keep up
            int expected = i + 1;
            eventually("the other publisher receives it", () -> elsewhere.get() == expected);
        }
        long dropped = experiment.tally().hookFailures(Hook.PUBLISHER_BACKLOG);
        door.open();
        eventually("the backlog is delivered", () -> delivered.get() == 8);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 100L));
        assertThat(bench.seen.count()).isEqualTo(100);
        assertThat(dropped).isEqualTo(92);
    }

    @Test
    @Tag("case-30")
    void aPublisherReceivesOneTrialAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger received = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().publisherBacklog(10_000).publisher(trial -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            inside.decrementAndGet();
            received.incrementAndGet();
        }));
        Experiment<Integer> experiment = scientist.experiment("experiment", options -> options.start(Start.IMMEDIATE));

        for (int i = 0; i < 2_000; i++) {
            experiment.run(() -> 1, () -> 1);
        }
        settle(experiment);
        eventually("all are received", () -> received.get() == bench.seen.count());

        assertThat(most).hasValue(1);
        assertThat(verdicts(experiment).get("matched")).isEqualTo(bench.seen.count());
    }

    /** Takes only what it accepts. */
    private static final class ChoosyPublisher implements TrialPublisher {
        private final Queue<Trial<?>> received = new ConcurrentLinkedQueue<>();
        private final Predicate<Trial<?>> choice;

        ChoosyPublisher(Predicate<Trial<?>> choice) {
            this.choice = choice;
        }

        @Override
        public boolean accepts(Trial<?> trial) {
            return choice.test(trial);
        }

        @Override
        public void publish(Trial<?> trial) {
            received.add(trial);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPublisherReceivesOnlyWhatItAccepts(Start start) {
        ChoosyPublisher choosy = new ChoosyPublisher(Trial::isDisagreement);
        Scientist scientist = bench.use(bench.builder().publisherBacklog(1).publisher(choosy));
        Experiment<Integer> experiment = scientist.experiment("experiment", options -> options.start(start));

        for (int i = 0; i < 20; i++) {
            experiment.run(() -> 1, () -> 1);
            settle(experiment);
        }
        experiment.run(() -> 1, () -> 2);
        eventually("the mismatch is received", () -> !choosy.received.isEmpty());

        assertThat(choosy.received).singleElement().matches(Trial::isDisagreement);
        assertThat(experiment.tally().hookFailures(Hook.PUBLISHER_BACKLOG)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-2")
    @DisplayName("Promise 2: a publisher whose choice throws hurts nobody, and is counted")
    void aPublisherWhoseChoiceThrowsReceivesNothing(Start start) {
        ChoosyPublisher choosy = new ChoosyPublisher(trial -> {
            throw new LinkageError("secret");
        });
        Scientist scientist = bench.use(bench.builder().publisher(choosy));
        Experiment<Integer> experiment = scientist.experiment("experiment", options -> options.start(start));

        Integer value = experiment.run(() -> 1, () -> 1);
        settle(experiment);

        assertThat(value).isEqualTo(1);
        assertThat(choosy.received).isEmpty();
        assertThat(bench.seen.count()).isEqualTo(1);
        assertThat(experiment.tally().hookFailures(Hook.PUBLISHER)).isEqualTo(1);
    }

    @Test
    void aPublisherThatIsAddedTwiceReceivesATrialOnce() {
        AtomicInteger received = new AtomicInteger();
        TrialPublisher publisher = trial -> received.incrementAndGet();
        Scientist scientist = bench.use(bench.builder().publisher(publisher).publisher(publisher));
        Experiment<String> experiment = scientist.experiment("quote", options -> options.start(Start.SAME_THREAD));

        experiment.run(() -> "a", () -> "a");

        assertThat(received).hasValue(1);
    }

    @Test
    @Tag("case-30")
    void publishersRunOffTheCallersThread() {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        Scientist scientist = bench.use(bench.builder()
                .publisher(trial -> threads.add(Thread.currentThread()))
                .publisher(inline(trial -> threads.add(Thread.currentThread()))));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        experiment.run(() -> 1, () -> 1);
        eventually("both receive", () -> threads.size() == 2);

        assertThat(threads)
                .doesNotContain(Thread.currentThread())
                .allMatch(thread -> thread.getName().startsWith("scientist-worker-"));
    }

    @Test
    void aTrialIsPublishedAfterItWasCounted() {
        List<Long> counted = Collections.synchronizedList(new ArrayList<>());
        List<Experiment<?>> declared = Collections.synchronizedList(new ArrayList<>());
        Scientist scientist = bench.use(bench.builder().publisher(new TrialPublisher() {
            @Override
            public void declared(Experiment<?> experiment) {
                declared.add(experiment);
            }

            @Override
            public void publish(Trial<?> trial) {
                counted.add(declared.get(0).tally().count(Verdict.MATCHED));
            }

            @Override
            public boolean isInline() {
                return true;
            }
        }));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        for (int i = 0; i < 3; i++) {
            experiment.run(() -> 1, () -> 1);
            settle(experiment);
        }

        assertThat(counted).containsExactly(1L, 2L, 3L);
        assertThat(declared).singleElement().isSameAs(experiment);
    }

    @Test
    void inSameThreadModeEverythingIsPublishedBeforeTheCallReturns() {
        List<String> order = new ArrayList<>();
        Scientist scientist = bench.use(bench.builder()
                .publisher(trial ->
                        order.add("publisher on " + Thread.currentThread().getName()))
                .publisher(inline(trial -> order.add("inline"))));
        Experiment<Integer> experiment =
                scientist.experiment("experiment", options -> options.start(Start.SAME_THREAD));
        String here = Thread.currentThread().getName();

        experiment.run(
                () -> {
                    order.add("primary");
                    return 1;
                },
                () -> {
                    order.add("candidate on " + Thread.currentThread().getName());
                    return 1;
                });
        order.add("returned");

        assertThat(order)
                .containsExactly("primary", "candidate on " + here, "inline", "publisher on " + here, "returned");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("case-32")
    void aTrialThatIsKeptDoesNotKeepTheClosuresAlive(Start start) {
        Experiment<Integer> experiment = bench.experiment(options -> options.start(start));

        List<WeakReference<Object>> captured = runWithCapturingClosures(experiment);
        settle(experiment);
        eventually("what the closures captured is gone", () -> {
            System.gc();
            return captured.stream().allMatch(reference -> reference.refersTo(null));
        });

        assertThat(bench.seen.only().attributes()).isEqualTo(Map.of("a", 1));
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
    }

    private static List<WeakReference<Object>> runWithCapturingClosures(Experiment<Integer> experiment) {
        Object ofPrimary = new Object();
        Object ofCandidate = new Object();
        Object ofTranslation = new Object();
        experiment
                .call()
                .attribute("a", 1)
                .candidate(
                        "candidate",
                        () -> ofCandidate == null ? "0" : "1",
                        text -> ofTranslation == null ? 0 : Integer.parseInt(text))
                .run(() -> ofPrimary == null ? 0 : 1);
        return List.of(
                new WeakReference<>(ofPrimary), new WeakReference<>(ofCandidate), new WeakReference<>(ofTranslation));
    }

    @Test
    @Tag("promise-3")
    @DisplayName("Promise 3: reading never changes a counter")
    void readingChangesNothing() {
        MismatchReservoir reservoir = MismatchReservoir.create();
        Scientist scientist = bench.use(bench.builder().publisher(reservoir));
        Experiment<Integer> experiment = scientist.experiment("experiment");
        experiment.run(() -> 1, () -> 2);
        settle(experiment);

        List<String> readings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readings.add(experiment.tally() + " " + verdicts(experiment) + " " + reservoir.groups("experiment") + " "
                    + experiment.tally().comparisons() + " "
                    + experiment.tally().inFlight());
        }

        assertThat(readings).allMatch(reading -> reading.equals(readings.get(0)));
    }
}
