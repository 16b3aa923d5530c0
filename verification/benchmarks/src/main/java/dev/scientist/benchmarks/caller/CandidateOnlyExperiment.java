package dev.scientist.benchmarks.caller;

import com.github.rawls238.scientist4j.Experiment;
import com.github.rawls238.scientist4j.Observation;
import com.github.rawls238.scientist4j.Result;
import io.dropwizard.metrics5.MetricRegistry;
import io.dropwizard.metrics5.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The mode "asynchronous, candidate only" of Scientist4J, which releases after 0.6 have. This class builds it from the
 * parts of 0.6 in the same way: one task for the candidate, started before or after the primary at random, and one task
 * that compares.
 */
final class CandidateOnlyExperiment<T> extends Experiment<T> {

    private final ExecutorService pool;
    private final Timer controlTimer;
    private final Timer candidateTimer;

    CandidateOnlyExperiment(ExecutorService pool) {
        this(pool, new MetricRegistry());
    }

    private CandidateOnlyExperiment(ExecutorService pool, MetricRegistry registry) {
        super("candidate-only", Map.of(), false, registry, Objects::equals, pool);
        this.pool = pool;
        this.controlTimer = registry.timer("candidate-only.control");
        this.candidateTimer = registry.timer("candidate-only.candidate");
    }

    @Override
    public T run(Supplier<T> control, Supplier<T> candidate) throws Exception {
        Callable<Observation<T>> candidateRun = () -> executeResult("candidate", candidateTimer, candidate, false);
        Observation<T> controlObservation;
        Future<Observation<T>> candidateObservation;
        if (ThreadLocalRandom.current().nextBoolean()) {
            candidateObservation = pool.submit(candidateRun);
            controlObservation = executeResult("control", controlTimer, control, true);
        } else {
            controlObservation = executeResult("control", controlTimer, control, true);
            candidateObservation = pool.submit(candidateRun);
        }
        Observation<T> observed = controlObservation;
        Future<?> unused = pool.submit(() -> compare(observed, candidateObservation));
        return controlObservation.getValue();
    }

    private Result<T> compare(Observation<T> control, Future<Observation<T>> candidate) throws Exception {
        Result<T> result = new Result<>(this, control, Optional.of(candidate.get()), Map.of());
        publish(result);
        return result;
    }
}
