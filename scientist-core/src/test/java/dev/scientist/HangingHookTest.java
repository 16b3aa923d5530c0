package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Tally.Hook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dispatcher has no thread of its own here: the hook runs its work on the caller's thread while it hangs. */
@DisplayName("A hook on the caller's thread that hangs for minutes after the permit was taken")
class HangingHookTest {

    private static final Duration STEP = Duration.ofMillis(100);

    private final FakeTicker ticker = new FakeTicker();
    private final WorkQueue queue = new WorkQueue();
    private final Dispatcher neverStarted = new Dispatcher(queue, TestScientists.workers(1, queue), ticker);
    private final ContextCarrier carrier = new ContextCarrier() {
        @Override
        public Snapshot capture() {
            hang(Hanging.CONTEXT_CARRIER);
            return () -> () -> {};
        }
    };
    private final Engine engine = new Engine(
            neverStarted,
            new PublisherFanOut(List.of(), 1, neverStarted),
            new ContextCarriers(List.of(carrier)),
            1,
            Duration.ofSeconds(20),
            ticker,
            InstantSource.system());
    private final Experiment<String> experiment = new TrialRunner<>(
            "experiment",
            new ExperimentOptions.Builder<String>(InstantSource.system())
                    .maxConcurrent(1)
                    .argumentCopier(List.class, list -> {
                        hang(Hanging.ARGUMENT_COPIER);
                        return copyOf(list);
                    })
                    .build(),
            engine);
    private final List<Boolean> hasFreePermit = new ArrayList<>();
    private Hanging hanging = Hanging.ARGUMENT_COPIER;

    private enum Hanging {
        ARGUMENT_COPIER,
        ATTRIBUTES,
        CONTEXT_CARRIER
    }

    private void hang(Hanging where) {
        if (where != hanging) {
            return;
        }
        for (long i = 0; i < Duration.ofMinutes(2).dividedBy(STEP); i++) {
            ticker.advance(STEP);
            neverStarted.sweep();
        }
        hasFreePermit.add(experiment.tally().inFlight() == 0);
        hasFreePermit.add(engine.tryAcquire());
    }

    private static List<?> copyOf(List<?> list) {
        return new ArrayList<>(list);
    }

    private Map<String, Object> attributes() {
        hang(Hanging.ATTRIBUTES);
        return Map.of();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-6")
    void keepsThePermitOfItsCall(Hanging where) {
        hanging = where;

        experiment
                .call()
                .attributesFrom(this::attributes)
                .candidate(List.of(), list -> "a")
                .run(() -> "a");

        assertThat(hasFreePermit).containsExactly(false, false);
        assertThat(experiment.tally().inFlight()).isEqualTo(1);
        assertThat(experiment.tally().hookFailures(Hook.LOST_PERMIT)).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ATTRIBUTES")
    @Tag("promise-6")
    void keepsThePermitOfAPlainCall(Hanging where) {
        hanging = where;

        experiment.run(List.of(), list -> "a", list -> "a");

        assertThat(hasFreePermit).containsExactly(false, false);
        assertThat(experiment.tally().inFlight()).isEqualTo(1);
        assertThat(experiment.tally().hookFailures(Hook.LOST_PERMIT)).isZero();
    }
}
