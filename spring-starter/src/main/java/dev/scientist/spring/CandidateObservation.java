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
 * Makes each run of the candidate of an annotated method an {@link Observation} named {@code scientist.candidate}. Its
 * parent is the caller's observation, and it lasts until an asynchronous answer is complete. This is the only class
 * that imports micrometer-observation.
 *
 * <p>Threads: any. Invariant: {@code isReported} becomes true once. Consequence: an observation handler that throws is
 * reported once and changes no verdict: the candidate runs without it.
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

    /** Whether the application has a single observation registry and that one is not a no-op. */
    boolean isActive() {
        ObservationRegistry registry = registries.getIfUnique();
        return registry != null && !registry.isNoop();
    }

    /** The same candidate, each run of which is observed. */
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
            if (answer == Answer.ASYNC && value instanceof CompletionStage<?> future) {
                future.whenComplete(
                        (result, error) -> run.end(error)); // the original future is returned, as it may be cancelled
            } else {
                run.end(null);
            }
            return value;
        };
    }

    /**
     * Starts the observation of a run.
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
            // Only its class is logged: the message may quote what the handler was given.
            log.warn(
                    "observing candidates fails with {}; further failures are not reported",
                    failed.getClass().getName());
        }
    }

    /**
     * Replaces what a candidate threw in observations, which leave the process. It has the class of the error but not
     * its message, which may quote a value.
     */
    private static final class CandidateFailed extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        CandidateFailed(Throwable error) {
            super(error.getClass().getName(), null, false, false);
        }
    }

    /** The observation of one run. Threads: any. Invariant: it ends once. Consequence: a second end is ignored. */
    final class Run {
        private final Observation observation;
        private final AtomicBoolean hasEnded = new AtomicBoolean();

        private Run(Observation observation) {
            this.observation = observation;
        }

        /** Does some work with this observation as the current one of the thread. */
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

        /** The observation, to be put into a Reactor context as the current one. */
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
