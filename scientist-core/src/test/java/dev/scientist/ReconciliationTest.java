package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Tally.Hook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Permits and trials whose thread ran out of memory or stack")
class ReconciliationTest {

    private static final int LIMIT = 8;
    private static final Duration STEP = Duration.ofMillis(100);

    private final FakeTicker ticker = new FakeTicker();
    private final Permits permits = new Permits();
    private final Tally tally = new Tally(List.of("candidate"), List.of(), permits);
    private final WorkQueue queue = new WorkQueue();
    private final Dispatcher neverStarted = new Dispatcher(queue, TestScientists.workers(1, queue), ticker);
    private final Engine engine = new Engine(
            neverStarted,
            new PublisherFanOut(List.of(), 1, neverStarted),
            new ContextCarriers(List.of()),
            LIMIT,
            Duration.ofSeconds(20),
            ticker,
            InstantSource.system());
    private final ExperimentRuntime<String> runtime = runtime();

    private ExperimentRuntime<String> runtime() {
        ExperimentOptions<String> options = new ExperimentOptions.Builder<String>(InstantSource.system()).build();
        Hooks hooks = new Hooks("experiment", tally);
        Judge<String> judge = new Judge<>(options, engine.instants(), hooks);
        ExperimentRuntime<String> made =
                new ExperimentRuntime<>("experiment", options, engine, permits, tally, hooks, judge, null);
        engine.reconciliation().add(made);
        return made;
    }

    private int claim() {
        int epoch = engine.reconciliation().epoch();
        assertThat(runtime.tryClaim(LIMIT, epoch)).isTrue();
        return epoch;
    }

    private void pass(Duration time) {
        for (long i = 0; i < time.dividedBy(STEP); i++) {
            ticker.advance(STEP);
            neverStarted.sweep();
        }
    }

    private int freePermitsOfEngine() {
        int free = 0;
        while (engine.tryAcquire()) {
            free++;
        }
        for (int i = 0; i < free; i++) {
            engine.release();
        }
        return free;
    }

    @Test
    @Tag("promise-3")
    void aPermitThatOnlyTheExperimentHasLeftKeepsTheDispatcherAwake() {
        boolean before = engine.reconciliation().isIdle();
        permits.tryClaim(LIMIT, engine.reconciliation().epoch()); // after this there is no memory

        boolean isIdle = engine.reconciliation().isIdle();
        pass(Duration.ofSeconds(60));

        assertThat(before).isTrue();
        assertThat(isIdle).isFalse();
        assertThat(permits.inUse()).isZero();
        assertThat(engine.reconciliation().isIdle()).isTrue();
    }

    @Test
    @Tag("promise-14")
    void anExperimentThatHasEndedKeepsTheDispatcherAwakeUntilItIsForgotten() {
        engine.reconciliation().end(runtime);

        boolean isIdle = engine.reconciliation().isIdle();
        pass(Duration.ofSeconds(20));

        assertThat(isIdle).isFalse();
        assertThat(engine.reconciliation().isIdle()).isTrue();
    }

    @Test
    @Tag("promise-3")
    @DisplayName("Promise 3: a permit whose trial never came to be is back within a minute, counted, and told once")
    void aPermitWhoseTrialNeverCameToBeIsFound() {
        try (LogLines lines = new LogLines()) {
            claim();
            pass(Duration.ofSeconds(10));
            claim();

            int before = tally.inFlight();
            pass(Duration.ofMinutes(1));

            assertThat(before).isEqualTo(2);
            assertThat(tally.inFlight()).isZero();
            assertThat(freePermitsOfEngine()).isEqualTo(LIMIT);
            assertThat(tally.hookFailures(Hook.LOST_PERMIT)).isEqualTo(2);
            assertThat(lines.warnings()).hasSize(1).allMatch(line -> line.contains("a permit was left"));
        }
    }

    /** An error occurs after the experiment's own permit was taken, and before the one that all experiments share. */
    @Test
    @Tag("promise-3")
    void aPermitThatOnlyTheExperimentTookIsFound() {
        permits.tryClaim(LIMIT, engine.reconciliation().epoch());

        pass(Duration.ofMinutes(2));

        assertThat(tally.inFlight()).isZero();
        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT);
    }

    @Test
    void aPermitThatOnlyTheEngineGaveIsFound() {
        engine.tryAcquire();

        pass(Duration.ofMinutes(1));

        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT);
    }

    @Test
    void aPermitOfATrialThatHasComeToBeIsKept() {
        int epoch = claim();
        permits.confirm(epoch, 1);

        pass(Duration.ofHours(1));

        assertThat(tally.inFlight()).isEqualTo(1);
        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT - 1);
        assertThat(tally.hookFailures(Hook.LOST_PERMIT)).isZero();
    }

    /** The caller was suspended all the time, for example in a debugger, and goes on. */
    @Test
    void aPermitThatWasGivenBackTooEarlyIsTakenAgain() {
        int epoch = claim();

        pass(Duration.ofMinutes(1));
        permits.confirm(epoch, 1);
        pass(Duration.ofMinutes(1));
        int meanwhile = freePermitsOfEngine();
        runtime.release();
        pass(Duration.ofMinutes(1));

        assertThat(meanwhile).isEqualTo(LIMIT - 1);
        assertThat(tally.inFlight()).isZero();
        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT);
    }

    /** An example is an argument copier that hangs, and returns in the end. */
    @Test
    @Tag("promise-6")
    void aClaimWhoseThreadIsInOtherPeoplesCodeIsKept() {
        int epoch = claim();
        permits.goElsewhere(epoch);

        pass(Duration.ofHours(1));
        int meanwhile = tally.inFlight();
        int free = freePermitsOfEngine();
        permits.comeBack(epoch);
        pass(Duration.ofSeconds(5));
        permits.confirm(epoch, 1);
        pass(Duration.ofMinutes(1));

        assertThat(meanwhile).isEqualTo(1);
        assertThat(free).isEqualTo(LIMIT - 1);
        assertThat(tally.inFlight()).isEqualTo(1);
        assertThat(tally.hookFailures(Hook.LOST_PERMIT)).isZero();
    }

    @Test
    @Tag("promise-3")
    void aClaimThatIsLostIsFoundBesideOthersThatAreKept() {
        permits.goElsewhere(claim());
        claim();
        pass(Duration.ofSeconds(20));
        int epoch = claim();
        permits.goElsewhere(epoch);

        pass(Duration.ofMinutes(1));

        assertThat(tally.inFlight()).isEqualTo(2);
        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT - 2);
        assertThat(tally.hookFailures(Hook.LOST_PERMIT)).isEqualTo(1);
    }

    /** The thread has just returned when the epoch ends, and has not executed its next statement. */
    @Test
    void aClaimWhoseThreadHasJustComeBackIsKept() {
        int epoch = claim();
        permits.goElsewhere(epoch);

        pass(Duration.ofMillis(29_900));
        permits.comeBack(epoch);
        pass(STEP);

        assertThat(tally.inFlight()).isEqualTo(1);
    }

    /**
     * At each look of the reconciliation there is a caller that has taken a permit of its experiment, and will be
     * refused one of the engine.
     */
    @Test
    @Tag("promise-6")
    void callersThatAreTurnedAwayInAHotLoopTakeNoPermitFromTheEngine() {
        for (int i = 1; i < LIMIT; i++) {
            permits.confirm(claim(), 1);
        }
        for (long i = 0; i < Duration.ofMinutes(1).dividedBy(STEP); i++) {
            int epoch = engine.reconciliation().epoch();
            permits.tryClaim(LIMIT, epoch);
            pass(STEP);
            permits.withdraw(epoch);
        }

        assertThat(freePermitsOfEngine()).isEqualTo(1);
    }

    /**
     * At each look of the reconciliation there is a trial that has given back the engine's permit but not the
     * experiment's.
     */
    @Test
    @Tag("promise-6")
    void trialsThatEndInAHotLoopTakeNoPermitFromTheEngine() {
        for (long i = 0; i < Duration.ofMinutes(1).dividedBy(STEP); i++) {
            int epoch = claim();
            permits.confirm(epoch, 1);
            permits.beginRelease(epoch);
            engine.release();
            pass(STEP);
            permits.withdraw(epoch);
        }

        assertThat(tally.inFlight()).isZero();
        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT);
    }

    /** An error occurs after the engine's permit was given back, and before the experiment's is. */
    @Test
    @Tag("promise-3")
    void aPermitThatOnlyTheEngineGotBackIsFound() {
        int epoch = claim();
        permits.confirm(epoch, 1);
        permits.beginRelease(epoch);
        engine.release();

        pass(Duration.ofMinutes(1));

        assertThat(tally.inFlight()).isZero();
        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT);
    }

    @Test
    @Tag("promise-6")
    void theEngineIsCorrectedWhereItHasFewerInUseThanThereAreTrials() {
        permits.confirm(claim(), 1);
        engine.release();

        pass(Duration.ofMinutes(1));

        assertThat(freePermitsOfEngine()).isEqualTo(LIMIT - 1);
    }

    @Test
    void anExperimentThatHasEndedIsLetGoOfOnceNothingOfItIsInFlight() {
        int epoch = claim();
        permits.confirm(epoch, 1);
        engine.reconciliation().end(runtime);

        pass(Duration.ofMinutes(1));
        int whileInFlight = engine.reconciliation().inFlight();
        runtime.release();
        pass(Duration.ofMinutes(1));
        permits.tryAcquire(LIMIT);

        assertThat(whileInFlight).isEqualTo(1);
        assertThat(engine.reconciliation().inFlight()).isZero();
    }

    @Test
    @Tag("promise-18")
    @DisplayName("Promise 18: close() does not wait for a trial that never came to be")
    void closingDoesNotWaitForIt() {
        claim();

        long startedAt = System.nanoTime();
        engine.close(() -> {});
        Duration closing = Duration.ofNanos(System.nanoTime() - startedAt);

        assertThat(tally.inFlight()).isEqualTo(1);
        assertThat(closing).isLessThan(Duration.ofSeconds(10));
    }
}
