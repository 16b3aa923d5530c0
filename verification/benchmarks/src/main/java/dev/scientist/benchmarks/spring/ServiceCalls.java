package dev.scientist.benchmarks.spring;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.benchmarks.caller.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways to call a bean, by name, in one application. */
final class ServiceCalls {

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

    private ServiceCalls() {}

    /** The calls in which no candidate runs. */
    static Map<String, ServiceCall> idle(Application application) {
        Map<String, ServiceCall> calls = new LinkedHashMap<>();
        calls.put(DIRECT, ServiceCall.without(application.bean(Beans.Direct.class)));
        calls.put(INTERCEPTOR, ServiceCall.without(application.bean(Beans.Intercepted.class)));
        calls.put(NOT_SAMPLED, annotated(application, Beans.NotSampled.class, Beans.NotSampled.NAME));
        calls.put(DISABLED, annotated(application, Beans.Disabled.class, Beans.Disabled.NAME));
        calls.put(
                NOT_SAMPLED_DESCRIBED,
                annotated(application, Beans.NotSampledDescribed.class, Beans.NotSampledDescribed.NAME));
        calls.put(ASPECT, ServiceCall.without(application.bean(Beans.Surrounded.class)));
        calls.put(BINDING_ASPECT, ServiceCall.without(application.bean(Beans.Bound.class)));
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
                ServiceCall.of(
                        request -> answer(plain.run(() -> primary.answer(request), () -> candidate.answer(request))),
                        plain));
        calls.put(
                PROGRAMMATIC_DESCRIBED,
                ServiceCall.of(
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
        return ServiceCall.of(application.bean(type), application.experiment(name));
    }

    private static Answer answer(@Nullable Answer answer) {
        return requireNonNull(answer);
    }
}
