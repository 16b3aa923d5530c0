package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests one candidate while no worker is available: anything that a worker would report waits until the dispatcher is
 * stopped.
 */
class CandidateRunTest {

    private static final long GRACE_NANOS = Duration.ofSeconds(20).toNanos();

    private final Set<Thread> told = ConcurrentHashMap.newKeySet();
    private final TestGuard guard = new TestGuard()
            .onSettled(() -> told.add(Thread.currentThread()))
            .onEnded(() -> told.add(Thread.currentThread()));
    private final Permits permits = new Permits();
    private final Dispatcher dispatcher = new Dispatcher(new WorkQueue(), noThreads(), System::nanoTime);
    private final CompletableFuture<String> stage = new CompletableFuture<>();
    private final AtomicInteger arrivals = new AtomicInteger();
    private boolean isMemoryGone;
    private final CandidateRun<String> run =
            new CandidateRun<>(runtime(), owner(), new Role(0, "candidate"), () -> stage, true, false, null, null);

    @AfterEach
    void stop() {
        dispatcher.stop(GRACE_NANOS);
    }

    private static ExecutorService noThreads() {
        ExecutorService none = TestScientists.workers(1);
        none.shutdown();
        return none;
    }

    private ExperimentRuntime<String> runtime() {
        ExperimentOptions<String> options = new ExperimentOptions.Builder<String>(InstantSource.system())
                .guard(guard)
                .build();
        Tally tally = new Tally(List.of("candidate"), List.of(), permits);
        Hooks hooks = new Hooks("experiment", tally);
        Engine engine = new Engine(
                dispatcher,
                new PublisherFanOut(List.of(), 1, dispatcher),
                new ContextCarriers(List.of()),
                8,
                Duration.ofSeconds(20),
                System::nanoTime,
                InstantSource.system());
        Judge<String> judge = new Judge<>(options, engine.instants(), hooks);
        ExperimentRuntime<String> runtime =
                new ExperimentRuntime<>("experiment", options, engine, permits, tally, hooks, judge, null);
        runtime.tryClaim(8, 0);
        permits.confirm(0, 1);
        return runtime;
    }

    private CandidateRun.Owner owner() {
        return new CandidateRun.Owner() {
            @Override
            public void arrived(boolean onWorker) {
                requireMemory();
                arrivals.incrementAndGet();
            }

            @Override
            public void giveUpLeft() {
                throw new AssertionError("the memory has not run out");
            }

            @Override
            public ContextCarrier.Snapshot context() {
                return null;
            }

            @Override
            public void contextIsOpen() {}

            @Override
            public Map<String, String> mdc() {
                requireMemory();
                return Map.of();
            }

            private void requireMemory() {
                if (isMemoryGone) {
                    throw new OutOfMemoryError("on purpose");
                }
            }

            @Override
            public Map<String, Object> attributes() {
                return Map.of();
            }

            @Override
            public ExperimentSettings settings() {
                return ExperimentSettings.DEFAULTS;
            }
        };
    }

    @Test
    void guardsHearHowItSettledBeforeTheyHearThatItEnded() {
        run.run();
        run.late(false);
        stage.complete("a");
        List<String> beforeAnybodyTellsThem = guard.heard();
        dispatcher.stop(GRACE_NANOS);

        assertThat(beforeAnybodyTellsThem).containsExactly("acquire");
        assertThat(guard.heard()).containsExactly("acquire", "settled timed_out", "ended");
        assertThat(arrivals).hasValue(1);
    }

    @Test
    void thePermitIsTakenUntilGuardsHaveHeardTheEnd() {
        run.run();
        run.late(false);
        stage.complete("a");
        run.judged(false);
        int before = permits.inUse();
        dispatcher.stop(GRACE_NANOS);

        assertThat(before).isEqualTo(1);
        assertThat(permits.inUse()).isZero();
    }

    @Test
    @Tag("promise-2")
    void whatIsToldWhileClosingIsToldOnNobodysThread() {
        run.run();
        run.late(true);
        stage.complete("a");
        dispatcher.stop(GRACE_NANOS);
        eventually("all is told", () -> guard.heard().size() == 3);

        assertThat(told)
                .hasSize(1)
                .doesNotContain(Thread.currentThread())
                .allMatch(thread -> thread.getName().equals("scientist-last-worker"));
        assertThat(guard.heard()).containsExactly("acquire", "settled cancelled", "ended");
    }

    @Test
    @Tag("promise-4")
    void whatWasDiscardedIsNotRunAndWhatRunsIsNotDiscarded() {
        run.discard();
        run.run();
        run.discard();

        assertThat(guard.heard()).isEmpty();
        assertThat(run.skipped()).isEqualTo(Verdict.Reason.SHUTDOWN);
        assertThat(arrivals).hasValue(1);
    }

    @Test
    void guardsHearOnceHowItSettledHoweverOftenItsEndIsLeftToOthers() {
        run.run();
        run.late(false);
        run.fail();
        run.endFailed();
        run.endFailed();
        dispatcher.stop(GRACE_NANOS);
        eventually("all is told", () -> guard.heard().contains("ended"));

        assertThat(guard.heard()).containsExactly("acquire", "settled timed_out", "ended");
    }

    @Test
    void guardsThatWereNotAskedHearNothing() {
        isMemoryGone = true;
        run.run();
        isMemoryGone = false;
        run.endFailed();
        run.judged(false);
        dispatcher.stop(GRACE_NANOS);

        assertThat(guard.heard()).isEmpty();
        assertThat(permits.inUse()).isZero();
    }

    /** The dispatcher finds the candidate late but fails to report that; the candidate does not know of it. */
    @Test
    @Tag("promise-5")
    void aLateOneKeepsItsPermitUntilItHasEndedAlsoWhereNobodyCouldBeTold() {
        run.run();
        isMemoryGone = true;
        run.late(false);
        isMemoryGone = false;
        run.judged(false);
        run.endFailed();
        int before = permits.inUse();
        stage.complete("a");
        dispatcher.stop(GRACE_NANOS);
        eventually("all is told", () -> guard.heard().contains("ended"));

        assertThat(before).isEqualTo(1);
        assertThat(permits.inUse()).isZero();
        assertThat(guard.heard()).containsExactly("acquire", "settled timed_out", "ended");
    }
}
