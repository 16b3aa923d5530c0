package dev.scientist.spring;

import dev.scientist.Implementation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.Serial;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes each run of the candidate of an annotated method an {@link Observation} named {@code scientist.candidate}, within
 * that of the caller, to the end of an asynchronous answer. The only class that touches micrometer-observation.
 *
 * <p>Threads: any. Invariant: {@code isReported} becomes true once. Consequence: a handler of observations that throws is
 * reported once, and decides no verdict: the candidate runs without it.
 */
final class CandidateObservation {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private static final String NAME = "scientist.candidate";
    private static final String EXPERIMENT = "experiment";

    private final ObjectProvider<ObservationRegistry> registries;
    private final AtomicBoolean isReported = new AtomicBoolean();

    CandidateObservation(ObjectProvider<ObservationRegistry> registries) {
        this.registries = registries;
    }

    /** Whether the application observes anything. */
    boolean isActive() {
        ObservationRegistry registry = registries.getIfUnique();
        return registry != null && !registry.isNoop();
    }

    /** The same candidate, observed. */
    Candidate around(Candidate candidate, String experiment, Answer answer) {
        return (self, arguments) -> {
            Run run = start(experiment, null);
            Object value;
            try {
                value = run.within(() -> candidate.call(self, arguments));
            } catch (Throwable thrown) {
                run.end(thrown);
                throw thrown;
            }
            if (answer == Answer.STAGE && value instanceof CompletionStage<?> stage) {
                stage.whenComplete(
                        (result, error) -> run.end(error)); // the stage itself goes on, as it may be cancelled
            } else {
                run.end(null);
            }
            return value;
        };
    }

    /**
     * Starts to observe a run.
     *
     * @param parent the caller's observation; null for the one that is current on this thread
     */
    Run start(String experiment, @Nullable Object parent) {
        Observation observation = Observation.NOOP;
        try {
            observation = Observation.createNotStarted(NAME, registries.getObject())
                    .lowCardinalityKeyValue(EXPERIMENT, experiment);
            if (parent instanceof Observation callers) {
                observation.parentObservation(callers);
            }
            observation.start();
        } catch (RuntimeException | LinkageError failed) {
            report(failed);
        }
        return new Run(observation);
    }

    private void report(Throwable failed) {
        if (isReported.compareAndSet(false, true)) {
            // Its class only: the message may quote what the handler was given.
            log.warn(
                    "observing candidates fails with {}; further failures are not reported",
                    failed.getClass().getName());
        }
    }

    /**
     * Stands for what a candidate threw, where observations leave the process: its class, and not its message, which may
     * quote a value.
     */
    private static final class CandidateFailed extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        CandidateFailed(Throwable error) {
            super(error.getClass().getName(), null, false, false);
        }
    }

    /** One run that is observed. Threads: any. Invariant: it ends once. Consequence: what comes after its end is not seen. */
    final class Run {
        private final Observation observation;
        private final AtomicBoolean hasEnded = new AtomicBoolean();

        private Run(Observation observation) {
            this.observation = observation;
        }

        /** Does some work with this as the current observation of the thread. */
        @Nullable
        Object within(Implementation<?, ?> work) throws Throwable {
            Observation.Scope scope = Observation.Scope.NOOP;
            try {
                scope = observation.openScope();
            } catch (RuntimeException | LinkageError failed) {
                report(failed);
            }
            try {
                return work.call();
            } finally {
                close(scope);
            }
        }

        /** What a Reactor context holds as the current observation. */
        Object asParent() {
            return observation;
        }

        void end(@Nullable Throwable error) {
            if (!hasEnded.compareAndSet(false, true)) { // loses to a cancellation, or wins over it
                return;
            }
            try {
                if (error != null) {
                    observation.error(new CandidateFailed(error));
                }
                observation.stop();
            } catch (RuntimeException | LinkageError failed) {
                report(failed);
            }
        }

        private void close(Observation.Scope scope) {
            try {
                scope.close();
            } catch (RuntimeException | LinkageError failed) {
                report(failed);
            }
        }
    }
}
