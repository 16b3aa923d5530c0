package dev.scientist;

import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The mark of a run, what it may do, and what it was refused")
class ShadowTest {

    @AutoClose
    private final Bench bench = new Bench();

    @ParameterizedTest
    @EnumSource
    @Tag("promise-12")
    void onlyACandidateMayNotWriteUnlessItsExperimentSaysSo(Start start) {
        List<String> seen = new CopyOnWriteArrayList<>();
        Experiment<Integer> reading = bench.experiment(options -> options.start(start));
        Experiment<Integer> writing = bench.scientist()
                .experiment("writing", options -> options.start(start).effects(Effects.ALLOWED));

        for (Experiment<Integer> experiment : List.of(reading, writing)) {
            experiment.run(() -> tell(seen, experiment, "primary"), () -> tell(seen, experiment, "candidate"));
            Bench.settle(experiment);
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "experiment primary true",
                        "experiment candidate false",
                        "writing primary true",
                        "writing candidate true");
        assertThat(Shadow.mayWrite()).isTrue();
    }

    private static int tell(List<String> seen, Experiment<?> experiment, String side) {
        seen.add(experiment.name() + " " + side + " " + Shadow.mayWrite());
        return 1;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-12")
    void aRefusedWriteIsToldWhateverTheCandidateMakesOfIt(Start start) {
        Experiment<Integer> experiment = bench.experiment(options -> options.start(start));

        experiment.run(() -> 1, () -> {
            Shadow.effectRefused();
            return 1;
        });
        experiment.run(() -> 1, () -> {
            Shadow.effectRefused();
            throw new IllegalStateException("25006");
        });
        experiment.run(() -> 1, () -> 1);
        Bench.settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/effect_refused", 2L, "matched", 1L));
    }

    @Test
    void aPoolWithoutAPlaceIsNoFailureOfTheCandidateNorOfItsGuards() {
        TestGuard guard = new TestGuard();
        Experiment<Integer> experiment = bench.experiment(options -> options.guard(guard));

        experiment.run(() -> 1, () -> {
            Shadow.noPlaceInPool();
            throw new IllegalStateException("no connection");
        });
        Bench.settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/pool", 1L));
        assertThat(guard.heard()).containsExactly("acquire", "settled cancelled", "ended");
    }

    @Test
    void aRefusalIsHeardFromAnotherThreadThatCarriesTheMark() throws InterruptedException {
        Experiment<Integer> experiment = bench.experiment();

        experiment.run(() -> 1, () -> {
            Shadow mark = Shadow.current();
            Thread own = new Thread(() -> {
                mark.enter();
                Shadow.effectRefused();
            });
            own.start();
            own.join();
            return 1;
        });
        Bench.settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("uncompared/effect_refused", 1L));
    }

    @Test
    void outsideOfACandidateARefusalIsNobodys() {
        Shadow.effectRefused();
        Shadow.noPlaceInPool();

        assertThat(Shadow.current()).isNull();
        assertThat(Shadow.experiment()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-11")
    void aPublisherThatUsesWhatIsUnderExperimentStartsNoOtherCandidate(Start start) {
        AtomicReference<Experiment<Integer>> used = new AtomicReference<>();
        AtomicInteger published = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().publisher(trial -> {
            published.incrementAndGet();
            used.get().run(() -> 1, () -> 1);
        }));
        Experiment<Integer> experiment = scientist.experiment("experiment", options -> options.start(start));
        used.set(experiment);

        experiment.run(() -> 1, () -> 1);
        eventually("it is published", () -> experiment.tally().calls("candidate") == 2);
        Bench.settle(experiment);

        assertThat(published).hasValue(1);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "skipped/nested", 1L));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-11")
    void aComparatorAndAGuardThatUseWhatIsUnderExperimentStartNoOtherCandidate(Start start) {
        AtomicReference<Experiment<Integer>> used = new AtomicReference<>();
        List<Boolean> shadows = new CopyOnWriteArrayList<>();
        Experiment<Integer> experiment = bench.experiment(options -> options.start(start)
                .guard(new TestGuard().acquiring(() -> {
                    used.get().run(() -> 1, () -> 1);
                    return Verdict.Reason.NONE;
                }))
                .comparator((primary, candidate) -> {
                    shadows.add(Shadow.isActive());
                    used.get().run(() -> 1, () -> 1);
                    return List.of();
                }));
        used.set(experiment);

        experiment.run(() -> 1, () -> 1);
        Bench.settle(experiment);

        assertThat(shadows).containsExactly(false);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L, "skipped/nested", 2L));
    }
}
