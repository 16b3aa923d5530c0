package dev.scientist.benchmarks.spring;

import dev.scientist.Experiment;
import dev.scientist.benchmarks.caller.Answer;
import dev.scientist.benchmarks.caller.Contender;
import dev.scientist.benchmarks.caller.TallyWatch;
import dev.scientist.benchmarks.spring.Service.Request;
import org.jspecify.annotations.Nullable;

/** Calls a bean, and watches the experiment that its calls belong to, if any. */
final class ServiceCall implements Contender {

    private final Service service;
    private final @Nullable TallyWatch watch;
    private final Request request = new Request("c-1", "DE");

    private ServiceCall(Service service, @Nullable TallyWatch watch) {
        this.service = service;
        this.watch = watch;
    }

    static ServiceCall without(Service service) {
        return new ServiceCall(service, null);
    }

    static ServiceCall of(Service service, Experiment<?> experiment) {
        return new ServiceCall(service, new TallyWatch(experiment.tally()));
    }

    @Override
    public Answer call() {
        return service.answer(request);
    }

    @Override
    public void mark() {
        if (watch != null) {
            watch.mark();
        }
    }

    @Override
    public void settle() {
        if (watch != null) {
            watch.settle();
        }
    }

    /** The share of the calls since {@link #mark} that was sampled. */
    double sampledShare() {
        return watch == null ? 0 : watch.sampledShare();
    }
}
