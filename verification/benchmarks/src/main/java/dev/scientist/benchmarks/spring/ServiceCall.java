package dev.scientist.benchmarks.spring;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.benchmarks.caller.Answer;
import dev.scientist.benchmarks.caller.Contender;
import dev.scientist.benchmarks.caller.TallyWatch;
import dev.scientist.benchmarks.spring.Service.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls a bean and watches the experiment that its calls belong to, if any; lists the ways to call, by name. */
final class ServiceCall implements Contender {

    static final String DIRECT = "direct call";
    static final String INTERCEPTOR = "no-op interceptor";
    static final String ASPECT = "no-op @Around";
    static final String BINDING_ASPECT = "no-op @Around with its annotation";
    static final String PROGRAMMATIC = "experiment in code";
    static final String PROGRAMMATIC_DESCRIBED = "experiment in code, with key and attribute";
    static final String NOT_SAMPLED = "not sampled";
    static final String NOT_SAMPLED_DESCRIBED = "not sampled, with key and attribute";
    static final String DISABLED = "disabled";
    static final String SAMPLED = "sampled";
    static final String SAMPLED_DESCRIBED = "sampled, with key and attribute";

    private final Service service;
    private final @Nullable TallyWatch watch;
    private final Request request = new Request("c-1", "DE");

    private ServiceCall(Service service, @Nullable TallyWatch watch) {
        this.service = service;
        this.watch = watch;
    }

    /** Calls a bean that has no experiment. */
    static ServiceCall without(Service service) {
        return new ServiceCall(service, null);
    }

    /** Calls a bean whose calls belong to an experiment. */
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

    /** The calls in which no candidate runs. */
    static Map<String, ServiceCall> idle(Application application) {
        Map<String, ServiceCall> calls = new LinkedHashMap<>();
        calls.put(DIRECT, without(application.bean(Beans.Direct.class)));
        calls.put(INTERCEPTOR, without(application.bean(Beans.Intercepted.class)));
        calls.put(NOT_SAMPLED, annotated(application, Beans.NotSampled.class, Beans.NotSampled.NAME));
        calls.put(DISABLED, annotated(application, Beans.Disabled.class, Beans.Disabled.NAME));
        calls.put(
                NOT_SAMPLED_DESCRIBED,
                annotated(application, Beans.NotSampledDescribed.class, Beans.NotSampledDescribed.NAME));
        calls.put(ASPECT, without(application.bean(Beans.Surrounded.class)));
        calls.put(BINDING_ASPECT, without(application.bean(Beans.Bound.class)));
        return calls;
    }

    /** The calls that are all sampled. */
    static Map<String, ServiceCall> sampled(Application application) {
        Beans.Direct primary = application.bean(Beans.Direct.class);
        Beans.Rewrite candidate = application.bean(Beans.Rewrite.class);
        Scientist scientist = application.bean(Scientist.class);
        Experiment<Answer> plain = scientist.experiment("in-code");
        Experiment<Answer> described = scientist.experiment("in-code-described", options -> options.sampleByKey());
        Map<String, ServiceCall> calls = new LinkedHashMap<>();
        calls.put(
                PROGRAMMATIC,
                of(
                        request -> answer(plain.run(() -> primary.answer(request), () -> candidate.answer(request))),
                        plain));
        calls.put(
                PROGRAMMATIC_DESCRIBED,
                of(
                        request -> answer(described
                                .call()
                                .key(request.customer())
                                .attribute("country", request.country())
                                .candidate(() -> candidate.answer(request))
                                .run(() -> primary.answer(request))),
                        described));
        calls.put(SAMPLED, annotated(application, Beans.Sampled.class, Beans.Sampled.NAME));
        calls.put(SAMPLED_DESCRIBED, annotated(application, Beans.SampledDescribed.class, Beans.SampledDescribed.NAME));
        return calls;
    }

    private static ServiceCall annotated(Application application, Class<? extends Service> type, String name) {
        return of(application.bean(type), application.experiment(name));
    }

    private static Answer answer(@Nullable Answer answer) {
        return Objects.requireNonNull(answer);
    }
}
