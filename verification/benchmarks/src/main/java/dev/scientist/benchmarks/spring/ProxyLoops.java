package dev.scientist.benchmarks.spring;

import static dev.scientist.benchmarks.spring.ServiceCall.ASPECT;
import static dev.scientist.benchmarks.spring.ServiceCall.BINDING_ASPECT;
import static dev.scientist.benchmarks.spring.ServiceCall.DIRECT;
import static dev.scientist.benchmarks.spring.ServiceCall.DISABLED;
import static dev.scientist.benchmarks.spring.ServiceCall.INTERCEPTOR;
import static dev.scientist.benchmarks.spring.ServiceCall.NOT_SAMPLED;
import static dev.scientist.benchmarks.spring.ServiceCall.NOT_SAMPLED_DESCRIBED;

import dev.scientist.benchmarks.caller.Answer;
import dev.scientist.benchmarks.harness.ProcessorTime.Loop;
import dev.scientist.benchmarks.spring.Service.Request;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls beans whose candidate does not run, and beans with advice that does nothing. */
final class ProxyLoops {

    private static final int WARM_CALLS = 50_000;

    private ProxyLoops() {}

    /** Returns the loops by name, after all beans have been called for a while. */
    static Map<String, Loop> of(Application application) {
        warm(application);
        return written(application);
    }

    /**
     * Returns the loops by name; each calls its own class of beans and is written out, like callers in an application.
     */
    static Map<String, Loop> written(Application application) {
        Request request = new Request("c-1", "DE");
        Map<String, Loop> loops = new LinkedHashMap<>();
        Beans.Direct direct = application.bean(Beans.Direct.class);
        loops.put(DIRECT, calls -> {
            @Nullable Answer last = null;
            for (int i = 0; i < calls; i++) {
                last = direct.answer(request);
            }
            return last;
        });
        Beans.Intercepted intercepted = application.bean(Beans.Intercepted.class);
        loops.put(INTERCEPTOR, calls -> {
            @Nullable Answer last = null;
            for (int i = 0; i < calls; i++) {
                last = intercepted.answer(request);
            }
            return last;
        });
        Beans.NotSampled notSampled = application.bean(Beans.NotSampled.class);
        loops.put(NOT_SAMPLED, calls -> {
            @Nullable Answer last = null;
            for (int i = 0; i < calls; i++) {
                last = notSampled.answer(request);
            }
            return last;
        });
        Beans.Disabled disabled = application.bean(Beans.Disabled.class);
        loops.put(DISABLED, calls -> {
            @Nullable Answer last = null;
            for (int i = 0; i < calls; i++) {
                last = disabled.answer(request);
            }
            return last;
        });
        Beans.NotSampledDescribed notSampledDescribed = application.bean(Beans.NotSampledDescribed.class);
        loops.put(NOT_SAMPLED_DESCRIBED, calls -> {
            @Nullable Answer last = null;
            for (int i = 0; i < calls; i++) {
                last = notSampledDescribed.answer(request);
            }
            return last;
        });
        Beans.Surrounded surrounded = application.bean(Beans.Surrounded.class);
        loops.put(ASPECT, calls -> {
            @Nullable Answer last = null;
            for (int i = 0; i < calls; i++) {
                last = surrounded.answer(request);
            }
            return last;
        });
        Beans.Bound bound = application.bean(Beans.Bound.class);
        loops.put(BINDING_ASPECT, calls -> {
            @Nullable Answer last = null;
            for (int i = 0; i < calls; i++) {
                last = bound.answer(request);
            }
            return last;
        });
        return loops;
    }

    /**
     * Calls all beans, because an application has many beans with many kinds of advice: the code of Spring and of this
     * library must not be compiled for the calls of one.
     */
    private static void warm(Application application) {
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
    }
}
