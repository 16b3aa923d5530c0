package dev.scientist.benchmarks.spring;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call of a bean whose candidate is not to run, beside beans with advice that does nothing. */
@State(Scope.Benchmark)
public class ProxyLoops {

    private static final int WARM_CALLS = 200_000;
    private static final Application APPLICATION = warm(Application.start());

    private final Beans.Direct direct = APPLICATION.bean(Beans.Direct.class);
    private final Beans.Intercepted intercepted = APPLICATION.bean(Beans.Intercepted.class);
    private final Beans.Surrounded surrounded = APPLICATION.bean(Beans.Surrounded.class);
    private final Beans.Bound bound = APPLICATION.bean(Beans.Bound.class);
    private final Beans.NotSampled notSampled = APPLICATION.bean(Beans.NotSampled.class);
    private final Beans.NotSampledDescribed described = APPLICATION.bean(Beans.NotSampledDescribed.class);
    private final Beans.Disabled disabled = APPLICATION.bean(Beans.Disabled.class);
    private final Request request = new Request("c-1", "DE");

    /** For JMH. */
    public ProxyLoops() {}

    /** The bean itself. */
    @Benchmark
    public @Nullable Object direct() {
        return direct.answer(request);
    }

    /** Advice that does nothing, as an interceptor. */
    @Benchmark
    public @Nullable Object intercepted() {
        return intercepted.answer(request);
    }

    /** Advice that does nothing, as an aspect. */
    @Benchmark
    public @Nullable Object surrounded() {
        return surrounded.answer(request);
    }

    /** Advice that does nothing, as an aspect with its annotation. */
    @Benchmark
    public @Nullable Object bound() {
        return bound.answer(request);
    }

    /** This library, sample rate 0. */
    @Benchmark
    public @Nullable Object notSampled() {
        return notSampled.answer(request);
    }

    /** This library, sample rate 0, with a key and an attribute. */
    @Benchmark
    public @Nullable Object described() {
        return described.answer(request);
    }

    /** This library, experiment disabled. */
    @Benchmark
    public @Nullable Object disabled() {
        return disabled.answer(request);
    }

    /**
     * An application has many beans with many kinds of advice: the code inside, of Spring and of this library, must not
     * be compiled for the calls of one.
     */
    private static Application warm(Application application) {
        Request request = new Request("c-2", "FR");
        Beans.Later later = application.bean(Beans.Later.class);
        Collection<Service> services = application.services();
        for (int i = 0; i < WARM_CALLS; i++) {
            for (Service service : services) {
                service.answer(request);
            }
            later.later(request);
        }
        application.requireCalls(WARM_CALLS);
        return application;
    }
}
