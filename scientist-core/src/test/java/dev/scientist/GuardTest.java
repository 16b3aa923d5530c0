package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GuardTest {

    @AutoClose
    private final Bench bench = new Bench();

    @Test
    void aGuardThatAdmitsHearsHowItEndsOnce() {
        TestGuard guard = new TestGuard();
        Experiment<String> experiment = bench.experiment(options -> options.guard(guard));

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(guard.heard()).containsExactly("acquire", "settled returned", "ended");
    }

    @Test
    void aGuardHearsOfALateCandidateAtItsDeadlineAndAgainWhenItEnds() {
        Door door = bench.door();
        TestGuard guard = new TestGuard();
        Experiment<String> experiment =
                bench.experiment(options -> options.guard(guard).candidateTimeout(Duration.ofMillis(10)));

        experiment.run(() -> "a", () -> {
            door.passStubbornly();
            return "a";
        });
        door.awaitArrivals(1);
        bench.ticker.advance(Duration.ofMillis(10));
        eventually("the guard hears of it", () -> guard.heard().size() == 2);
        List<String> atItsDeadline = guard.heard();
        door.open();
        settle(experiment);

        assertThat(atItsDeadline).containsExactly("acquire", "settled timed_out");
        assertThat(guard.heard()).containsExactly("acquire", "settled timed_out", "ended");
    }

    @Test
    void aGuardAsksOnTheCallersThreadAndAdmitsOnAWorker() {
        AtomicReference<Thread> asked = new AtomicReference<>();
        AtomicReference<Thread> admitted = new AtomicReference<>();
        TestGuard guard = new TestGuard()
                .refusing(() -> {
                    asked.set(Thread.currentThread());
                    return Reason.NONE;
                })
                .acquiring(() -> {
                    admitted.set(Thread.currentThread());
                    return Reason.NONE;
                });
        Experiment<String> experiment = bench.experiment(options -> options.guard(guard));

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(asked.get()).isSameAs(Thread.currentThread());
        assertThat(admitted.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void whereALaterGuardRefusesTheEarlierOnesAreToldThatNothingRan() {
        TestGuard first = new TestGuard();
        TestGuard second = new TestGuard().acquiring(() -> Reason.CIRCUIT_OPEN);
        TestGuard third = new TestGuard();
        Experiment<String> experiment =
                bench.experiment(options -> options.guard(first).guard(second).guard(third));

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/circuit_open", 1L));
        assertThat(first.heard()).containsExactly("acquire", "settled cancelled", "ended");
        assertThat(second.heard()).containsExactly("acquire");
        assertThat(third.heard()).isEmpty();
    }

    @Test
    void whereThePreparationFailsTheGuardIsToldThatNothingRan() {
        TestGuard guard = new TestGuard();
        Experiment<String> experiment =
                bench.experiment(options -> options.guard(guard).beforeRun(attributes -> {
                    throw new IllegalStateException("secret");
                }));

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/unsafe", 1L));
        assertThat(guard.heard()).containsExactly("acquire", "settled cancelled", "ended");
    }

    @Test
    void oneGuardThatFailsToListenDoesNotKeepItFromTheOthers() {
        TestGuard deaf = new TestGuard()
                .onSettled(() -> {
                    throw new IllegalStateException("secret");
                })
                .onEnded(() -> {
                    throw new LinkageError("secret");
                });
        TestGuard other = new TestGuard();
        Experiment<String> experiment =
                bench.experiment(options -> options.guard(deaf).guard(other));

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(other.heard()).containsExactly("acquire", "settled returned", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(experiment.tally().hookFailures(Hook.GUARD)).isEqualTo(2);
    }

    @Test
    @Tag("promise-3")
    @DisplayName("Promise 3: a guard that answers nonsense cannot put a call under a wrong verdict")
    void aGuardThatAnswersWithTheReasonOfAnotherVerdictIsRefusedAsUnsafe() {
        TestGuard atTheGate = new TestGuard().refusing(() -> Reason.COMPARATOR_FAILED);
        TestGuard onTheWorker = new TestGuard().acquiring(() -> Reason.CANCELLED);
        Experiment<String> first = bench.experiment(options -> options.guard(atTheGate));
        Experiment<String> second = bench.scientist().experiment("second", options -> options.guard(onTheWorker));

        first.run(() -> "a", () -> "a");
        second.run(() -> "a", () -> "a");
        settle(second);

        assertThat(verdicts(first)).isEqualTo(Map.of("skipped/unsafe", 1L));
        assertThat(verdicts(second)).isEqualTo(Map.of("skipped/unsafe", 1L));
        assertThat(first.tally().hookFailures(Hook.GUARD)).isEqualTo(1);
        assertThat(second.tally().hookFailures(Hook.GUARD)).isEqualTo(1);
    }

    @Test
    void aGuardThatRefusesAtTheGateTakesNoPermitAndIsNotAskedAgain() {
        TestGuard guard = new TestGuard().refusing(() -> Reason.SATURATED);
        Experiment<String> experiment = bench.experiment(options -> options.guard(guard));

        experiment.run(() -> "a", () -> "a");

        assertThat(guard.heard()).isEmpty();
        assertThat(experiment.tally().inFlight()).isZero();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/saturated", 1L));
    }

    @Test
    void aGuardThatAgreedHearsTheEndAlsoWhereItThrowsWhenItHearsThatAnotherRefused() {
        TestGuard agreeing = new TestGuard().onSettled(() -> {
            throw new IllegalStateException("on purpose");
        });
        TestGuard refusing = new TestGuard().acquiring(() -> Reason.SATURATED);
        Experiment<String> experiment =
                bench.experiment(options -> options.guard(agreeing).guard(refusing));

        experiment.run(() -> "a", () -> "a");
        settle(experiment);

        assertThat(agreeing.heard()).containsExactly("acquire", "settled cancelled", "ended");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/saturated", 1L));
    }
}
